"""The words that move an order: OK, NO, READY, PICKED, DELIVERED."""

from dataclasses import replace

from flows.delivery_code import read_handover
from flows.heard import Choice
from flows.message import Message
from flows.place import Step
from flows.ports.delivery import Fulfilment
from flows.ports.orders import Order, OrderStatus, PaymentStatus
from flows.ports.refusals import Refusal, WrongStep
from flows.seller import returns
from flows.seller.asking import confirm
from flows.seller.listing import REFUSE
from flows.seller.refused import refused
from flows.seller.role import number_of, seller, tell, trade
from flows.seller.standing import awaits_ok, refusable, to_hand_over, to_pack, to_send
from flows.seller.which import which
from flows.visit import Visit
from intents.command import Command, Word


@seller.anywhere(Word.OK)
def accept(visit: Visit, command: Command) -> Step:
    found = which(visit, command, awaits_ok)
    if isinstance(found, Step):
        return found
    done = trade(visit).accept(found.number or 0)
    return _after(visit, done, "done-ok")


@seller.anywhere(Word.NO)
def refuse(visit: Visit, command: Command) -> Step:
    """A bare "no" is also what people say, so it is asked about; a reason is welcome, never needed."""
    found = which(visit, command, refusable)
    if isinstance(found, Step):
        return found
    if not found.exact:
        return confirm(visit, found)
    done = trade(visit).refuse(found.number or 0, found.rest)
    if isinstance(done, WrongStep) and done.status == OrderStatus.DELIVERED:
        return returns.refuse(visit, done.number, found.rest)
    paid = isinstance(done, Order) and done.payment_status is not PaymentStatus.PENDING
    return _after(visit, done, "done-no-refund" if paid else "done-no")


@seller.anywhere(REFUSE)
def refuse_chosen(visit: Visit, choice: Choice) -> Step:
    return confirm(visit, Command(Word.NO, number_of(choice)))


@seller.anywhere(Word.READY)
def ready(visit: Visit, command: Command) -> Step:
    found = which(visit, command, to_pack)
    if isinstance(found, Step):
        return found
    done = trade(visit).ready(found.number or 0)
    if isinstance(done, Order) and done.fulfilment is Fulfilment.PICKUP:
        return _after(visit, done, "done-ready-pickup")
    if isinstance(done, Order) and done.rider is not None:
        message = Message("done-ready-rider", number=done.number, rider=done.rider.name)
        return tell(visit, message)
    return _after(visit, done, "done-ready")


@seller.anywhere(Word.PICKED)
def picked(visit: Visit, command: Command) -> Step:
    """A seller without riders sends the goods themselves."""
    found = which(visit, command, to_send)
    if isinstance(found, Step):
        return found
    return _after(visit, trade(visit).picked(found.number or 0), "done-picked")


@seller.anywhere(Word.DELIVERED)
def delivered(visit: Visit, command: Command) -> Step:
    under_way = [order.number for order in trade(visit).waiting()]
    said = read_handover(command, under_way)
    named = replace(command, number=said.number, rest=said.code)
    found = which(visit, named, to_hand_over)
    if isinstance(found, Step):
        return found
    number = found.number or 0
    if not found.rest:
        return tell(visit, Message("code-missing", number=number))
    return _after(visit, trade(visit).delivered(number, found.rest), "done-delivered")


def _after(visit: Visit, done: Order | Refusal, key: str) -> Step:
    """What was done and what comes next, or why not."""
    if isinstance(done, Refusal):
        return refused(visit, done)
    return tell(visit, Message(key, number=done.number))
