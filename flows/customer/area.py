"""Where to: the area first, since it decides whether and for how much the shop delivers."""

from collections.abc import Sequence
from dataclasses import replace

from flows.customer.certainty import turns_away
from flows.customer.checkout import proceed
from flows.customer.draft import Draft, Task, draft_of
from flows.customer.machine import customer, elsewhere
from flows.customer.options import HUMAN
from flows.explain import explain
from flows.heard import Attachment, Choice, MediaKind
from flows.machine import on
from flows.message import Message, verbatim
from flows.place import Step
from flows.ports.delivery import Area, Fulfilment
from flows.ports.refusals import DearerArea, NotCovered
from flows.reply import Option, Reply
from flows.visit import Visit
from intents.intent import Intent
from intents.understanding import Asked, Understanding

# More areas than these are not read through on a phone; their names are written instead.
MOST_LISTED = 9
LONGEST_AREA = 60


@customer.state("area")
class ChooseArea:
    """`near` are the areas that the last answer could have meant; `refused` is one not covered."""

    def show(self, visit: Visit) -> Reply:
        near = visit.data.get("near")
        if isinstance(near, (list, tuple)) and near:
            return visit.say(Message("area-which"), options=_options(near), asks=Asked.AREA)
        if refused := visit.text("refused"):
            return self._not_covered(visit, refused)
        areas = visit.ports.delivery.areas()
        last = visit.ports.customer.profile().area
        known = [last] if last and (not areas or last in areas) else []
        if len(areas) <= MOST_LISTED:
            known += [name for name in areas if name != last]
        asked = Message("area-ask") if known else Message("area-write")
        return visit.say(asked, options=_options(known), asks=Asked.AREA)

    def _not_covered(self, visit: Visit, refused: str) -> Reply:
        kinds = {option.kind for option in visit.ports.delivery.options()}
        ordering = draft_of(visit).task is Task.ORDER
        pickup = (
            (Option("pickup", Message("option-pickup-instead")),)
            if ordering and Fulfilment.PICKUP in kinds
            else ()
        )
        areas = (Option("areas", Message("option-areas")),) if visit.ports.delivery.areas() else ()
        return visit.say(
            explain(NotCovered(refused)), options=(*pickup, *areas, HUMAN), asks=Asked.AREA
        )

    @on(Asked.AREA)
    def named(self, visit: Visit, heard: Understanding) -> Step:
        return self._find(visit, heard.area or heard.text, heard)

    @on(Understanding)
    def other_words(self, visit: Visit, heard: Understanding) -> Step:
        return self._find(visit, heard.text, heard)

    def _find(self, visit: Visit, words: str, heard: Understanding) -> Step:
        found = visit.ports.delivery.find(words)
        if len(found) == 1:
            return self._take(visit, found[0])
        if found:
            return visit.stay(near=tuple(area.name for area in found), refused=None)
        if speaks_of_something_else(heard) and (away := elsewhere(visit, heard)) is not None:
            return away
        return visit.stay(refused=words[:LONGEST_AREA], near=())

    @on("area")
    def chosen(self, visit: Visit, heard: Choice) -> Step:
        found = visit.ports.delivery.find(heard.argument)
        exact = [area for area in found if area.name == heard.argument] or list(found)
        if len(exact) != 1:
            return visit.stay(refused=heard.argument, near=())
        return self._take(visit, exact[0])

    @on("areas", Intent.ASK_DELIVERY)
    def list_areas(self, visit: Visit, _: Choice | Understanding) -> Step:
        """ "Where do you deliver?" is best answered with what can be chosen."""
        return visit.stay(near=tuple(visit.ports.delivery.areas()), refused=None)

    @on("pickup")
    def collect(self, visit: Visit, _: Choice) -> Step:
        return proceed(visit, replace(draft_of(visit), kind=Fulfilment.PICKUP))

    @on(Attachment)
    def pin(self, visit: Visit, heard: Attachment) -> Step:
        if heard.kind is MediaKind.LOCATION:
            return visit.stay(Message("location-needs-name"))
        return visit.stay(Message("attachment-not-read"))

    @on(Intent.DENY)
    def not_there(self, visit: Visit, _: Understanding) -> Step:
        """ "No" to what was proposed: the question is asked afresh."""
        return visit.stay(near=(), refused=None)

    def _take(self, visit: Visit, area: Area) -> Step:
        draft = draft_of(visit)
        dearer = _dearer(visit, draft, area)
        if dearer is not None:
            return visit.stay(explain(dearer), near=(), refused=None)
        return proceed(visit, draft.at(area))


def _dearer(visit: Visit, draft: Draft, area: Area) -> DearerArea | None:
    """A placed order keeps its fee, so it can only go where that is enough."""
    order = visit.ports.orders.find(draft.number) if draft.task is Task.ADDRESS else None
    if order is None:
        return None
    fee = visit.ports.delivery.fee(order.fulfilment, area)
    return DearerArea(area.name, fee) if fee.minor > order.delivery_fee.minor else None


def speaks_of_something_else(heard: Understanding) -> bool:
    """Whether this is about something else. The name of a place easily reads like a question about
    places, or like a search for something that is not sold."""
    if heard.intent in (Intent.ASK_DELIVERY, Intent.ASK_LOCATION):
        return False
    names_goods = any(item.sku or item.candidates for item in heard.items)
    return turns_away(heard) and (heard.intent is not Intent.SEARCH or names_goods)


def _options(names: Sequence[str]) -> tuple[Option, ...]:
    return tuple(Option(f"area:{name}", verbatim(name)) for name in names)
