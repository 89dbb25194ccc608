"""What an order uses up of what made it cheaper, and what goes back when the order ends early."""

from collections.abc import Sequence

from flows.ports.refusals import Refusal
from store.models import OrderRow
from store.models.base import JsonList
from store.quoting.deduction import Deduction, Deducts
from store.quoting.table import DEDUCTS
from store.scope import Scope


def claim(scope: Scope, order: OrderRow, deductions: Sequence[Deduction]) -> Refusal | None:
    """The first refusal, None when everything is the order's. Rows are locked in one order, whatever came
    off first."""
    kinds = list(DEDUCTS)
    for deduction in sorted(deductions, key=lambda d: (kinds.index(d.kind), d.reference)):
        refusal = DEDUCTS[deduction.kind].claim(scope, order, deduction)
        if refusal is not None:
            return refusal
    return None


def give_back(scope: Scope, order: OrderRow) -> None:
    """All that the order had claimed."""
    for maker in _makers(order):
        maker.give_back(scope, order)


def lessen(scope: Scope, order: OrderRow, before: JsonList) -> None:
    """Goods were taken out of it, from which `before` was off. What takes nothing off any more is free again,
    and of the rest what was claimed for these goods alone."""
    left = {saving["by"] for saving in order.savings}
    claimed = {saving["by"] for saving in before}
    for kind, maker in DEDUCTS.items():
        if kind.value in left:
            maker.lessen(scope, order)
        elif kind.value in claimed:
            maker.give_back(scope, order)


def claim_again(scope: Scope, order: OrderRow, former: OrderRow) -> None:
    """For the successor of an order whose claims were given back."""
    for maker in _makers(former):
        maker.claim_again(scope, order, former)


def _makers(order: OrderRow) -> Sequence[Deducts]:
    """Whoever made something of it cheaper, by what is written on the order."""
    claimed = {saving["by"] for saving in order.savings}
    return [maker for kind, maker in DEDUCTS.items() if kind.value in claimed]
