"""A reseller's choice of their supplier's goods, in memory."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from flows.money import Money
from flows.ports.listings import Listed, SupplierGoods
from flows.ports.refusals import BelowBase, Refusal, UnknownProduct

BASE = Money(20000, "UGX")


@dataclass
class FakeListings:
    """One supplier, with rice."""

    keys: Sequence[str] = ("kilimo",)
    listed: dict[str, Decimal] = field(default_factory=dict)

    def suppliers(self) -> Sequence[str]:
        return self.keys

    def offered(self, supplier: str, most: int) -> Sequence[SupplierGoods] | Refusal:
        if supplier not in self.keys:
            return UnknownProduct(supplier)
        return [SupplierGoods("rice", "Rice", BASE, "rice" in self.listed)]

    def put(self, sku: str, price: Decimal) -> Listed | Refusal:
        if sku != "rice":
            return UnknownProduct(sku)
        if price < BASE.minor:
            return BelowBase(BASE)
        self.listed[sku] = price
        return Listed("Rice", Money(int(price), "UGX"), BASE)

    def take_off(self, sku: str) -> str | Refusal:
        return "Rice" if self.listed.pop(sku, None) else UnknownProduct(sku)
