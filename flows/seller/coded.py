"""What waits for a code that was sent to the owner's own phone, and moves no money."""

from datetime import datetime
from typing import Protocol

from flows.explain import explain
from flows.message import Clock, Message
from flows.place import Step
from flows.ports.refusals import BadCode
from flows.reply import Reply
from flows.takings import AGAIN, LEAVE
from flows.visit import Visit
from intents.understanding import Asked


class Sent(Protocol):
    """A code on its way to a number, good until a moment (UTC)."""

    @property
    def phone(self) -> str: ...
    @property
    def until(self) -> datetime: ...


def ask_code(visit: Visit, sent: Sent | None) -> Reply:
    """Where the code is; or that none is good any more."""
    if sent is None:
        return visit.say(Message("code-none-waits"), options=(AGAIN, LEAVE))
    told = Message("team-code", phone=sent.phone, until=Clock(sent.until))
    return visit.say(told, options=(AGAIN, LEAVE), asks=Asked.CODE)


def slipped(visit: Visit, slip: BadCode) -> Step:
    """It may be written again."""
    return visit.answer(visit.say(explain(slip), options=(AGAIN, LEAVE), asks=Asked.CODE))
