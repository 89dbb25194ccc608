"""CASH: what riders hold for the shop, and that one of them has handed it over."""

import re
from collections.abc import Sequence
from decimal import Decimal

from rapidfuzz.distance import OSA

from flows.figures import read_shelving
from flows.message import Message
from flows.place import Step
from flows.ports.refusals import Refusal
from flows.ports.till import CashHeld
from flows.reply import Option
from flows.seller.asking import confirm
from flows.seller.refused import refused
from flows.seller.role import seller, tell, till
from flows.spoken import command_option
from flows.visit import Visit
from intents.command import Command, Word
from intents.folding import fold

# So many of a phone's last digits tell it from others, however it is written.
LAST_DIGITS = 9
_PHONE = re.compile(r"\+?[\d -]{9,}")


@seller.anywhere(Word.CASH)
def cash(visit: Visit, command: Command) -> Step:
    """Without a name: who holds how much."""
    held = till(visit).cash()
    who, amount = _said(command)
    if not who:
        return _listed(visit, held)
    found, sure = _riders(who, held)
    if not found:
        return tell(visit, Message("cash-unknown-rider", who=who), *_lines(held))
    if len(found) > 1:
        options = tuple(_option(each, amount) for each in found)
        return tell(visit, Message("cash-which-rider", who=who), options=options)
    (rider,) = found
    if not (sure and command.exact):
        return confirm(visit, _command(rider, amount))
    left = till(visit).handed_over(rider.rider, amount)
    if isinstance(left, Refusal):
        return refused(visit, left)
    got = rider.amount - left.amount
    return tell(visit, Message("cash-received", name=rider.name, amount=got, left=left.amount))


def _said(command: Command) -> tuple[str, Decimal | None]:
    """Who, and how much. Digits that are still a phone's are no amount."""
    head, _, _ = command.rest.rpartition(" ")
    if _PHONE.fullmatch(command.rest) and len(_digits(head)) < LAST_DIGITS:
        return command.rest, None
    said = read_shelving(command)
    return said.goods, said.figure


def _riders(who: str, held: Sequence[CashHeld]) -> tuple[Sequence[CashHeld], bool]:
    """Whom these words mean, and whether they are written as the name or the phone is."""
    digits = _digits(who)
    if len(digits) >= LAST_DIGITS:
        end = digits[-LAST_DIGITS:]
        return [each for each in held if each.phone.endswith(end)], True
    words = fold(who).split()
    exact = [each for each in held if set(words) <= set(fold(each.name).split())]
    if exact:
        return exact, True
    return [each for each in held if _near(words, fold(each.name).split())], False


def _digits(text: str) -> str:
    return re.sub(r"\D", "", text)


def _near(words: Sequence[str], name: Sequence[str]) -> bool:
    """Every word is one of the name's with a slip."""
    return all(any(OSA.distance(word, part) <= 1 for part in name) for word in words)


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
