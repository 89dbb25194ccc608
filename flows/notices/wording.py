"""Parts that several notices share: where an order goes, how it is paid, what is in it."""

from collections.abc import Iterable

from flows.message import Clock, Elastic, Message, verbatim
from flows.ports.delivery import Fulfilment
from flows.ports.orders import Order, PaymentStatus
from flows.ports.shop import ShopInfo
from flows.ports.slots import Slot

CASH = "cash"
HEARD_OF = frozenset({PaymentStatus.PAID, PaymentStatus.REFUNDED, PaymentStatus.PARTIAL})

# What riders choose from when a delivery fails; anything else is in their own words.
FAILURES = {
    "nobody-there": Message("failure-nobody-there"),
    "wrong-address": Message("failure-wrong-address"),
    "refused": Message("failure-refused"),
}


def items(order: Order) -> Elastic:
    """ "Rice 5kg x2" each; the renderer shortens the list where a text must be one SMS."""
    return Elastic(
        tuple(
            f"{line.name} x{line.quantity}" if line.quantity > 1 else line.name
            for line in order.lines
        )
    )


def pieces(goods: Iterable[tuple[int, str]]) -> Elastic:
    """ "2 x Rice 5kg" each."""
    return Elastic(tuple(f"{quantity} x {name}" for quantity, name in goods))


def payment(order: Order) -> Message:
    """One word on how the seller gets the money."""
    if order.payment_status is PaymentStatus.PAID:
        due = order.due_at_door
        return Message("paid-word-door", due=due) if due else Message("paid-word")
    return Message("cash-word" if order.rail == CASH else "unpaid-word")


def slot_words(slot: Slot) -> Message:
    """The day, and from when until when."""
    return Message("slot", starts=slot.starts, ends=Clock(slot.ends))


def place(order: Order) -> Message:
    """The area, or that it is fetched; what was paid for being fast is said to be, and when it is wanted."""
    where = _area(order)
    if order.slot is None:
        return where
    return Message("place-slot", place=where, slot=slot_words(order.slot))


def _area(order: Order) -> Message:
    if order.fulfilment is Fulfilment.PICKUP:
        return Message("pickup-word")
    area = order.area or order.landmark or "-"
    if order.fulfilment is Fulfilment.EXPRESS:
        return Message("place-fast", area=area)
    return verbatim(area)


def phone(order: Order) -> str:
    return order.customer_phone or order.customer_name or "-"


def collect(order: Order) -> Message:
    """What a customer must have ready."""
    if order.at_the_door:
        return Message("have-cash-ready", total=order.at_the_door)
    return Message("nothing-to-pay")


def whereabouts(shop: ShopInfo) -> Message:
    """Where a pickup is fetched: how to find the shop, or its name."""
    return verbatim(shop.location or shop.name)


def failure(reason: str) -> Message:
    """A rider's reason: one of those offered, or what they wrote."""
    if not reason:
        return Message("failure-unsaid")
    return FAILURES.get(reason) or verbatim(reason)


def seller_knows(order: Order) -> bool:
    """An order that was never paid by its prompt was never the seller's business."""
    return order.rail == CASH or order.payment_status in HEARD_OF
