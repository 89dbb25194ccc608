"""Sale prices and promotions as a seller's flow meets them."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from decimal import Decimal

from flows.money import Money
from flows.ports.promotions import Promotion, PromotionKind, SaleSet
from flows.ports.refusals import Refusal, SaleOutside, UnknownPromotion

# The midnight after 30 November, in Kampala.
UNTIL = datetime(2026, 11, 30, 21, 0, tzinfo=UTC)
FRIDAY = Promotion("FRIDAY", PromotionKind.PERCENTAGE, percent=Decimal(10), used=12)


@dataclass
class FakeDeals:
    """Everything costs 24,000 otherwise, and at least half of that. `done` tells what was asked for."""

    running: dict[str, Promotion] = field(default_factory=lambda: {"friday": FRIDAY})
    sales: list[SaleSet] = field(default_factory=list)
    done: list[tuple[object, ...]] = field(default_factory=list)

    def put_on_sale(self, sku: str, price: Decimal, days: int | None) -> SaleSet | Refusal:
        usual = Money(24000, "UGX")
        if not 12000 <= price < 24000:
            return SaleOutside(Money(12000, "UGX"), usual)
        self.done.append(("sale", sku, price, days))
        return SaleSet(sku, usual, Money(int(price), "UGX"), UNTIL if days else None)

    def take_off(self, sku: str, percent: Decimal, days: int | None) -> SaleSet | Refusal:
        self.done.append(("off", sku, percent, days))
        return SaleSet(sku, Money(24000, "UGX"), Money(21600, "UGX"), UNTIL if days else None)

    def end_sale(self, sku: str) -> SaleSet | Refusal:
        self.done.append(("end", sku))
        return SaleSet(sku, Money(24000, "UGX"), None)

    def on_sale(self) -> Sequence[SaleSet]:
        return self.sales

    def promotions(self) -> Sequence[Promotion]:
        return list(self.running.values())

    def pause(self, name: str, *, paused: bool) -> Promotion | Refusal:
        found = self.running.get(name.casefold())
        if found is None:
            return UnknownPromotion(name)
        self.running[name.casefold()] = replace(found, paused=paused)
        return self.running[name.casefold()]
