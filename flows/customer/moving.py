""" "Change my address to Ntinda": of the order that is being made, else of the one that is placed."""

from dataclasses import replace

from flows.customer.address_at_once import take_at_once
from flows.customer.checkout import proceed, set_out, unready
from flows.customer.draft import STATES, Draft, Task, draft_of, left_at
from flows.customer.machine import customer
from flows.customer.order_changes import change_address
from flows.customer.summary import ask_again
from flows.heard import Choice
from flows.place import Step
from flows.ports.delivery import Fulfilment
from flows.visit import Visit
from intents.intent import Intent
from intents.understanding import Understanding
from intents.wish import Wish


@customer.anywhere(Wish.CHANGE_PLACE)
def change_place(visit: Visit, heard: Understanding) -> Step:
    """The question where to, answered with what was said behind it."""
    asked = _where(visit)
    words = heard.wish.rest if heard.wish is not None else ""
    if not words or asked.place.spot.state not in ("area", "fulfilment"):
        return asked
    visit.place = asked.place
    taken = take_at_once(visit, draft_of(visit), words)
    if taken is not None or asked.place.spot.state == "fulfilment":
        return taken or asked
    said = Understanding(words, heard.locale, Intent.ASK_DELIVERY, 1.0)
    return customer.states["area"].handlers[Understanding](visit, said)


def _where(visit: Visit) -> Step:
    making = visit.place if visit.place.spot.state in STATES else left_at(visit.place)
    if making is None or making.spot.data.get("task") != Task.ORDER:
        return change_address(visit, Choice("address"))
    visit.place = making
    draft = draft_of(visit)
    if draft.kind in (None, Fulfilment.PICKUP):
        return ask_again(visit, "kind")
    return ask_again(visit, "area")


@customer.anywhere("deliver-to")
def bring_there(visit: Visit, heard: Choice) -> Step:
    """To the place that was just asked about, without naming it again."""
    if (wrong := unready(visit)) is not None:
        return wrong
    making = left_at(visit.place)
    if making is not None:
        visit.place = making
    else:
        set_out(visit)
    draft = draft_of(visit) if making is not None else Draft()
    if draft.kind is Fulfilment.PICKUP:
        draft = replace(draft, kind=None)
    return take_at_once(visit, draft, heard.argument) or proceed(visit, draft)
