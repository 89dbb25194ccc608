"""STAFF, RIDER and REMOVE: who works at the shop. Nothing changes before the owner's code is back."""

from collections.abc import Sequence

from flows.codes import code_in
from flows.heard import Choice, Heard
from flows.machine import on
from flows.message import Message, verbatim
from flows.place import Step
from flows.ports.refusals import BadCode, NoCodeWanted, NotTaking, Refusal, UnknownMember
from flows.ports.shop import Standing
from flows.ports.team import Invited, Member, Part, TeamCode
from flows.reply import Reply
from flows.seller.addressee import e164, is_number
from flows.seller.coded import ask_code, slipped
from flows.seller.refused import refused
from flows.seller.role import seller, tell
from flows.spoken import command_option
from flows.visit import Visit
from intents.command import Command, Word
from intents.commands.people import read_newcomer
from intents.folding import fold
from intents.intent import Intent
from intents.understanding import Asked, Understanding

MOST_NAMED = 6
PARTS = {Word.STAFF: Part.SELLER, Word.RIDER: Part.RIDER}
LINES = {Part.OWNER: "team-owner", Part.SELLER: "team-seller", Part.RIDER: "team-rider"}


@seller.anywhere(Word.STAFF, Word.RIDER)
def invite(visit: Visit, command: Command) -> Step:
    """ "RIDER Okello 0772123456 Ntinda"; alone: who works here."""
    if visit.ports.team is None:
        return tell(visit, Message("seller-not-understood"))
    if not command.rest:
        lines = tuple(_line(member) for member in visit.ports.team.members())
        return tell(visit, Message("team-list", lines=lines), Message("how-to-team"))
    said = read_newcomer(command.rest)
    if said is None:
        return tell(visit, Message("how-to-team"))
    phone = e164(said.phone, visit.ports.shop.country)
    if not is_number(phone):
        return tell(visit, Message("team-bad-phone", phone=verbatim(said.phone)))
    zone = said.zone if command.word is Word.RIDER else ""
    invited = Invited(said.name, phone, PARTS[command.word], zone)
    return _asked(visit, command, visit.ports.team.invite(invited))


@seller.anywhere(Word.REMOVE)
def remove(visit: Visit, command: Command) -> Step:
    """ "REMOVE Okello", or by phone; of several who could be meant one is chosen."""
    if visit.ports.team is None:
        return tell(visit, Message("seller-not-understood"))
    if not command.rest:
        return tell(visit, Message("how-to-team"))
    meant = _meant(visit, command.rest, visit.ports.team.members())
    if not meant:
        return refused(visit, UnknownMember(command.rest))
    if len(meant) > 1:
        options = tuple(
            command_option(Command(Word.REMOVE, rest=member.id), _line(member))
            for member in meant[:MOST_NAMED]
        )
        return tell(visit, Message("team-which"), options=options)
    return _asked(visit, command, visit.ports.team.remove(meant[0].id))


def _asked(visit: Visit, command: Command, sent: TeamCode | Refusal) -> Step:
    if isinstance(sent, NotTaking) and sent.standing == Standing.PENDING:
        return tell(visit, Message("team-not-verified"))
    if isinstance(sent, Refusal):
        return refused(visit, sent)
    return visit.go("team-code", word=command.word.value, rest=command.rest)


@seller.state("team-code")
class TeamCodeWanted:
    """Waits for the code; `word` and `rest` are what was asked for."""

    def show(self, visit: Visit) -> Reply:
        return ask_code(visit, visit.ports.team.waiting() if visit.ports.team else None)

    @on(Asked.CODE)
    def typed(self, visit: Visit, heard: Understanding) -> Step:
        return confirm_change(visit, code_in(heard.text) or "")

    @on("new-code")
    def again(self, visit: Visit, _: Choice) -> Step:
        command = Command(Word(visit.text("word")), rest=visit.text("rest"))
        return seller.everywhere[command.word](visit, command)

    @on("leave", Intent.DENY)
    def leave(self, visit: Visit, _: Heard) -> Step:
        return tell(visit, Message("desk-nothing-done"))


def confirm_change(visit: Visit, code: str) -> Step:
    """Do what waited for the code; a slip may be written again."""
    done = visit.ports.team.confirm(code) if visit.ports.team is not None else NoCodeWanted()
    if isinstance(done, BadCode):
        return slipped(visit, done)
    if isinstance(done, Refusal):
        return refused(visit, done)
    if done.left:
        return tell(visit, Message("done-removed", name=done.name))
    return tell(visit, Message("done-invited", name=done.name, phone=done.phone))


def change_waits(visit: Visit) -> bool:
    """Does a change of who works here wait for its code?"""
    return visit.ports.team is not None and visit.ports.team.waiting() is not None


def _meant(visit: Visit, said: str, members: Sequence[Member]) -> list[Member]:
    """By id, phone or whole name, else by a part of the name."""
    phone, name = e164(said, visit.ports.shop.country), fold(said)
    sure = [m for m in members if said == m.id or phone == m.phone or fold(m.name) == name]
    return sure or [m for m in members if set(name.split()) <= set(fold(m.name).split())]


def _line(member: Member) -> Message:
    key = "team-waiting" if member.waiting else LINES[member.part]
    return Message(key, name=member.name, phone=member.phone)
