"""Which promotions a basket gets: the best of those that stand alone, then the stackable ones."""

from collections.abc import Sequence

from store.promotions.promotion import Promotion
from store.promotions.reckoning import Off, off
from store.quoting.basket import Basket

Given = tuple[Promotion, Off]


def choose(promotions: Sequence[Promotion], basket: Basket, currency: str) -> Sequence[Given]:
    """In the order in which they come off. The best is the one of the greatest amount, then of the
    highest priority, then the shop's first; stackable ones follow by priority, each on what is left."""
    given: list[Given] = []
    alone = [(p, off(p, basket, currency)) for p in promotions if not p.stackable]
    worth = [(p, less) for p, less in alone if less.amount]
    if worth:
        best = max(worth, key=lambda one: (one[1].amount, one[0].priority))
        basket = basket.less(best[1].cuts, best[1].fee)
        given.append(best)
    for promotion in sorted((p for p in promotions if p.stackable), key=lambda p: -p.priority):
        less = off(promotion, basket, currency)
        if less.amount:
            basket = basket.less(less.cuts, less.fee)
            given.append((promotion, less))
    return given
