"""Where is my order?"""

from collections.abc import Callable, Mapping, Sequence

from flows.customer.collecting import CASH
from flows.customer.machine import customer
from flows.customer.options import BROWSE, HUMAN
from flows.customer.payment_standing import kept_until, payable, receipt_option, ways_to_pay
from flows.explain import STATUS_WORDS, explain
from flows.heard import Choice
from flows.machine import on
from flows.message import Message
from flows.place import Step
from flows.ports.delivery import Fulfilment
from flows.ports.orders import DeliveryStatus, Order, OrderStatus, PaymentStatus
from flows.ports.refusals import UnknownOrder
from flows.reply import Option, Reply
from flows.visit import Visit
from intents.intent import Intent
from intents.understanding import Asked, Understanding

# Sentences that say where an order is and what comes next, for what is brought and for what is
# collected.
BROUGHT: Mapping[OrderStatus, Callable[[int], Message]] = {
    OrderStatus.PENDING: lambda number: Message("track-pending", number=number),
    OrderStatus.CONFIRMED: lambda number: Message("track-confirmed", number=number),
    OrderStatus.PROCESSING: lambda number: Message("track-processing", number=number),
    OrderStatus.SHIPPED: lambda number: Message("track-shipped", number=number),
    OrderStatus.DELIVERED: lambda number: Message("track-delivered", number=number),
    OrderStatus.CANCELLED: lambda number: Message("track-cancelled", number=number),
    OrderStatus.RETURNED: lambda number: Message("track-returned", number=number),
}
COLLECTED: Mapping[OrderStatus, Callable[[int], Message]] = {
    **BROUGHT,
    OrderStatus.CONFIRMED: lambda number: Message("track-confirmed-pickup", number=number),
    OrderStatus.PROCESSING: lambda number: Message("track-ready-pickup", number=number),
    OrderStatus.DELIVERED: lambda number: Message("track-collected", number=number),
}

# Until here the customer may still change the address, or cancel.
BEFORE_PICK_UP = (OrderStatus.PENDING, OrderStatus.CONFIRMED, OrderStatus.PROCESSING)
CANCELLABLE = (OrderStatus.PENDING, OrderStatus.CONFIRMED)


@customer.state("order")
class TrackedOrder:
    """One order: where it is, who brings it, the code, and what can still be done."""

    def show(self, visit: Visit) -> Reply:
        order = visit.ports.orders.find(visit.number("number"))
        if order is None:
            unknown = explain(UnknownOrder(visit.number("number")))
            return visit.say(unknown, options=(BROWSE, HUMAN))
        return visit.say(*_where(order), options=_can_do(visit, order))


@customer.state("orders")
class SeveralOrders:
    """Which of several open orders."""

    def show(self, visit: Visit) -> Reply:
        options = [
            Option(f"track:{order.number}", Message("order-numbered", number=order.number),
                   STATUS_WORDS[order.status])
            for order in under_way(visit)
        ]  # fmt: skip
        if not options:
            return visit.say(Message("no-orders"), options=(BROWSE,))
        return visit.say(Message("orders-ask"), options=options, asks=Asked.ORDER)

    @on(Asked.ORDER)
    def numbered(self, visit: Visit, heard: Understanding) -> Step:
        return _open(visit, heard.order or 0)


def under_way(visit: Visit) -> list[Order]:
    """The customer's orders on which something can still happen, newest first."""
    return [order for order in visit.ports.orders.mine() if not order.closed]


def _where(order: Order) -> Sequence[Message]:
    told = [_status(order), *kept_until(order)]
    if order.closed:
        refunded = order.payment_status is PaymentStatus.REFUNDED
        return [*told, Message("track-refunded")] if refunded else told
    if order.delivery is DeliveryStatus.FAILED:
        told.append(Message("track-delivery-failed"))
    if order.rider is not None:
        told.append(Message("track-rider", name=order.rider.name, phone=order.rider.phone))
    if order.eta and order.status is not OrderStatus.PENDING and not _can_be_fetched(order):
        told.append(Message("track-eta", eta=order.eta))
    if order.fulfilment is Fulfilment.PICKUP:
        told.append(Message("track-code-pickup", code=order.code))
    else:
        told.append(Message("track-code", code=order.code))
    return told


def _can_be_fetched(order: Order) -> bool:
    return order.fulfilment is Fulfilment.PICKUP and order.status is OrderStatus.PROCESSING


def _status(order: Order) -> Message:
    if order.status is OrderStatus.PENDING and payable(order):
        return Message("track-unpaid", number=order.number, amount=order.total)
    if order.status is OrderStatus.PENDING and order.rail == CASH:
        return Message("track-pending-cash", number=order.number, amount=order.total)
    sentences = COLLECTED if order.fulfilment is Fulfilment.PICKUP else BROUGHT
    return sentences[order.status](order.number)


def _can_do(visit: Visit, order: Order) -> Sequence[Option]:
    paid = order.payment_status is PaymentStatus.PAID and visit.ports.records is not None
    receipt = (receipt_option(order.number),) if paid else ()
    if order.closed:
        again = Option(f"reorder:{order.number}", Message("option-reorder"))
        return (again, *receipt, HUMAN, BROWSE)
    options: list[Option] = list(receipt)
    if payable(order):
        options.extend(ways_to_pay(visit, order)[:1])
        options.append(Option(f"paid:{order.number}", Message("option-paid")))
    if order.fulfilment is not Fulfilment.PICKUP and order.status in BEFORE_PICK_UP:
        options.append(Option(f"address:{order.number}", Message("option-address")))
    if order.status in CANCELLABLE:
        options.append(Option(f"cancel:{order.number}", Message("option-cancel-order")))
    return (*options, HUMAN)


@customer.anywhere("track", Intent.TRACK_ORDER)
def track(visit: Visit, heard: Choice | Understanding) -> Step:
    """The order that was named; the open one; a choice of several; else the last one."""
    named = heard.number if isinstance(heard, Choice) else heard.order
    if named is not None:
        bare = isinstance(heard, Understanding) and heard.text.strip().isdecimal()
        return _open(visit, named, bare=bare)
    mine = visit.ports.orders.mine()
    still_open = [order for order in mine if not order.closed]
    if not mine:
        return visit.stay(Message("no-orders"))
    if len(still_open) > 1:
        return visit.go("orders")
    return visit.go("order", number=(still_open or list(mine))[0].number)


def _open(visit: Visit, number: int, *, bare: bool = False) -> Step:
    """`bare`: nothing but digits was written, which may be a wallet's PIN: it is not said back."""
    if visit.ports.orders.find(number) is None:
        return visit.stay(Message("no-such-number") if bare else explain(UnknownOrder(number)))
    return visit.go("order", number=number)
