"""What somebody says while they are asked about a change: a number with their answer, or another wish."""

from collections.abc import Sequence
from dataclasses import replace

from flows.customer.changes import (
    Act,
    Ask,
    Change,
    Question,
    is_swap,
    load_question,
    read_changes,
)
from flows.customer.quantities import judge
from flows.visit import Visit
from intents.intent import Intent
from intents.sizes import is_measure
from intents.understanding import Action, Item, Understanding

# In these the answer says which, so that a number said with it is how many.
WHICH_ONE = frozenset({Ask.WHICH, Ask.VARIANT, Ask.INSTEAD})
# Wishes of which nothing is in the cart until they are answered.
UNDECIDED = frozenset({Ask.WHICH, Ask.VARIANT})


def pending(visit: Visit) -> list[Question]:
    """The questions that are asked here one after the other."""
    kept = visit.data.get("questions") if visit.place.spot.state == "which" else None
    texts: Sequence[str] = kept if isinstance(kept, (list, tuple)) else ()
    return [load_question(text) for text in texts]


def still_open(visit: Visit, actions: Sequence[Action]) -> list[Question]:
    """What is asked once more after another wish: which of several, where the wish is not about these."""
    named = {
        sku
        for action in actions
        for item in action.items
        for sku in (item.sku, *item.candidates)
        if sku
    }
    asked = [q for q in pending(visit) if q.ask in UNDECIDED and len(q.ids) > 1]
    return [question for question in asked if not named & _about(visit, question)]


def _about(visit: Visit, question: Question) -> set[str]:
    """The goods that a question offers, and their products."""
    kinds = {change.sku for way in question.ids for change in read_changes(way)}
    products = (visit.ports.catalogue.product(sku) for sku in kinds)
    return kinds | {product.sku for product in products if product is not None}


def product_asked_about(visit: Visit, question: Question) -> str:
    """The product whose kinds a question tells apart, or nothing: "two of the 5kg" means that."""
    changes = read_changes(question.ids[0])
    if question.ask is not Ask.VARIANT or not changes:
        return ""
    product = visit.ports.catalogue.product(changes[0].sku)
    return product.sku if product else ""


def wants_less(question: Question, heard: Understanding) -> bool:
    """Whoever wants a thing out of the cart does not agree to more of it."""
    changes = read_changes(question.ids[0])
    if heard.intent is not Intent.REMOVE_FROM_CART or not changes:
        return False
    return all(change.act is not Act.TAKE for change in changes)


def in_their_number(visit: Visit, question: Question, way: str, heard: Understanding) -> str | None:
    """The way in the number that was said with it; None where that is another number than was offered."""
    changes = read_changes(way)
    if is_swap(way) or len(changes) != 1:
        return way
    count = _count(visit, heard, changes[0])
    if count is None or count == changes[0].quantity:
        return way
    return replace(changes[0], quantity=count).id if question.ask in WHICH_ONE else None


def _count(visit: Visit, heard: Understanding, change: Change) -> int | None:
    """Pieces; None where no whole number was said of this, or a weight."""
    item = next((item for item in heard.items if _means(item, change)), None)
    if item is None or item.quantity is None:
        return None
    if is_measure(item.unit, (visit.locale, *visit.ports.shop.locales)):
        return None
    judged = judge(item.quantity)
    return judged if isinstance(judged, int) and judged > 0 else None


def _means(item: Item, change: Change) -> bool:
    return change.sku == item.sku or change.sku in item.candidates
