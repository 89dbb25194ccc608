""" "3 soap, no wait, 4 soap": the same goods counted twice in one breath."""

from collections.abc import Mapping, Sequence

from flows.customer.changes import Act, Ask, Change, Question
from flows.customer.goods import title_of
from flows.customer.quantities import judge
from flows.visit import Visit
from intents.intent import Intent
from intents.understanding import Action


def counted_twice(actions: Sequence[Action]) -> Mapping[str, tuple[int, ...]]:
    """The different numbers of pieces that would be added, by sku, the last one said first."""
    said: dict[str, list[int]] = {}
    adding = (action for action in actions if action.intent is Intent.ADD_TO_CART)
    for item in (item for action in adding for item in action.items):
        pieces = judge(item.quantity) if item.quantity is not None else None
        if item.sku is not None and isinstance(pieces, int) and pieces > 0:
            said.setdefault(item.sku, []).insert(0, pieces)
    different = {sku: tuple(dict.fromkeys(pieces)) for sku, pieces in said.items()}
    return {sku: pieces for sku, pieces in different.items() if len(pieces) > 1}


def which_number(visit: Visit, sku: str, pieces: tuple[int, ...]) -> Question:
    """Asks for one of them. Adding them up would be a guess."""
    ids = tuple(Change(Act.ADD, sku, number).id for number in pieces)
    return Question(Ask.MANY, title_of(visit, sku), ids)
