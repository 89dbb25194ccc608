"""Where an order may go, and who may take it there. Cancelled and returned are never left."""

from collections.abc import Mapping

from flows.ports.delivery import Fulfilment
from flows.ports.orders import OrderStatus, PaymentStatus, Role

CUSTOMER, SELLER, RIDER, SYSTEM = Role.CUSTOMER, Role.SELLER, Role.RIDER, Role.SYSTEM

TRANSITIONS: Mapping[OrderStatus, Mapping[OrderStatus, frozenset[Role]]] = {
    OrderStatus.PENDING: {
        OrderStatus.CONFIRMED: frozenset({SELLER, SYSTEM}),
        OrderStatus.CANCELLED: frozenset({CUSTOMER, SELLER, SYSTEM}),
    },
    OrderStatus.CONFIRMED: {
        # A rider who picks up what was never called READY takes it through processing.
        OrderStatus.PROCESSING: frozenset({SELLER, RIDER}),
        OrderStatus.CANCELLED: frozenset({CUSTOMER, SELLER}),
    },
    OrderStatus.PROCESSING: {
        OrderStatus.SHIPPED: frozenset({SELLER, RIDER}),
        OrderStatus.CANCELLED: frozenset({SELLER}),
    },
    OrderStatus.SHIPPED: {
        OrderStatus.DELIVERED: frozenset({SELLER, RIDER}),
        OrderStatus.RETURNED: frozenset({SELLER}),
    },
    OrderStatus.DELIVERED: {
        OrderStatus.RETURNED: frozenset({SELLER}),
    },
    OrderStatus.CANCELLED: {},
    OrderStatus.RETURNED: {},
}

# What is fetched is handed over at the counter.
PICKUP_ONLY: Mapping[tuple[OrderStatus, OrderStatus], frozenset[Role]] = {
    (OrderStatus.PROCESSING, OrderStatus.DELIVERED): frozenset({SELLER}),
}
BROUGHT_ONLY = frozenset({(OrderStatus.PROCESSING, OrderStatus.SHIPPED)})
# Whoever waits for what nobody brings may end it, packed or not (store/orders/cancelling.py).
TO_BE_BROUGHT: Mapping[tuple[OrderStatus, OrderStatus], frozenset[Role]] = {
    (OrderStatus.PROCESSING, OrderStatus.CANCELLED): frozenset({CUSTOMER}),
}

# The one way back: UNDO within the window, and goods that come back undelivered.
BACK: Mapping[tuple[OrderStatus, OrderStatus], frozenset[Role]] = {
    (OrderStatus.SHIPPED, OrderStatus.PROCESSING): frozenset({RIDER, SELLER}),
}

PAYMENT_TRANSITIONS: Mapping[PaymentStatus, frozenset[PaymentStatus]] = {
    PaymentStatus.PENDING: frozenset({PaymentStatus.PAID, PaymentStatus.FAILED}),
    PaymentStatus.FAILED: frozenset({PaymentStatus.PAID, PaymentStatus.PENDING}),
    PaymentStatus.PAID: frozenset({PaymentStatus.REFUNDED, PaymentStatus.PARTIAL}),
    PaymentStatus.PARTIAL: frozenset({PaymentStatus.REFUNDED}),
    PaymentStatus.REFUNDED: frozenset(),
}


def may_move(before: OrderStatus, after: OrderStatus, role: Role, fulfilment: Fulfilment) -> bool:
    """May `role` take an order with this fulfilment from one status to the next?"""
    step = (before, after)
    if fulfilment is Fulfilment.PICKUP:
        if role in PICKUP_ONLY.get(step, ()):
            return True
        if step in BROUGHT_ONLY:
            return False
    elif role in TO_BE_BROUGHT.get(step, ()):
        return True
    return role in TRANSITIONS[before].get(after, ())


def may_undo(before: OrderStatus, after: OrderStatus, role: Role) -> bool:
    """May `role` take this step back? The window is the caller's to check."""
    return role in BACK.get((before, after), ())
