"""What the platform's own line may do: open shops, and say which of them are live."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from flows.ports.refusals import Refusal
from flows.ports.shop import Standing
from intents.listing import Listing


@dataclass(frozen=True, slots=True)
class Draft:
    """A shop as its seller has described it. `goods` are a few words, `owner` the name in which the
    seller's Mobile Money is registered. `first` is something to sell already, and `picture` by what the
    photo of it is fetched."""

    name: str
    goods: str
    place: str
    owner: str
    locale: str
    first: Listing | None = None
    picture: str | None = None


@dataclass(frozen=True, slots=True)
class Doorway:
    """A shared address on which a shop is reached, by its keyword or extension. `number` is what people
    write to or dial."""

    channel: str
    number: str
    word: str


@dataclass(frozen=True, slots=True)
class Founded:
    """A shop and the doors that lead to it."""

    slug: str
    name: str
    standing: Standing
    doors: tuple[Doorway, ...] = ()


class FoundingPort(Protocol):
    """For whoever writes to the platform; `pending`, `verify` and `reject` for its staff."""

    def mine(self) -> Sequence[Founded]:
        """Shops that this person owns and that are not closed."""

    def found(self, draft: Draft) -> Founded | Refusal:
        """Make the shop, not live yet. Refuses NoPhone, TooManyShops, and what its first goods cannot
        be."""

    def pending(self) -> Sequence[Founded]:
        """Shops that wait for being verified, the longest waiting first."""

    def verify(self, slug: str) -> Founded | Refusal:
        """It is live from now on, and its seller is told. Refuses UnknownShop, NotAllowed."""

    def reject(self, slug: str, reason: str) -> Founded | Refusal:
        """It never becomes live; its seller is told why, and its words are free for others."""
