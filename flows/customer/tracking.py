"""Where is my order?"""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime

from flows.customer.arrival import arrival
from flows.customer.collecting import CASH
from flows.customer.machine import customer
from flows.customer.options import BROWSE, HUMAN, USSD
from flows.customer.payment_standing import kept_until, payable, receipt_option, ways_to_pay
from flows.customer.savings import fee_of, off_goods, taxed
from flows.explain import STATUS_WORDS, explain
from flows.heard import Choice
from flows.machine import on
from flows.message import Clock, Message
from flows.notices.nobody_brings import instead
from flows.notices.wording import slot_words
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
        made_of = _made_of(order) if visit.ports.medium != USSD else ()
        where = _where(order, visit.ports.now)
        return visit.say(*where, *made_of, options=_can_do(visit, order))


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


def _where(order: Order, now: datetime) -> Sequence[Message]:
    """Where it is, who has it, how long it takes, and the code that closes it."""
    carried = _carried(order)
    told = [carried or _status(order), *kept_until(order)]
    if order.closed:
        refunded = order.payment_status is PaymentStatus.REFUNDED
        return [*told, Message("track-refunded")] if refunded else told
    told.extend(_cash_ready(order))
    if order.rider is not None and carried is None:
        told.append(Message("track-rider", name=order.rider.name, phone=order.rider.phone))
    if order.slot is not None and carried is None:
        told.append(Message("track-slot", slot=slot_words(order.slot)))
    else:
        told.extend(_time(order, now, carried=carried is not None))
    if order.fulfilment is Fulfilment.PICKUP:
        told.append(Message("track-code-pickup", code=order.code))
    else:
        told.append(Message("track-code", code=order.code))
    return told


def _cash_ready(order: Order) -> Sequence[Message]:
    """Of a paid order something may be due at the door, since it goes farther."""
    return (Message("have-cash-ready", total=order.due_at_door),) if order.due_at_door else ()


def _made_of(order: Order) -> Sequence[Message]:
    """Until it is taken on it says what it costs, and so why."""
    if order.status is not OrderStatus.PENDING:
        return ()
    fee = fee_of(order.delivery_fee, order.savings)
    brought = (Message("saving-delivery", fee=fee),) if isinstance(fee, Message) else ()
    return (*off_goods(order.savings), *brought, *taxed(order.tax))


def _carried(order: Order) -> Message | None:
    """Who has it since when; None while it is at the shop."""
    if order.delivery is not DeliveryStatus.PICKED_UP or order.delivery_since is None:
        return None
    number, since, area = order.number, Clock(order.delivery_since), order.area or "-"
    if order.rider is None:
        return Message("track-left", number=number, since=since, area=area)
    name, phone = order.rider.name, order.rider.phone
    return Message("track-carried", number=number, name=name, phone=phone, since=since, area=area)


def _time(order: Order, now: datetime, *, carried: bool) -> Sequence[Message]:
    """What is left on the way, else how long it usually takes."""
    if not order.eta or order.status is OrderStatus.PENDING or _can_be_fetched(order):
        return ()
    left = arrival(order.created_at, order.eta, now) if carried else None
    unknown = order.delivery is DeliveryStatus.FAILED or order.nobody_brings
    return () if unknown else (left or Message("track-eta", eta=order.eta),)


def _can_be_fetched(order: Order) -> bool:
    return order.fulfilment is Fulfilment.PICKUP and order.status is OrderStatus.PROCESSING


def _status(order: Order) -> Message:
    if order.delivery is DeliveryStatus.FAILED and not order.closed:
        return Message("track-delivery-failed", number=order.number)
    if order.nobody_brings:
        return Message("notice-no-rider", number=order.number)
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
        return (again, *receipt, *_back(visit, order), HUMAN, BROWSE)
    options: list[Option] = list(receipt)
    if payable(order):
        options.extend(ways_to_pay(visit, order)[:1])
        options.append(Option(f"paid:{order.number}", Message("option-paid")))
    if order.delivery is DeliveryStatus.FAILED:
        options.append(Option(f"again:{order.number}", Message("option-try-again")))
    if address_open(order):
        options.append(Option(f"address:{order.number}", Message("option-address")))
    if order.nobody_brings:
        options.extend(instead(order, fetched=_has_pickup(visit)))
    elif order.status in CANCELLABLE:
        options.append(Option(f"cancel:{order.number}", Message("option-cancel-order")))
    return (*options, HUMAN)


def _has_pickup(visit: Visit) -> bool:
    ways = visit.ports.delivery.options()
    return any(way.kind is Fulfilment.PICKUP for way in ways)


def _back(visit: Visit, order: Order) -> Sequence[Option]:
    """Giving goods back, while they may."""
    returns = visit.ports.returns
    if returns is None or not returns.possible(order):
        return ()
    return (Option(f"return:{order.number}", Message("option-return")),)


def address_open(order: Order) -> bool:
    """It may still be sent elsewhere: nobody is on the way with it."""
    if order.fulfilment is Fulfilment.PICKUP or order.closed:
        return False
    return order.status in BEFORE_PICK_UP or order.delivery is DeliveryStatus.FAILED


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
