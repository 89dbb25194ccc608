"""What a cart comes to, reckoned anew at every look."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from flows.money import Money
from flows.ports.delivery import Area, Fulfilment
from flows.ports.quote import FeeReason, Quote, Saving
from flows.ports.refusals import Refusal
from store.cart import ShopCart
from store.delivery import ShopDelivery
from store.models import CustomerRow, PersonRow
from store.promotions.deducting import waives_minimum
from store.quoting.basket import Basket, BasketLine
from store.quoting.deduction import Deduction, parts
from store.quoting.table import DEDUCTS
from store.scope import Scope
from store.terms import terms_of


@dataclass(frozen=True, slots=True)
class Reckoned:
    """`quote` is for people; `deductions` are what an order claims; `cuts` is what is off each line."""

    quote: Quote
    deductions: tuple[Deduction, ...]
    cuts: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Quoting:
    """Of one customer's cart at a shop."""

    scope: Scope
    person: PersonRow
    customer: CustomerRow
    cart: ShopCart
    delivery: ShopDelivery

    def reckon(self, kind: Fulfilment | None, area: Area | None) -> Reckoned:
        """`kind` None: the goods alone, the way they are brought is not chosen yet."""
        basket, reasons = self.basket(kind, area)
        fee = basket.fee
        waived = self.scope.shop.minimum_order is not None and waives_minimum(self.scope, basket)
        deductions: list[Deduction] = []
        unmet: list[Refusal] = []
        for maker in DEDUCTS.values():
            for deduction in maker.of(self.scope, basket):
                if deduction.unmet is not None:
                    unmet.append(deduction.unmet)
                    continue
                basket = basket.less(deduction.cuts, deduction.fee)
                deductions.append(deduction)
        # What was saved of the fee has a line of its own.
        told = reasons if basket.fee == fee else ()
        return self._reckoned(basket, deductions, told, unmet, waived=waived)

    def basket(
        self, kind: Fulfilment | None, area: Area | None
    ) -> tuple[Basket, tuple[FeeReason, ...]]:
        """Before anything is off it, and why bringing it does not cost what is usual."""
        lines = tuple(self._lines())
        subtotal = Money(sum(line.total for line in lines), self.scope.shop.currency)
        fee, reasons = (
            self.delivery.charge(kind, area, subtotal)
            if kind is not None
            else (Money.zero(subtotal.currency), ())
        )
        basket = Basket(
            lines, self.person, self.customer, self.cart.row, fee.minor, self.cart.promotions
        )
        return basket, reasons

    def _lines(self) -> Sequence[BasketLine]:
        lines = []
        for line in self.cart.read().lines:
            goods, kind = self.cart.ware(line.sku)
            if goods is not None:
                total = line.total.minor
                lines.append(
                    BasketLine(goods, kind, line.quantity, line.unit_price.minor, total, total)
                )
        return lines

    def _reckoned(
        self,
        basket: Basket,
        deductions: Sequence[Deduction],
        reasons: tuple[FeeReason, ...],
        unmet: Sequence[Refusal],
        *,
        waived: bool,
    ) -> Reckoned:
        currency = self.scope.shop.currency
        tax = Money(basket.left, currency).percent(Decimal(terms_of(self.scope.shop).tax) / 100)
        quote = Quote(
            subtotal=Money(basket.subtotal, currency),
            savings=tuple(s for d in deductions for s in _savings(d, currency)),
            fee=Money(basket.fee, currency),
            tax=tax,
            total=Money(basket.left + basket.fee, currency) + tax,
            waives_minimum=waived,
            fee_reasons=reasons,
            unmet=tuple(unmet),
        )
        cuts = tuple(line.total - line.left for line in basket.lines)
        return Reckoned(quote, tuple(deductions), cuts)


def _savings(deduction: Deduction, currency: str) -> Sequence[Saving]:
    return [
        Saving(kind, deduction.name, Money(amount, currency)) for kind, amount in parts(deduction)
    ]
