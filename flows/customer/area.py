"""Where to: the area first, since it decides whether and for how much the shop delivers."""

from collections.abc import Sequence
from dataclasses import replace

from flows.customer.certainty import turns_away
from flows.customer.checkout import proceed
from flows.customer.draft import Draft, Task, draft_of
from flows.customer.machine import customer, elsewhere
from flows.customer.options import HUMAN
from flows.customer.own_places import MOST_OFFERED, own_places, place_options
from flows.customer.pins import point_of
from flows.explain import explain
from flows.heard import Attachment, Choice
from flows.machine import on
from flows.message import Message, verbatim
from flows.place import Step
from flows.ports.address_book import NamedPlace
from flows.ports.delivery import Area, Fulfilment, Point
from flows.ports.orders import PaymentStatus
from flows.ports.refusals import DearerArea, NotCovered
from flows.ports.shop import Profile
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
        profile = visit.ports.customer.profile()
        last = profile.area
        known = [last] if last and (not areas or last in areas) else []
        own = own_places(visit)[:MOST_OFFERED]
        again = _again(profile, own) if known else ()
        if len(areas) <= MOST_LISTED:
            known += [name for name in areas if name != last]
        asked = Message("area-ask") if known or own else Message("area-write")
        return visit.say(
            asked, options=(*place_options(own), *again, *_options(known)), asks=Asked.AREA
        )

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
        visit.ports.delivery.missed(words)
        return visit.stay(refused=words[:LONGEST_AREA], near=())

    @on("area")
    def chosen(self, visit: Visit, heard: Choice) -> Step:
        known = _known(visit, heard.argument)
        if known is None:
            return visit.stay(refused=heard.argument, near=())
        return self._take(visit, known)

    @on("areas", Intent.ASK_DELIVERY)
    def list_areas(self, visit: Visit, _: Choice | Understanding) -> Step:
        """ "Where do you deliver?" is best answered with what can be chosen."""
        return visit.stay(near=tuple(visit.ports.delivery.areas()), refused=None)

    @on("pickup")
    def collect(self, visit: Visit, _: Choice) -> Step:
        return proceed(visit, replace(draft_of(visit), kind=Fulfilment.PICKUP))

    @on(Attachment)
    def pin(self, visit: Visit, heard: Attachment) -> Step:
        point = point_of(visit, heard)
        if point is None:
            return visit.stay(Message("attachment-not-read"))
        found = visit.ports.delivery.around(point)
        if found is not None:
            return self._take(visit, found)
        near: tuple[str, ...] = ()
        asked = Message("location-needs-name")
        return visit.stay(asked, at_point=point.written, near=near, refused=None)

    @on("last-place")
    def same_place(self, visit: Visit, _: Choice) -> Step:
        """The last place, down to the door."""
        last = visit.ports.customer.profile()
        return take_place(visit, draft_of(visit), last.area or "", last.landmark, last.at)

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


def take_place(
    visit: Visit, draft: Draft, name: str, landmark: str | None, at: Point | None
) -> Step:
    """On with the draft to a place that is known down to the door. An area that is no longer covered, or
    costs more than was agreed, is said under the question where to."""
    known = _known(visit, name)
    if known is None:
        return visit.go("area", **{**draft.data(), "refused": name})
    there = replace(known, at=at)
    if (dearer := _dearer(visit, draft, there)) is not None:
        return visit.note(explain(dearer)).go("area", **draft.data())
    return proceed(visit, replace(draft.at(there), at_point=at, landmark=landmark))


def _dearer(visit: Visit, draft: Draft, area: Area) -> DearerArea | None:
    """An order that is paid keeps its fee: it can only go where it would be no dearer, or what that costs
    more is paid in cash at the door."""
    order = visit.ports.orders.find(draft.number) if draft.task is Task.ADDRESS else None
    if order is None or order.payment_status in (PaymentStatus.PENDING, PaymentStatus.FAILED):
        return None
    if order.payment_status is PaymentStatus.PAID and visit.ports.shop.takes_cash:
        return None
    before = Area(order.area or "", order.zone, order.at)
    fee = visit.ports.delivery.dearer(order.fulfilment, before, area, order.subtotal)
    return DearerArea(area.name, fee) if fee is not None else None


def speaks_of_something_else(heard: Understanding) -> bool:
    """Whether this is about something else. The name of a place easily reads like a question about
    places, or like a search for something that is not sold."""
    if heard.intent in (Intent.ASK_DELIVERY, Intent.ASK_LOCATION):
        return False
    names_goods = any(item.sku or item.candidates for item in heard.items)
    return turns_away(heard) and (heard.intent is not Intent.SEARCH or names_goods)


def _known(visit: Visit, name: str) -> Area | None:
    """The one area that is called so."""
    found = visit.ports.delivery.find(name)
    exact = [area for area in found if area.name == name] or list(found)
    return exact[0] if len(exact) == 1 else None


def _again(profile: Profile, own: Sequence[NamedPlace]) -> tuple[Option, ...]:
    """The place of the last order, where there was more to it than its area and it has no name."""
    if not profile.area or not profile.landmark:
        return ()
    if any((place.area, place.landmark) == (profile.area, profile.landmark) for place in own):
        return ()
    place = Message("place-named", area=profile.area, landmark=profile.landmark)
    return (Option("last-place", place),)


def _options(names: Sequence[str]) -> tuple[Option, ...]:
    return tuple(Option(f"area:{name}", verbatim(name)) for name in names)
