"""Talking to the customer's machine without a medium: choices and understandings in, replies out."""

from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from flows.customer import customer
from flows.heard import Choice, Heard
from flows.message import Elastic, Message, Value
from flows.place import Place, dump, load
from flows.reply import Reply
from intents.intent import Intent
from intents.understanding import Action, Item, Understanding
from tests.fakes.ports import FakeShop

SILENCE = Reply()


def item(
    sku: str | None = None,
    quantity: float | str | None = None,
    mention: str | None = None,
    unit: str | None = None,
    candidates: tuple[str, ...] = (),
) -> Item:
    amount = None if quantity is None else Decimal(str(quantity))
    return Item(mention or sku or "something", sku, amount, unit, candidates)


def said(
    intent: Intent,
    *items: Item,
    text: str = "as it was written",
    confidence: float = 0.95,
    also: tuple[Action, ...] = (),
    **entities: Any,
) -> Understanding:
    """A frame as the language engine would give it; `entities` are its order, phone, area, ..."""
    return Understanding(text, "en", intent, confidence, items, also=also, **entities)


@dataclass
class Conversation:
    """One customer's talk with `shop` on one medium."""

    shop: FakeShop = field(default_factory=FakeShop)
    medium: str = "whatsapp"
    place: Place | None = None
    reply: Reply = SILENCE

    def hear(self, heard: Heard) -> Reply:
        """One turn. The place goes through JSON's shapes, as between two messages."""
        step = customer.step(self.place, heard, self.shop.ports(self.medium), "en")
        self.place = load(dump(step.place))
        self.reply = step.reply
        return step.reply

    def choose(self, *ids: str) -> Reply:
        """Options one after the other, each of which must be offered, or be one of the two that always
        are."""
        for option in ids:
            assert option in (*self.options, "back", "home"), f"{option} not in {self.options}"
            self.hear(Choice(option))
        return self.reply

    def say(self, intent: Intent, *items: Item, **more: Any) -> Reply:
        return self.hear(said(intent, *items, **more))

    def write(self, text: str) -> Reply:
        """Words that nothing was recognised in."""
        return self.hear(said(Intent.OUT_OF_SCOPE, text=text, confidence=0.2))

    @property
    def options(self) -> tuple[str, ...]:
        return tuple(o.id for o in self.reply.menu.options) if self.reply.menu else ()

    @property
    def state(self) -> str:
        assert self.place is not None
        return self.place.spot.state

    @property
    def keys(self) -> tuple[str, ...]:
        """The keys of all that was said, nested ones included."""
        return tuple(key for message in self.reply.messages for key in keys_of(message))

    @property
    def values(self) -> dict[str, Value]:
        """All values that the messages carry."""
        return {k: v for message in self.reply.messages for k, v in message.values.items()}


def keys_of(value: Value) -> tuple[str, ...]:
    if isinstance(value, Message):
        return (value.key, *(k for nested in value.values.values() for k in keys_of(nested)))
    if isinstance(value, tuple):
        return tuple(key for message in value for key in keys_of(message))
    return ()


def parts(value: Value) -> tuple[str, ...]:
    assert isinstance(value, Elastic)
    return value.parts
