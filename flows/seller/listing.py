"""ORDERS: what is open, and each order with what can be done about it."""

from flows.heard import Choice, Heard
from flows.message import Message, verbatim
from flows.notices.wording import payment, phone, place
from flows.place import Step
from flows.ports.delivery import Fulfilment
from flows.ports.orders import Order
from flows.reply import Option
from flows.seller.role import number_of, seller, supply, tell, trade
from flows.seller.standing import (
    SUPPLY_STANDINGS,
    awaits_ok,
    refusable,
    standing,
    to_hand_over,
    to_lessen,
    to_pack,
    to_send,
)
from flows.spoken import command_option
from flows.visit import Visit
from intents.command import Command, Word
from intents.understanding import Asked, Understanding

# The oldest come first; more than this nobody reads by SMS.
MOST_LISTED = 20

REFUSE = "refuse"
CHOSEN = "open-order"


def order_options(visit: Visit) -> tuple[Option, ...]:
    """Every open order as something to choose."""
    return tuple(
        Option(
            f"{CHOSEN}:{order.number}",
            Message(
                "desk-order-line", number=order.number, total=order.total, standing=standing(order)
            ),
        )
        for order in trade(visit).waiting()[:MOST_LISTED]
    )


@seller.anywhere(Word.ORDERS)
def orders(visit: Visit, _: Heard) -> Step:
    """Every open order, oldest first, and how many of other shops wait."""
    count, others = len(trade(visit).waiting()), len(supply(visit).waiting())
    more = (Message("desk-supply-waits", count=others),) if others else ()
    if not count:
        return tell(visit, Message("desk-orders-none"), *more)
    opened = Message("desk-orders-open", count=count)
    return tell(visit, *more, opened, options=order_options(visit))


@seller.anywhere(CHOSEN)
def chosen_order(visit: Visit, choice: Choice) -> Step:
    return show_order(visit, number_of(choice))


@seller.anywhere(Asked.ORDER)
def named_order(visit: Visit, heard: Understanding) -> Step:
    """A number alone, or a question about one."""
    return show_order(visit, heard.order or 0)


def show_order(visit: Visit, number: int) -> Step:
    """Everything the seller needs to pack and send it."""
    order = trade(visit).find(number)
    if order is None:
        message = Message("seller-unknown-order", number=number)
        return tell(visit, message, options=order_options(visit))
    facts = Message(
        "desk-order",
        number=order.number,
        standing=standing(order),
        lines=tuple(
            Message("desk-order-item", name=line.name, quantity=line.quantity)
            for line in order.lines
        ),
        total=order.total,
        payment=payment(order),
        place=_where(order),
        customer=_who(order),
    )
    return tell(visit, facts, *_supplied(visit, order), *_besides(order), options=_acts(order))


def _where(order: Order) -> Message:
    if order.fulfilment is not Fulfilment.PICKUP and order.area and order.landmark:
        return Message("place-with-landmark", area=place(order), landmark=order.landmark)
    return place(order)


def _who(order: Order) -> Message:
    name = order.customer_name if order.customer_phone else None
    return verbatim(" ".join(filter(None, (name, phone(order)))))


def _supplied(visit: Visit, order: Order) -> tuple[Message, ...]:
    """How far the suppliers are whose goods are in it."""
    return tuple(
        Message("desk-order-supply", supplier=each.supplier, standing=SUPPLY_STANDINGS[each.status])
        for each in supply(visit).of_order(order.number)
    )


def _besides(order: Order) -> tuple[Message, ...]:
    told = []
    if order.rider is not None:
        told.append(Message("desk-order-rider", rider=order.rider.name, phone=order.rider.phone))
    if to_hand_over(order):
        told.append(Message("desk-order-code", number=order.number))
    return tuple(told)


def _acts(order: Order) -> tuple[Option, ...]:
    """What can be done now. Refusing is asked again, since a slip of the thumb would cancel."""
    number = order.number
    steps = (
        (Word.OK, awaits_ok, "act-ok"),
        (Word.READY, to_pack, "act-ready"),
        (Word.PICKED, to_send, "act-picked"),
    )
    acts = tuple(
        command_option(Command(word, number), Message(key))
        for word, possible, key in steps
        if possible(order)
    )
    if refusable(order):
        acts += (Option(f"{REFUSE}:{number}", Message("act-refuse")),)
    if to_lessen(order) and len(order.lines) > 1:
        acts += (command_option(Command(Word.WITHOUT, number), Message("act-without")),)
    return acts
