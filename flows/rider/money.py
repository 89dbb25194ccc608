"""BALANCE, PAYOUT and its code: what a rider has earned, and the cash that is the shop's."""

from decimal import Decimal

from flows.codes import code_in
from flows.explain import explain
from flows.heard import Choice, Heard
from flows.machine import on
from flows.message import Message
from flows.place import Step
from flows.ports.refusals import BadAmount, BadCode, Refusal
from flows.reply import Reply
from flows.rider.role import purse, refused, rider, tell
from flows.takings import AGAIN, DIGITS, LEAVE, begun, code_sent, wanted
from flows.visit import Visit
from intents.command import Command, Word
from intents.intent import Intent
from intents.understanding import Asked, Understanding


@rider.anywhere(Word.BALANCE)
def balance(visit: Visit, _: Heard) -> Step:
    there = purse(visit).balance()
    lines = [Message("purse-earned", amount=there.earned)]
    if there.under_way:
        lines.append(Message("till-under-way", amount=there.under_way))
    if there.holds:
        lines.append(Message("purse-holds", amount=there.holds, shop=visit.ports.shop.name))
    return tell(visit, Message("till-balance", lines=tuple(lines)))


@rider.anywhere(Word.PAYOUT)
def payout(visit: Visit, command: Command) -> Step:
    """Nothing leaves before the code is back, so a near miss does no harm."""
    amount = wanted(command)
    if isinstance(amount, BadAmount):
        return refused(visit, amount)
    sent = purse(visit).payout(amount)
    if isinstance(sent, Refusal):
        return refused(visit, sent)
    return visit.go("payout-code", amount="" if amount is None else str(amount))


@rider.state("payout-code")
class PayoutCode:
    """Waits for the code; `amount` is what was asked for, "" for all."""

    def show(self, visit: Visit) -> Reply:
        waiting = purse(visit).waiting()
        if waiting is None:
            return visit.say(Message("code-none-waits"), options=(AGAIN, LEAVE))
        return visit.say(code_sent(waiting), options=(AGAIN, LEAVE), asks=Asked.CODE)

    @on(Asked.CODE)
    def typed(self, visit: Visit, heard: Understanding) -> Step:
        return _confirm(visit, code_in(heard.text) or "")

    @on("new-code")
    def again(self, visit: Visit, _: Choice) -> Step:
        amount = visit.text("amount")
        sent = purse(visit).payout(Decimal(amount) if amount else None)
        return refused(visit, sent) if isinstance(sent, Refusal) else visit.stay()

    @on("leave", Intent.DENY)
    def leave(self, visit: Visit, _: Heard) -> Step:
        return tell(visit, Message("rider-nothing-done"))


@rider.first
def code_alone(visit: Visit, heard: Understanding) -> Step | None:
    """Six digits, perhaps after "code", are the payout's: a delivery's code has four."""
    code = code_in(heard.text)
    if code is None or len(code) != DIGITS or purse(visit).waiting() is None:
        return None
    return _confirm(visit, code)


def _confirm(visit: Visit, code: str) -> Step:
    done = purse(visit).confirm(code)
    if isinstance(done, BadCode):
        return visit.answer(visit.say(explain(done), options=(AGAIN, LEAVE), asks=Asked.CODE))
    if isinstance(done, Refusal):
        return refused(visit, done)
    return tell(visit, begun(done))
