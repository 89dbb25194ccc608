"""What staff may put on sale, rename and hide by phone."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from flows.money import Money
from flows.ports.refusals import Refusal
from flows.ports.trade import Offered
from intents.listing import Listing


@dataclass(frozen=True, slots=True)
class PutOnSale:
    """`code` is what is dialled for it, 0 where there was none left; `count` None: it is not counted."""

    name: str
    sku: str
    code: int
    price: Money
    count: int | None = None


class StallPort(Protocol):
    """For a member of the shop's staff."""

    def add(self, listing: Listing) -> PutOnSale | Refusal:
        """Refuses BadAmount, and NameTaken where something is called so, hidden or not."""

    def rename(self, sku: str, name: str) -> Offered | Refusal: ...
    def hide(self, sku: str) -> Offered | Refusal:
        """Nobody finds it until it is shown again; open orders go on."""

    def show(self, sku: str) -> Offered | Refusal: ...
    def picture(self, sku: str, media: str) -> Offered | Refusal:
        """Have the picture of a product fetched by what stands for it (`Attachment.media`). It takes the
        place of an older one once it is here. Refuses UnknownProduct, and SuppliersPicture."""

    def hidden(self) -> Sequence[Offered]: ...
