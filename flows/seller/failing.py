"""FAIL and BACK of sellers: what could not be delivered, and what a rider has brought back."""

from flows.message import Message
from flows.notices.nobody_brings import choices
from flows.place import Step
from flows.ports.delivery import Fulfilment
from flows.ports.orders import DeliveryStatus, Order
from flows.ports.refusals import Refusal
from flows.seller.asking import confirm
from flows.seller.refused import refused
from flows.seller.role import seller, tell, trade
from flows.seller.which import which
from flows.visit import Visit
from intents.command import Command, Word


def on_the_way(order: Order) -> bool:
    return order.delivery is DeliveryStatus.PICKED_UP


def to_come_back(order: Order) -> bool:
    return order.delivery is DeliveryStatus.FAILED and order.fulfilment is not Fulfilment.PICKUP


@seller.anywhere(Word.FAIL)
def fail(visit: Visit, command: Command) -> Step:
    """The customer hears of it, so a misspelt word is asked about. A reason is welcome, never needed."""
    found = which(visit, command, on_the_way)
    if isinstance(found, Step):
        return found
    if not found.exact:
        return confirm(visit, found)
    done = trade(visit).failed(found.number or 0, found.rest)
    if isinstance(done, Refusal):
        return refused(visit, done)
    return tell(visit, Message("done-failed", number=done.number), options=choices(done))


@seller.anywhere(Word.BACK)
def back(visit: Visit, command: Command) -> Step:
    found = which(visit, command, to_come_back)
    if isinstance(found, Step):
        return found
    done = trade(visit).back(found.number or 0)
    if isinstance(done, Refusal):
        return refused(visit, done)
    undecided = done.delivery is DeliveryStatus.FAILED and not done.closed
    options = choices(done) if undecided else ()
    return tell(visit, Message("done-back", number=done.number), options=options)
