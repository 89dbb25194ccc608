"""Small frames made by hand, for the tests of what is counted."""

from decimal import Decimal

from intents.evaluation.answering import Answer
from intents.evaluation.rows import Gold, Row
from intents.evaluation.shop_names import ShopNames
from intents.intent import Intent
from intents.understanding import Action, Asked, Entry, Item, Understanding

SHOP = ShopNames(
    "stall",
    (
        Entry("rice", "Rice", unit="bag"),
        Entry("rice-1", "Rice 1kg", parent="rice", words=("1kg",), unit="bag"),
        Entry("rice-5", "Rice 5kg", parent="rice", words=("5kg",), unit="bag"),
        Entry("milk", "Milk", unit="packet"),
        Entry("sugar", "Sugar", unit="kg"),
    ),
    ("en",),
    "UG",
)


def thing(
    sku: str | None, quantity: str | None = None, unit: str | None = None, *candidates: str
) -> Item:
    return Item("", sku, None if quantity is None else Decimal(quantity), unit, candidates)


def act(intent: Intent, *items: Item) -> Action:
    return Action(intent, items)


def row(
    *actions: Action,
    details: dict[str, object] | None = None,
    cart: tuple[str, ...] = (),
    asked: Asked | None = None,
    last: str | None = None,
    id: str = "en-001",  # noqa: A002
    text: str = "text",
) -> Row:
    gold = Gold(actions, details or {})
    return Row(id, id.partition("-")[0], "stall", text, gold, asked, last, cart)


def answer(of: Row, *actions: Action, sure: float = 0.9, **details: object) -> Answer:
    first, *others = actions
    said = Understanding(
        of.text,
        "en",
        first.intent,
        sure,
        first.items,
        also=tuple(others),
        **details,  # type: ignore[arg-type]
    )
    return Answer(of, said, 1.0)
