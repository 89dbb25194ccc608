"""SETPAYOUT: the number to which the shop's money is paid out. Whoever takes a phone over changes this
first, so the owner sees whose number it is, sends a code back, and then payouts rest for a day."""

from flows.codes import code_in
from flows.heard import Choice, Heard
from flows.machine import on
from flows.message import Message, verbatim
from flows.payout_number import NO, YES, about
from flows.place import Step
from flows.ports.payout_number import Naming, PayoutNumber, ProposedNumber
from flows.ports.refusals import BadCode, CodeOver, NoCodeWanted, Refusal, SeveralRails
from flows.rails import rail_name, rails_meant
from flows.reply import Option, Reply
from flows.seller.addressee import e164, is_number
from flows.seller.coded import ask_code, slipped
from flows.seller.refused import refused
from flows.seller.role import payout_number, run, seller, tell
from flows.spoken import command_option
from flows.takings import AGAIN, LEAVE
from flows.visit import Visit
from intents.command import Command, Word
from intents.commands.people import read_own_number
from intents.intent import Intent
from intents.understanding import Asked, Understanding

LOOK = Option("look-again", Message("option-look-again"))


@seller.anywhere(Word.SETPAYOUT)
def set_payout(visit: Visit, command: Command) -> Step:
    """ "SETPAYOUT 0772123456", "SETPAYOUT MTN 0772123456"; alone: where the money goes
    now, or what is still asked about another number."""
    if not command.rest:
        return _now(visit)
    said = read_own_number(command.rest)
    if said is None:
        return tell(visit, Message("how-to-payout-number"))
    phone = e164(said.phone, visit.ports.shop.country)
    if not is_number(phone):
        return tell(visit, Message("team-bad-phone", phone=verbatim(said.phone)))
    proposed = payout_number(visit).propose(phone, _rail(said.beside))
    if isinstance(proposed, SeveralRails):
        return _which(visit, proposed)
    return refused(visit, proposed) if isinstance(proposed, Refusal) else visit.go("payout-number")


def _now(visit: Visit) -> Step:
    there = payout_number(visit).current()
    if isinstance(there, Refusal):
        return refused(visit, there)
    if payout_number(visit).proposed() is not None:
        return visit.go("payout-number")
    return tell(visit, *_told(there), Message("how-to-payout-number"))


def _told(there: PayoutNumber) -> tuple[Message, ...]:
    if there.rail is None:
        where = Message("payout-number-own", phone=there.phone)
    else:
        where = Message("payout-number-is", phone=there.phone, rail=rail_name(there.rail))
    if there.held_until is None:
        return (where,)
    return where, Message("payout-number-held", until=there.held_until)


def _rail(beside: str) -> str | None:
    """The rail that is named beside the number; one that is not the shop's reaches nobody."""
    meant = rails_meant(beside, ())
    return meant[0] if meant else beside or None


def _which(visit: Visit, several: SeveralRails) -> Step:
    options = tuple(
        command_option(Command(Word.SETPAYOUT, rest=f"{rail} {several.phone}"), rail_name(rail))
        for rail in several.rails
    )
    return tell(visit, Message("refused-several-rails", phone=several.phone), options=options)


@seller.state("payout-number")
class NumberProposed:
    """Whose number it is, once the rail has said so, and whether it is the right one."""

    def show(self, visit: Visit) -> Reply:
        proposed = payout_number(visit).proposed()
        if proposed is None:
            return visit.say(Message("payout-number-none"), options=(LEAVE,))
        if proposed.naming is Naming.ASKED:
            return visit.say(about(proposed), options=(LOOK, LEAVE))
        options = (_option(YES, "trade-yes", proposed), _option(NO, "trade-no", proposed))
        return visit.say(about(proposed), options=options, asks=Asked.YES_NO)

    @on(LOOK.id)
    def look(self, visit: Visit, _: Choice) -> Step:
        return visit.stay()

    @on(Intent.AFFIRM)
    def right(self, visit: Visit, _: Heard) -> Step:
        proposed = payout_number(visit).proposed()
        if proposed is None or proposed.naming is Naming.ASKED:
            return visit.stay()
        return _agreed(visit, proposed.id)

    @on(LEAVE.id, Intent.DENY)
    def leave(self, visit: Visit, _: Heard) -> Step:
        return _left(visit)

    @on(Word.NO)
    def no(self, visit: Visit, command: Command) -> Step:
        """Bare, it answers the question; with a number it is about an order."""
        return _left(visit) if command.number is None else run(visit, command)


def _option(name: str, key: str, proposed: ProposedNumber) -> Option:
    return Option(f"{name}:{proposed.id}", Message(key))


@seller.anywhere(YES)
def is_theirs(visit: Visit, choice: Choice) -> Step:
    """Also to the SMS that said whose number it is."""
    return _agreed(visit, choice.argument)


@seller.anywhere(NO)
def is_not_theirs(visit: Visit, _: Choice) -> Step:
    return _left(visit)


def _agreed(visit: Visit, proposed: str) -> Step:
    sent = payout_number(visit).agree(proposed)
    if isinstance(sent, CodeOver):
        return tell(visit, Message("payout-number-none"))
    return refused(visit, sent) if isinstance(sent, Refusal) else visit.go("payout-number-code")


def _left(visit: Visit) -> Step:
    payout_number(visit).drop()
    return tell(visit, Message("desk-nothing-done"))


@seller.state("payout-number-code")
class NumberCodeWanted:
    """Waits for the code."""

    def show(self, visit: Visit) -> Reply:
        return ask_code(visit, payout_number(visit).waiting())

    @on(Asked.CODE)
    def typed(self, visit: Visit, heard: Understanding) -> Step:
        return confirm_number(visit, code_in(heard.text) or "")

    @on(AGAIN.id)
    def again(self, visit: Visit, _: Choice) -> Step:
        proposed = payout_number(visit).proposed()
        return _agreed(visit, proposed.id if proposed else "")

    @on(LEAVE.id, Intent.DENY)
    def leave(self, visit: Visit, _: Heard) -> Step:
        return _left(visit)


def number_waits(visit: Visit) -> bool:
    """Does a change of the number wait for its code?"""
    port = visit.ports.payout_number
    return port is not None and port.waiting() is not None


def confirm_number(visit: Visit, code: str) -> Step:
    """Change what waited for the code; a slip may be written again."""
    port = visit.ports.payout_number
    done = port.confirm(code) if port is not None else NoCodeWanted()
    if isinstance(done, BadCode):
        return slipped(visit, done)
    if isinstance(done, Refusal):
        return refused(visit, done)
    until = done.held_until or visit.ports.now
    return tell(visit, Message("done-payout-number", phone=done.phone, until=until))
