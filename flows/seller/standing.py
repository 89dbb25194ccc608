"""Where an order stands, in the eyes of its seller."""

from collections.abc import Mapping

from flows.message import Message
from flows.ports.delivery import Fulfilment
from flows.ports.orders import DeliveryStatus, Order, OrderStatus, PaymentStatus
from flows.ports.supply import SupplyStatus

CASH = "cash"

# By OrderStatus and DeliveryStatus value.
STANDINGS: Mapping[str, Message] = {
    OrderStatus.PENDING: Message("standing-new"),
    OrderStatus.CONFIRMED: Message("standing-to-pack"),
    OrderStatus.PROCESSING: Message("standing-packed"),
    OrderStatus.SHIPPED: Message("standing-on-the-way"),
    OrderStatus.DELIVERED: Message("standing-delivered"),
    OrderStatus.CANCELLED: Message("standing-cancelled"),
    OrderStatus.RETURNED: Message("standing-returned"),
    DeliveryStatus.WAITING: Message("standing-without-rider"),
    DeliveryStatus.OFFERED: Message("standing-offered"),
    DeliveryStatus.ACCEPTED: Message("standing-with-rider"),
    DeliveryStatus.PICKED_UP: Message("standing-on-the-way"),
    DeliveryStatus.FAILED: Message("standing-failed"),
}
# The same of what another shop has sold, and of what a supplier packs.
SUPPLY_STANDINGS: Mapping[SupplyStatus, Message] = {
    SupplyStatus.ASKED: Message("standing-new"),
    SupplyStatus.PACKING: Message("standing-packing"),
    SupplyStatus.READY: Message("standing-packed"),
    SupplyStatus.REFUSED: Message("standing-refused"),
    SupplyStatus.OFF: Message("standing-cancelled"),
}
AWAITS_PAYMENT = Message("standing-awaits-payment")
AWAITS_CUSTOMER = Message("standing-awaits-customer")


def awaits_payment(order: Order) -> bool:
    """Nothing to do yet: the customer has a prompt, or must try again."""
    unpaid = order.payment_status is not PaymentStatus.PAID
    return order.status is OrderStatus.PENDING and unpaid and order.rail != CASH


def awaits_ok(order: Order) -> bool:
    return order.status is OrderStatus.PENDING and not awaits_payment(order)


def refusable(order: Order) -> bool:
    """Nobody is on the way with it."""
    if order.status is OrderStatus.SHIPPED:
        return order.delivery is not DeliveryStatus.PICKED_UP
    return not order.closed and not awaits_payment(order)


def to_lessen(order: Order) -> bool:
    """Something may still be taken out of it: its goods are in the shop."""
    here = (OrderStatus.PENDING, OrderStatus.CONFIRMED, OrderStatus.PROCESSING)
    return order.status in here and not awaits_payment(order)


def to_pack(order: Order) -> bool:
    return order.status is OrderStatus.CONFIRMED


def to_send(order: Order) -> bool:
    """Packed, or at least accepted, and brought to the customer."""
    under_way = order.status in (OrderStatus.CONFIRMED, OrderStatus.PROCESSING)
    return under_way and order.fulfilment is not Fulfilment.PICKUP


def to_hand_over(order: Order) -> bool:
    """The customer's code is all that is missing."""
    if order.fulfilment is Fulfilment.PICKUP:
        return order.status is OrderStatus.PROCESSING
    return order.status is OrderStatus.SHIPPED


def standing(order: Order) -> Message:
    """What an order waits for, in a word or two."""
    if awaits_payment(order):
        return AWAITS_PAYMENT
    if order.status is OrderStatus.PROCESSING and order.fulfilment is Fulfilment.PICKUP:
        return AWAITS_CUSTOMER
    if not order.closed and order.delivery is DeliveryStatus.FAILED:
        return STANDINGS[DeliveryStatus.FAILED]
    return STANDINGS[order.status]
