"""The frame as JSON: the shape that evaluation and the command line share (design, section 8, "A frame")."""

from collections.abc import Sequence
from decimal import Decimal
from typing import TypedDict

from intents.intent import Intent
from intents.understanding import Action, Item, Understanding


class ItemFrame(TypedDict):
    """One thing mentioned."""

    sku: str | None
    mention: str
    quantity: int | float | None
    unit: str | None
    candidates: list[str]


class ActionFrame(TypedDict):
    """A second action."""

    intent: str
    items: list[ItemFrame]


class Frame(TypedDict):
    """One message understood."""

    id: str | int | None
    locale: str
    intent: str
    confidence: float
    items: list[ItemFrame]
    order: int | None
    coupon: str | None
    locale_change: str | None
    amount: int | float | None
    also: list[ActionFrame]


def to_frame(understood: Understanding, id: str | int | None = None) -> Frame:  # noqa: A002
    """The frame of an understanding. `id` is the asker's own and comes back as it was given."""
    return Frame(
        id=id,
        locale=understood.locale,
        intent=understood.intent.value,
        confidence=round(understood.confidence, 4),
        items=_items_out(understood.items),
        order=understood.order,
        coupon=understood.coupon,
        locale_change=understood.locale_change,
        amount=_number(understood.amount),
        also=[
            ActionFrame(intent=also.intent.value, items=_items_out(also.items))
            for also in understood.also
        ],
    )


def from_frame(frame: Frame, text: str = "") -> Understanding:
    """The understanding that a frame describes. What frames do not carry (phone, area) is None."""
    return Understanding(
        text=text,
        locale=frame["locale"],
        intent=Intent(frame["intent"]),
        confidence=frame["confidence"],
        items=_items_in(frame["items"]),
        order=frame["order"],
        coupon=frame["coupon"],
        locale_change=frame["locale_change"],
        amount=_decimal(frame["amount"]),
        also=tuple(
            Action(Intent(also["intent"]), _items_in(also["items"])) for also in frame["also"]
        ),
    )


def _items_out(items: Sequence[Item]) -> list[ItemFrame]:
    return [
        ItemFrame(
            sku=item.sku,
            mention=item.mention,
            quantity=_number(item.quantity),
            unit=item.unit,
            candidates=list(item.candidates),
        )
        for item in items
    ]


def _items_in(frames: Sequence[ItemFrame]) -> tuple[Item, ...]:
    return tuple(
        Item(
            mention=item["mention"],
            sku=item["sku"],
            quantity=_decimal(item["quantity"]),
            unit=item["unit"],
            candidates=tuple(item["candidates"]),
        )
        for item in frames
    )


def _number(value: Decimal | None) -> int | float | None:
    if value is None:
        return None
    return int(value) if value == value.to_integral_value() else float(value)


def _decimal(value: int | float | None) -> Decimal | None:
    return None if value is None else Decimal(str(value))
