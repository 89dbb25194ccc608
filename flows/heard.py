"""What came in, as a flow sees it."""

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeAlias

from intents.command import Command
from intents.understanding import Understanding

# Nine digits: the databases' integers hold any such number.
_ORDER_NUMBER = re.compile(r"[0-9]{1,9}")


def order_number(text: str) -> int | None:
    """`text` as an order's number, None where it is not one."""
    return int(text) if _ORDER_NUMBER.fullmatch(text) else None


@dataclass(frozen=True, slots=True)
class Choice:
    """An option that was recognised: from a button, a list row, a number, a USSD digit."""

    id: str

    @property
    def name(self) -> str:
        """What stands before the colon: "product" of "product:rice-5kg"."""
        return self.id.partition(":")[0]

    @property
    def argument(self) -> str:
        """What stands after the first colon, or "" ."""
        return self.id.partition(":")[2]

    @property
    def number(self) -> int | None:
        """The order number that the argument is: 1001 of "track:1001"; None when it is none."""
        return order_number(self.argument)


@dataclass(frozen=True, slots=True)
class Stale:
    """An option of an older menu: it is named and asked again, never executed. `label` as shown."""

    label: str


class MediaKind(StrEnum):
    """What arrived that is not text."""

    PICTURE = "picture"
    VOICE = "voice"
    VIDEO = "video"
    DOCUMENT = "document"
    LOCATION = "location"
    CONTACT = "contact"
    STICKER = "sticker"


@dataclass(frozen=True, slots=True)
class Attachment:
    """Something without words. A location carries coordinates in decimal degrees. By `media` it can be
    fetched later, which no flow does or needs to understand; None where there is nothing to fetch."""

    kind: MediaKind
    url: str | None = None
    caption: str = ""
    latitude: float | None = None
    longitude: float | None = None
    media: str | None = None


@dataclass(frozen=True, slots=True)
class BasketItem:
    """`sku` as the customer's app knows it; it may be sold no longer. `quantity` is at least 1."""

    sku: str
    quantity: int


@dataclass(frozen=True, slots=True)
class Basket:
    """What was put together in WhatsApp's own catalogue and sent as an order. Prices that came with
    it are nobody's word, and are not here. `words` were written beside it."""

    items: tuple[BasketItem, ...]
    words: str = ""


@dataclass(frozen=True, slots=True)
class Dialled:
    """A USSD session was opened. `code` is what a deep code carried ("12" of *284*77*12#), or ""."""

    code: str = ""
    resumable: bool = False


@dataclass(frozen=True, slots=True)
class Entered:
    """Somebody came by a link, a poster or a code that was written out: to a product by its `code`, or to
    the shop. `token` is that of whoever shared the link."""

    code: str = ""
    token: str = ""


Heard: TypeAlias = (
    Choice | Stale | Attachment | Basket | Dialled | Entered | Command | Understanding
)
