"""Promotions as deductions from a basket."""

from collections.abc import Sequence
from uuid import UUID

from flows.ports.quote import SavingKind
from flows.ports.refusals import Refusal, UsedUp
from store.models import OrderRow
from store.promotions import uses
from store.promotions.choosing import choose
from store.promotions.promotion import Promotion
from store.promotions.reach import reached, stands
from store.quoting.basket import Basket
from store.quoting.deduction import Deduction
from store.scope import Scope


class Promotions:
    """Implements store.quoting.deduction.Deducts."""

    def of(self, scope: Scope, basket: Basket) -> Sequence[Deduction]:
        return [
            Deduction(SavingKind.PROMOTION, p.name, str(p.id), less.cuts, less.fee)
            for p, less in choose(open_to(scope, basket), basket, scope.shop.currency)
        ]

    def claim(self, scope: Scope, order: OrderRow, deduction: Deduction) -> Refusal | None:
        if uses.use(scope, order, UUID(deduction.reference), deduction.amount):
            return None
        return UsedUp(deduction.name)

    def give_back(self, scope: Scope, order: OrderRow) -> None:
        uses.give_back(scope, order)

    def lessen(self, scope: Scope, order: OrderRow) -> None:
        uses.lessen(scope, order)

    def claim_again(self, scope: Scope, order: OrderRow, former: OrderRow) -> None:
        uses.use_again(scope, order, former)


def open_to(scope: Scope, basket: Basket) -> Sequence[Promotion]:
    """Those that run for this customer now, are on something in the basket, and are not used up. Asks
    the database only about those that are limited."""
    found = [
        promotion
        for promotion in basket.promotions
        if stands(promotion, basket.customer.price_list, scope.now, scope.shop.timezone)
        and any(reached(promotion, basket))
    ]
    used = uses.uses_of(scope, found, basket.person.id)
    return [promotion for promotion in found if uses.has_room(promotion, used.get(promotion.id))]


def waives_minimum(scope: Scope, basket: Basket) -> bool:
    """Whether a promotion lets this basket be ordered however small it is."""
    if not any(promotion.waives_minimum for promotion in basket.promotions):
        return False
    return any(promotion.waives_minimum for promotion in open_to(scope, basket))
