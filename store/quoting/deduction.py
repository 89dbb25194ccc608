"""One thing that makes a basket cheaper, and what those who make deductions must be able to do."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from flows.ports.quote import SavingKind
from flows.ports.refusals import Refusal
from store.models import OrderRow
from store.models.base import JsonList
from store.quoting.basket import Basket
from store.scope import Scope


@dataclass(frozen=True, slots=True)
class Deduction:
    """`cuts` has one amount for each of the basket's lines, none above what was left of it; `fee` is off
    the delivery. `name` is for the customer; `reference` is what its maker finds it again by (a row's
    id), "" where there is nothing to find. `unmet`: nothing is taken off, though the customer wanted it,
    and this is why."""

    kind: SavingKind
    name: str
    reference: str
    cuts: tuple[int, ...]
    fee: int = 0
    unmet: Refusal | None = None

    @property
    def amount(self) -> int:
        return sum(self.cuts) + self.fee


def parts(deduction: Deduction) -> Sequence[tuple[SavingKind, int]]:
    """What it is to the customer: off the goods, off the delivery, or both."""
    both = ((deduction.kind, sum(deduction.cuts)), (SavingKind.DELIVERY, deduction.fee))
    return [(kind, amount) for kind, amount in both if amount]


def saved(deductions: Sequence[Deduction]) -> JsonList:
    """As they are written on an order (OrderRow.savings)."""
    return [
        {
            "kind": kind.value,
            "name": deduction.name,
            "amount": amount,
            "by": deduction.kind.value,
            "reference": deduction.reference,
            **({} if kind is SavingKind.DELIVERY else {"cuts": _placed(deduction.cuts)}),
        }
        for deduction in deductions
        for kind, amount in parts(deduction)
    ]


def _placed(cuts: Sequence[int]) -> JsonList:
    """By the positions that the lines get, which count from 1."""
    return [[position, cut] for position, cut in enumerate(cuts, 1) if cut]


class Deducts(Protocol):
    """A maker of deductions. Looking changes nothing; what is limited is claimed with the order."""

    def of(self, scope: Scope, basket: Basket) -> Sequence[Deduction]:
        """What it takes off this basket now, in the order in which it is told."""

    def claim(self, scope: Scope, order: OrderRow, deduction: Deduction) -> Refusal | None:
        """The order, which stands in the books, uses it up. A refusal undoes the whole order: by now
        others have used it."""

    def give_back(self, scope: Scope, order: OrderRow) -> None:
        """The order was cancelled or came back whole: what it had claimed may be used again. Saying it
        twice does nothing."""

    def lessen(self, scope: Scope, order: OrderRow) -> None:
        """Some of the goods were not there, and the order's savings say what is left: what was claimed for
        these alone may be used again."""

    def claim_again(self, scope: Scope, order: OrderRow, former: OrderRow) -> None:
        """`order` takes the place of `former`, whose money came late: it keeps the price that was paid,
        whatever limit has been reached since."""
