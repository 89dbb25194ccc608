"""When the goods are brought, where the shop lets one choose."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime

from flows.customer.checkout import proceed
from flows.customer.draft import Task, draft_of
from flows.customer.machine import customer
from flows.heard import Choice
from flows.machine import on
from flows.message import Clock, Message
from flows.notices.wording import slot_words
from flows.place import Step
from flows.ports.slots import Slot
from flows.reply import Option, Reply
from flows.visit import Visit
from intents.understanding import Asked, Understanding
from intents.wish import Wish

# More windows than these are not read through on a phone.
MOST_LISTED = 7
SOON = Option("slot-soon", Message("option-slot-soon"))


def offered(visit: Visit) -> Sequence[Slot]:
    slots = visit.ports.slots
    return slots.offered() if slots is not None else ()


def slot_at(minute: int) -> datetime:
    """The draft keeps minutes since 1970, as it keeps everything: in JSON's shapes."""
    return datetime.fromtimestamp(minute * 60, UTC)


@customer.state("slot")
class ChooseSlot:
    """Part of the checkout: as soon as may be, or in a window."""

    def show(self, visit: Visit) -> Reply:
        options = [_option(slot) for slot in offered(visit)[:MOST_LISTED]]
        soon = (SOON,) if visit.ports.shop.is_open or not options else ()
        return visit.say(Message("slot-ask"), options=(*soon, *options), asks=Asked.CHOICE)

    @on("slot-soon")
    def soon(self, visit: Visit, _: Choice) -> Step:
        return proceed(visit, replace(draft_of(visit), slot=0))

    @on("slot")
    def chosen(self, visit: Visit, heard: Choice) -> Step:
        minutes = {_minute(slot) for slot in offered(visit)}
        wanted = heard.number
        if wanted not in minutes:
            return visit.stay(Message("refused-slot-gone"))
        return proceed(visit, replace(draft_of(visit), slot=wanted))


def _minute(slot: Slot) -> int:
    return int(slot.starts.timestamp()) // 60


def _option(slot: Slot) -> Option:
    starts, ends = Clock(slot.starts), Clock(slot.ends)
    if slot.day == 0:
        label = Message("slot-today", starts=starts, ends=ends)
    elif slot.day == 1:
        label = Message("slot-tomorrow", starts=starts, ends=ends)
    else:
        label = slot_words(slot)
    return Option(f"slot:{_minute(slot)}", label)


@customer.anywhere(Wish.SCHEDULE)
def wants_it_later(visit: Visit, _: Understanding) -> Step:
    """In the checkout it is asked at once; else it will be, or the shop has no windows."""
    if not offered(visit):
        return visit.stay(Message("slots-none", shop=visit.ports.shop.name))
    draft = draft_of(visit)
    if draft.task is Task.ORDER and draft.kind is not None:
        return visit.go("slot", **replace(draft, slot=None).data())
    visit.note(Message("slots-later"))
    return visit.go("cart") if visit.ports.cart.read().lines else visit.stay()
