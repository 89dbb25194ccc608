"""Goods that are listed by phone, in memory."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from flows.money import Money
from flows.ports.refusals import NameTaken, Refusal
from flows.ports.stall import PutOnSale
from flows.ports.trade import Offered
from intents.listing import Listing


@dataclass
class FakeStall:
    """`done` tells what was asked for; `away` is what is hidden."""

    done: list[tuple[object, ...]] = field(default_factory=list)
    away: list[Offered] = field(default_factory=list)
    taken: dict[str, str] = field(default_factory=dict)

    def add(self, listing: Listing) -> PutOnSale | Refusal:
        sku = self.taken.get(listing.name)
        if sku is not None:
            return NameTaken(listing.name, sku)
        self.done.append(("add", listing))
        price = Money.of(listing.price, "UGX")
        return PutOnSale(listing.name, "ankara-gown", 14, price, listing.count)

    def rename(self, sku: str, name: str) -> Offered | Refusal:
        self.done.append(("rename", sku, name))
        return Offered(sku, name)

    def hide(self, sku: str) -> Offered | Refusal:
        self.done.append(("hide", sku))
        return Offered(sku, sku)

    def show(self, sku: str) -> Offered | Refusal:
        self.done.append(("show", sku))
        return next((each for each in self.away if each.sku == sku), Offered(sku, sku))

    def picture(self, sku: str, media: str) -> Offered | Refusal:
        self.done.append(("picture", sku, media))
        return Offered(sku, sku)

    def hidden(self) -> Sequence[Offered]:
        return self.away
