"""The frame: what one message was understood to mean, and what it was read against."""

from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from typing import Protocol

from intents.intent import Intent
from intents.wish import Wished


class Asked(StrEnum):
    """What the last question expects, so that a bare "2", "Kamwokya" or "0772..." has a meaning."""

    QUANTITY = "quantity"
    PRODUCT = "product"
    AREA = "area"
    LANDMARK = "landmark"
    PHONE = "phone"
    YES_NO = "yes_no"
    ORDER = "order"
    LANGUAGE = "language"
    REASON = "reason"
    CHOICE = "choice"
    AMOUNT = "amount"
    CODE = "code"


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing of a shop that can be named: a product, or one variant of it (then `parent` is set).

    `words` are the variant's attribute values ("5kg", "blue"); they compare exactly.
    """

    sku: str
    name: str
    aliases: tuple[str, ...] = ()
    parent: str | None = None
    words: tuple[str, ...] = ()
    unit: str | None = None
    category: str | None = None
    keyed: "Keyed | None" = None


@dataclass(frozen=True, slots=True)
class Keyed:
    """An entry's names and aliases as keys that are compared, and what sets a variant apart: made
    ready when the shop's names were written down, so that a message need not wait for it."""

    names: tuple[tuple[str, ...], ...]
    apart: tuple[str, ...] = ()


class Catalogue(Protocol):
    """A shop's names, as the language engine needs them. `key` changes whenever an entry does."""

    @property
    def key(self) -> str: ...
    @property
    def entries(self) -> Sequence[Entry]: ...


@dataclass(frozen=True, slots=True)
class Said:
    """What one message may name goods with, as keys that compare with those of `Keyed`.

    Entries are wanted of `words`, where no name carries one by what it is in other languages
    (`translated`), and of `unsure` ones by what is a few slips away. So also of `together`: words that
    stand side by side, as one, where not all of them are known. `figures` only have to be known.
    """

    words: tuple[str, ...] = ()
    unsure: frozenset[str] = frozenset()
    translated: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    together: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    figures: tuple[str, ...] = ()
    skus: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Nearby:
    """The entries that matter, in whole families, and which of the keys said some name carries."""

    entries: tuple[Entry, ...] = ()
    known: frozenset[str] = frozenset()


class VastCatalogue(ABC):
    """A Catalogue of a shop that is too big for each process to keep an index of all its names."""

    @property
    @abstractmethod
    def key(self) -> str: ...
    @property
    @abstractmethod
    def entries(self) -> Sequence[Entry]: ...
    @abstractmethod
    def near(self, said: Said) -> Nearby:
        """What of the catalogue one message can be about. Of the goods that share a word those come
        that share most, and among them those with the shortest names."""


@dataclass(frozen=True, slots=True)
class Context:
    """What a message is read against. `locales` are the shop's, its first language first."""

    locale: str = "en"
    locales: tuple[str, ...] = ("en",)
    country: str = "UG"
    asked: Asked | None = None
    last_sku: str | None = None
    in_cart: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Item:
    """A thing mentioned. `sku` is None when nothing fits, or several do (then `candidates`).

    A product named without its variant carries the product's own sku.
    `quantity` is None when not said, and may be zero, fractional or absurdly large: flows judge it.
    """

    mention: str
    sku: str | None = None
    quantity: Decimal | None = None
    unit: str | None = None
    candidates: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Action:
    """A second thing that the same message asks for."""

    intent: Intent
    items: tuple[Item, ...] = ()


@dataclass(frozen=True, slots=True)
class Understanding:
    """The frame of one message. `confidence` is a calibrated probability of `intent`, 0 to 1.

    `phone` is E.164; `amount` is in major units; `area` is the place as it was written. `locale` is the
    language it was read in; `tongues` are the chances of each language by the message's words alone.
    `wish` is set where the whole message is one of a language's set phrases.
    """

    text: str
    locale: str
    intent: Intent
    confidence: float
    items: tuple[Item, ...] = ()
    order: int | None = None
    coupon: str | None = None
    locale_change: str | None = None
    amount: Decimal | None = None
    phone: str | None = None
    area: str | None = None
    also: tuple[Action, ...] = field(default=())
    tongues: Mapping[str, float] = field(default_factory=dict)
    wish: Wished | None = None
