"""CASH: what riders hold for the shop, and that one of them has handed it over."""

import re
from collections.abc import Sequence
from decimal import Decimal

from flows.figures import read_shelving
from flows.message import Message
from flows.place import Step
from flows.ports.refusals import Refusal
from flows.ports.till import CashHeld
from flows.reply import Option
from flows.seller.asking import confirm
from flows.seller.counting import received
from flows.seller.refused import refused
from flows.seller.riders import LAST_DIGITS, digits, named
from flows.seller.role import seller, tell, till
from flows.spoken import command_option
from flows.visit import Visit
from intents.command import Command, Word

_PHONE = re.compile(r"\+?[\d -]{9,}")


@seller.anywhere(Word.CASH)
def cash(visit: Visit, command: Command) -> Step:
    """Without a name: who holds how much."""
    held = till(visit).cash()
    who, amount = _said(command)
    if not who:
        return _listed(visit, held)
    found, sure = named(who, held)
    if not found:
        return tell(visit, Message("cash-unknown-rider", who=who), *_lines(held))
    if len(found) > 1:
        options = tuple(_option(each, amount) for each in found)
        return tell(visit, Message("cash-which-rider", who=who), options=options)
    (rider,) = found
    if not (sure and command.exact):
        return confirm(visit, _command(rider, amount))
    done = till(visit).handed_over(rider.rider, amount)
    return refused(visit, done) if isinstance(done, Refusal) else received(visit, done)


def _said(command: Command) -> tuple[str, Decimal | None]:
    """Who, and how much. Digits that are still a phone's are no amount."""
    head, _, _ = command.rest.rpartition(" ")
    if _PHONE.fullmatch(command.rest) and len(digits(head)) < LAST_DIGITS:
        return command.rest, None
    said = read_shelving(command)
    return said.goods, said.figure


def _command(rider: CashHeld, amount: Decimal | None) -> Command:
    """The same, so that nothing is left to be guessed."""
    return Command(
        Word.CASH, rest=rider.phone if amount is None else f"{rider.phone} {amount.normalize():f}"
    )


def _option(rider: CashHeld, amount: Decimal | None) -> Option:
    line = Message("cash-line", name=rider.name, amount=rider.amount)
    return command_option(_command(rider, amount), line)


def _lines(held: Sequence[CashHeld]) -> tuple[Message, ...]:
    return tuple(Message("cash-line", name=each.name, amount=each.amount) for each in held)


def _listed(visit: Visit, held: Sequence[CashHeld]) -> Step:
    if not held:
        return tell(visit, Message("cash-none"))
    return tell(visit, Message("cash-held", lines=_lines(held)))
