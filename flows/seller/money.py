"""BALANCE, PAYOUT and the code that lets it go: the seller's own money."""

from decimal import Decimal

from flows.codes import code_in
from flows.heard import Choice, Heard
from flows.machine import on
from flows.message import Message
from flows.place import Step
from flows.ports.refusals import BadAmount, BadCode, NoCodeWanted, Refusal
from flows.ports.till import TillBalance
from flows.reply import Reply
from flows.seller.asking import confirm
from flows.seller.coded import slipped
from flows.seller.payout_number import confirm_number, number_waits
from flows.seller.refused import refused
from flows.seller.role import seller, tell, till
from flows.seller.team import change_waits, confirm_change
from flows.takings import AGAIN, DIGITS, LEAVE, begun, code_sent, wanted
from flows.visit import Visit
from intents.command import Command, Word
from intents.intent import Intent
from intents.understanding import Asked, Understanding


@seller.anywhere(Word.BALANCE)
def balance(visit: Visit, _: Heard) -> Step:
    return tell(visit, Message("till-balance", lines=_lines(till(visit).balance())))


def _lines(there: TillBalance) -> tuple[Message, ...]:
    """What can be taken out is always said, the rest where there is any."""
    others = (
        ("till-pending", there.pending),
        ("till-under-way", there.under_way),
        ("till-with-riders", there.with_riders),
        ("till-owed", there.owed),
    )
    return (
        Message("till-available", amount=there.available),
        *(Message(key, amount=amount) for key, amount in others if amount),
    )


@seller.anywhere(Word.PAYOUT)
def payout(visit: Visit, command: Command) -> Step:
    """Nothing leaves before the code is back."""
    if not command.exact:
        return confirm(visit, command)
    amount = wanted(command)
    if isinstance(amount, BadAmount):
        return refused(visit, amount)
    return _ask(visit, amount)


def _ask(visit: Visit, amount: Decimal | None) -> Step:
    sent = till(visit).payout(amount)
    if isinstance(sent, Refusal):
        return refused(visit, sent)
    return visit.go("payout-code", amount="" if amount is None else str(amount))


@seller.state("payout-code")
class PayoutCode:
    """Waits for the code; `amount` is what was asked for, "" for all."""

    def show(self, visit: Visit) -> Reply:
        waiting = till(visit).waiting()
        if waiting is None:
            return visit.say(Message("code-none-waits"), options=(AGAIN, LEAVE))
        return visit.say(code_sent(waiting), options=(AGAIN, LEAVE), asks=Asked.CODE)

    @on(Asked.CODE)
    def typed(self, visit: Visit, heard: Understanding) -> Step:
        return confirm_code(visit, code_in(heard.text) or "")

    @on("new-code")
    def again(self, visit: Visit, _: Choice) -> Step:
        amount = visit.text("amount")
        sent = till(visit).payout(Decimal(amount) if amount else None)
        return refused(visit, sent) if isinstance(sent, Refusal) else visit.stay()

    @on("leave", Intent.DENY)
    def leave(self, visit: Visit, _: Heard) -> Step:
        return tell(visit, Message("desk-nothing-done"))


@seller.anywhere(Word.CODE)
def code_named(visit: Visit, command: Command) -> Step:
    return confirm_code(visit, command.rest)


@seller.first
def code_alone(visit: Visit, heard: Understanding) -> Step | None:
    """Six digits alone are the code, also after a look elsewhere."""
    code = code_in(heard.text)
    if code is None or len(code) != DIGITS:
        return None
    if till(visit).waiting() is None and not (number_waits(visit) or change_waits(visit)):
        return None
    return confirm_code(visit, code)


def confirm_code(visit: Visit, code: str) -> Step:
    """Let the money go, or whatever else waits for a code; a slip may be written again."""
    done = till(visit).confirm(code)
    if isinstance(done, NoCodeWanted) and number_waits(visit):
        return confirm_number(visit, code)
    if isinstance(done, NoCodeWanted) and visit.ports.team is not None:
        return confirm_change(visit, code)
    if isinstance(done, BadCode):
        return slipped(visit, done)
    if isinstance(done, Refusal):
        return refused(visit, done)
    return tell(visit, begun(done))
