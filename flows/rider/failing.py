"""FAIL: a delivery that did not work, and why."""

from flows.heard import Choice
from flows.machine import on
from flows.message import Message
from flows.notices.wording import FAILURES
from flows.place import Step
from flows.ports.refusals import Refusal
from flows.reply import Option, Reply
from flows.rider.role import MINE, refused, rider, rides, tell, which
from flows.spoken import command_option
from flows.visit import Visit
from intents.command import Command, Word
from intents.intent import Intent
from intents.understanding import Asked, Understanding


@rider.anywhere(Word.FAIL)
def fail(visit: Visit, command: Command) -> Step:
    """The shop needs the reason, so it is asked for; a misspelt word is asked about likewise."""
    found = which(visit, command, MINE)
    if isinstance(found, Step):
        return found
    number = found.number or 0
    if not found.rest or not found.exact:
        return visit.go("why", number=number)
    return _failed(visit, number, found.rest)


def _failed(visit: Visit, number: int, reason: str) -> Step:
    job = rides(visit).failed(number, reason)
    if isinstance(job, Refusal):
        return refused(visit, job)
    key = "rider-failed-holding" if job.holds else "rider-failed"
    return tell(visit, Message(key, number=job.number))


@rider.state("why")
class Why:
    """Why an order could not be delivered: one of the usual reasons, or in the rider's words."""

    def show(self, visit: Visit) -> Reply:
        number = visit.number("number")
        reasons = tuple(
            command_option(Command(Word.FAIL, number, reason), words)
            for reason, words in FAILURES.items()
        )
        leave = Option("leave", Message("rider-not-failed"))
        return visit.say(
            Message("why-failed", number=number), options=(*reasons, leave), asks=Asked.REASON
        )

    @on("leave", Intent.DENY)
    def leave(self, visit: Visit, _: Choice) -> Step:
        return tell(visit, Message("rider-nothing-done"))

    @on(Understanding, *Asked, *(intent for intent in Intent if intent is not Intent.DENY))
    def said(self, visit: Visit, heard: Understanding) -> Step:
        return _failed(visit, visit.number("number"), heard.text)
