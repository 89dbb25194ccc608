"""Carrying out changes of the cart, and telling what came of them."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from flows.customer.changes import (
    LONGEST_ID,
    Act,
    Ask,
    Change,
    Question,
    is_swap,
    read_changes,
    swap_id,
)
from flows.customer.goods import title_of
from flows.customer.instead import instead_of, ways_instead
from flows.explain import explain
from flows.message import Elastic, Message
from flows.ports.cart import CartLine
from flows.ports.refusals import NeedsVariant, OnlyLeft, Refusal, SoldOut
from flows.visit import Visit


@dataclass(slots=True)
class Outcome:
    """`sku` is what was changed last: "make it 5" means that."""

    added: list[str] = field(default_factory=list)
    now: list[str] = field(default_factory=list)
    removed: list[str] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)
    problems: list[Message] = field(default_factory=list)
    questions: list[Question] = field(default_factory=list)
    sku: str = ""

    @property
    def changed(self) -> bool:
        return bool(self.added or self.now or self.removed)

    def messages(self) -> tuple[Message, ...]:
        """One line for each kind of thing that happened, and each refusal once."""
        lines = (
            (self.added, Message("changes-added", items=Elastic(tuple(self.added)))),
            (self.now, Message("changes-now", items=Elastic(tuple(self.now)))),
            (self.removed, Message("changes-removed", items=Elastic(tuple(self.removed)))),
            (self.missing, Message("changes-missing", items=Elastic(tuple(self.missing)))),
        )
        told = [said for names, said in lines if names]
        return (*told, *(m for i, m in enumerate(self.problems) if m not in self.problems[:i]))


def carry_out(visit: Visit, changes: Sequence[Change], outcome: Outcome) -> None:
    """Make the changes, each whatever became of the others."""
    for change in changes:
        _make(visit, change, outcome)


def carry_out_swap(visit: Visit, changes: Sequence[Change], outcome: Outcome) -> None:
    """Make the changes in order and stop at the first that is refused, so that nothing is taken away
    that could not be replaced. What is then asked carries the rest of the swap with it."""
    for index, change in enumerate(changes):
        asked = len(outcome.questions)
        if _make(visit, change, outcome):
            continue
        rest = changes[index + 1 :]
        outcome.questions[asked:] = [
            replace(q, ids=_with_rest(q.ids, rest)) for q in outcome.questions[asked:]
        ]
        return


def _with_rest(ways: Sequence[str], rest: Sequence[Change]) -> tuple[str, ...]:
    """Each way with what comes after it, where an option's id can carry that."""
    whole = (swap_id(*changes, *rest) if (changes := read_changes(way)) else way for way in ways)
    return tuple(way for way in whole if len(way) <= LONGEST_ID)


def choose_change(visit: Visit, option_id: str, outcome: Outcome) -> None:
    """Make what an option's id carries."""
    act = carry_out_swap if is_swap(option_id) else carry_out
    act(visit, read_changes(option_id), outcome)


def _make(visit: Visit, change: Change, outcome: Outcome) -> bool:
    title = title_of(visit, change.sku)
    result = _ask_cart(visit, change)
    if isinstance(result, Refusal):
        _refused(visit, change, result, outcome)
        return False
    if result is None:
        outcome.removed.append(title)
    elif change.act is Act.ADD:
        outcome.added.append(f"{change.quantity} x {result.name}")
        outcome.sku = result.sku
    else:
        outcome.now.append(f"{result.quantity} x {result.name}")
        outcome.sku = result.sku
    visit.ports.facts.record(
        "cart-changed", act=change.act.value, sku=change.sku, quantity=change.quantity
    )
    return True


def _ask_cart(visit: Visit, change: Change) -> CartLine | Refusal | None:
    cart = visit.ports.cart
    if change.act is Act.ADD:
        return cart.add(change.sku, change.quantity)
    if change.act is Act.SET:
        return cart.set(change.sku, change.quantity)
    return cart.take(change.sku, change.quantity or None)


def _refused(visit: Visit, change: Change, refusal: Refusal, outcome: Outcome) -> None:
    """Some refusals have a way out that can be chosen."""
    if isinstance(refusal, NeedsVariant):
        product = visit.ports.catalogue.product(refusal.sku)
        kinds = product.variants if product else ()
        ids = tuple(Change(change.act, kind.sku, change.quantity).id for kind in kinds)
        if ids:
            outcome.questions.append(Question(Ask.VARIANT, refusal.name, ids))
            return
    if isinstance(refusal, OnlyLeft) and _present(visit, change.sku) < refusal.left:
        all_of_it = Change(Act.SET, refusal.sku or change.sku, refusal.left)
        others = ways_instead(visit, change.sku, change.quantity)
        outcome.questions.append(Question(Ask.LEFT, refusal.name, (all_of_it.id, *others)))
        return
    if isinstance(refusal, SoldOut):
        instead = instead_of(visit, change.sku, refusal.name, change.quantity)
        if instead is not None:
            outcome.questions.append(instead)
            return
    outcome.problems.append(explain(refusal))


def _present(visit: Visit, sku: str) -> int:
    """How many of it are in the cart already."""
    return next((x.quantity for x in visit.ports.cart.read().lines if x.sku == sku), 0)
