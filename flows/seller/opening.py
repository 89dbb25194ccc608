"""PAUSE and HOURS: when the shop does business."""

from datetime import datetime

from flows.customer.topics import hour_lines
from flows.message import Message
from flows.place import Step
from flows.ports.refusals import Refusal
from flows.seller.refused import refused
from flows.seller.role import opening, seller, tell
from flows.visit import Visit
from intents.command import Command, Word
from intents.times_said import read_until, read_week

ALWAYS = frozenset({"always", "24h", "24/7", "all day"})


@seller.anywhere(Word.PAUSE)
def pause(visit: Visit, command: Command) -> Step:
    """ "PAUSE 2h", "PAUSE until monday"; alone: until OPEN."""
    until = read_until(command.rest, visit.ports.shop.locales)
    if until is None:
        return tell(visit, Message("how-to-pause"))
    ends = opening(visit).pause(until)
    if isinstance(ends, Refusal):
        return refused(visit, ends)
    shop = visit.ports.shop.name
    if isinstance(ends, datetime):
        return tell(visit, Message("done-pause-until", shop=shop, until=ends))
    return tell(visit, Message("done-pause", shop=shop))


@seller.anywhere(Word.HOURS)
def hours(visit: Visit, command: Command) -> Step:
    """ "HOURS mon-fri 8-18, sat 9-13"; alone: what they are."""
    port = opening(visit)
    if not command.rest:
        now = hour_lines(port.hours()) or (Message("hours-always"),)
        return tell(visit, *now, Message("how-to-hours"))
    if command.rest.casefold() in ALWAYS:
        port.always()
        return tell(visit, Message("hours-always"))
    week = read_week(command.rest, visit.ports.shop.locales)
    written = port.set_hours(week) if week is not None else None
    if written is None:
        return tell(visit, Message("how-to-hours"))
    return tell(visit, Message("hours-list", lines=hour_lines(written)))
