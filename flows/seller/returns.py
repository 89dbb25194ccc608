"""Goods that a customer gives back: RETURN takes them, REPAIR sends others, RETURNED says they are here."""

from collections.abc import Callable
from dataclasses import replace

from flows.heard import Choice
from flows.message import Message
from flows.notices.returns import goods
from flows.place import Step
from flows.ports.orders import Order
from flows.ports.refusals import Refusal
from flows.ports.returns import Return
from flows.reply import Option
from flows.seller.refused import refused
from flows.seller.role import number_of, returns_desk, seller, tell
from flows.spoken import command_option
from flows.visit import Visit
from intents.command import Command, Word

GOOD, DAMAGED = "back-good", "back-damaged"


@seller.anywhere(Word.RETURN)
def accept(visit: Visit, command: Command) -> Step:
    return _answer(visit, command, _accept)


@seller.anywhere(Word.REPAIR)
def repair(visit: Visit, command: Command) -> Step:
    return _answer(visit, command, _repair)


@seller.anywhere(Word.RETURNED)
def came_back(visit: Visit, command: Command) -> Step:
    return _answer(visit, command, _ask_how)


@seller.anywhere(GOOD, DAMAGED)
def book(visit: Visit, choice: Choice) -> Step:
    number, damaged = number_of(choice), choice.name == DAMAGED
    done = returns_desk(visit).booked(number, damaged=damaged)
    if isinstance(done, Refusal):
        return refused(visit, done)
    if not done.refund:
        return tell(visit, Message("done-returned", number=number))
    if done.in_hand:
        return tell(visit, Message("done-returned-cash", number=number, refund=done.refund))
    return tell(visit, Message("done-returned-refund", number=number, refund=done.refund))


def refuse(visit: Visit, number: int, reason: str) -> Step:
    """NO to goods that somebody would give back."""
    done = returns_desk(visit).refuse(number, reason)
    if isinstance(done, Refusal):
        return refused(visit, done)
    return tell(visit, Message("done-no-return", number=number))


def _accept(visit: Visit, number: int) -> Step:
    done = returns_desk(visit).accept(number)
    if isinstance(done, Refusal):
        return refused(visit, done)
    return tell(visit, Message("done-return", number=number, items=goods(done)))


def _repair(visit: Visit, number: int) -> Step:
    done = returns_desk(visit).repair(number)
    if isinstance(done, Refusal):
        return refused(visit, done)
    return tell(visit, Message("done-repair", number=number, successor=done.number))


def _ask_how(visit: Visit, number: int) -> Step:
    """Money goes back by the answer, which no slip of the thumb gives."""
    options = (
        Option(f"{GOOD}:{number}", Message("choice-back-good")),
        Option(f"{DAMAGED}:{number}", Message("choice-back-damaged")),
    )
    return tell(visit, Message("desk-returned-how", number=number), options=options)


def _answer(visit: Visit, command: Command, act: Callable[[Visit, int], Step]) -> Step:
    """The one that waits is meant where no number was said; among several it is asked."""
    if command.number is not None:
        return act(visit, command.number)
    waiting = returns_desk(visit).waiting()
    if len(waiting) == 1:
        return act(visit, waiting[0].order.number)
    word = str(command.word)
    if not waiting:
        return tell(visit, Message("desk-no-returns", word=word))
    options = tuple(_option(command, wish) for wish in waiting)
    return tell(visit, Message("desk-which-order", word=word), options=options)


def _option(command: Command, wish: Return) -> Option:
    order: Order = wish.order
    label = Message("desk-return-line", number=order.number, items=goods(wish))
    return command_option(replace(command, number=order.number, exact=True), label)
