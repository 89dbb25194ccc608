"""MY PLACES: "save this as home", "deliver to work", "forget work"."""

from dataclasses import replace

from flows.customer.area import take_place
from flows.customer.checkout import set_out, unready
from flows.customer.draft import STATES, Draft, Task, draft_of
from flows.customer.machine import customer
from flows.customer.options import BROWSE, CHECKOUT
from flows.customer.own_places import name_in, own_place, own_places, where_is
from flows.explain import explain
from flows.heard import Choice
from flows.message import Message, verbatim
from flows.place import Step
from flows.ports.address_book import NamedPlace
from flows.ports.delivery import Fulfilment
from flows.ports.refusals import Refusal
from flows.reply import Option, Reply
from flows.visit import Visit
from intents.understanding import Asked, Understanding
from intents.wish import Wish

PLACES = Option("places", Message("option-places"))
# What is written there is kept as it is.
IN_WORDS = "landmark"


@customer.first
def to_own_place(visit: Visit, heard: Understanding) -> Step | None:
    """ "Deliver to work", "at home": what they call it themselves goes before the shop's areas."""
    if heard.area is None or heard.items or visit.place.spot.state == IN_WORDS:
        return None
    place = own_place(visit, heard.area)
    return bring_to(visit, place) if place is not None else None


@customer.anywhere("place")
def chosen(visit: Visit, heard: Choice) -> Step:
    place = own_place(visit, heard.argument)
    if place is None:
        return visit.stay(Message("older-choice"))
    return bring_to(visit, place)


def bring_to(visit: Visit, place: NamedPlace) -> Step:
    """On with the checkout to there, or with the order that goes elsewhere; without either, what bringing
    costs to there."""
    brought = [w.kind for w in visit.ports.delivery.options() if w.kind is not Fulfilment.PICKUP]
    draft = draft_of(visit) if visit.place.spot.state in STATES else None
    if draft is not None and draft.task not in (Task.ORDER, Task.ADDRESS):
        return visit.stay()
    if not brought or (draft is None and not visit.ports.cart.read().lines):
        return visit.go("info", topic="delivery", area=place.area)
    if draft is None:
        if (wrong := unready(visit)) is not None:
            return wrong
        set_out(visit)
    draft = draft or Draft()
    if draft.kind in (None, Fulfilment.PICKUP):
        draft = replace(draft, kind=brought[0])
    if visit.ports.address_book is not None:
        visit.ports.address_book.use(place)
    return take_place(visit, draft, place.area, place.landmark, place.at)


@customer.anywhere(Wish.SAVE_PLACE)
def save(visit: Visit, heard: Understanding) -> Step:
    """Where the order in hand goes, or else where the last one went."""
    name = _name_said(heard)
    place = _here(visit, name)
    if place is None or visit.ports.address_book is None:
        return visit.stay(Message("place-nothing"))
    refused = visit.ports.address_book.save(place)
    if isinstance(refused, Refusal):
        return visit.stay(explain(refused))
    visit.ports.facts.record("place-saved")
    return visit.stay(Message("place-saved", name=place.name, place=where_is(place)))


def _name_said(heard: Understanding) -> str:
    rest = heard.wish.rest if heard.wish is not None else ""
    return name_in(rest or heard.text.split()[-1])


def _here(visit: Visit, name: str) -> NamedPlace | None:
    draft = draft_of(visit) if visit.place.spot.state in STATES else Draft()
    if draft.area is not None:
        return NamedPlace(name, draft.area, draft.landmark or None, draft.at_point)
    last = visit.ports.customer.profile()
    return NamedPlace(name, last.area, last.landmark, last.at) if last.area else None


def at_a_place(visit: Visit) -> bool:
    """Whether "save this as ..." means where the goods go to, and not the goods."""
    state = visit.place.spot.state
    return state in STATES and draft_of(visit).area is not None


@customer.state("places")
class Places:
    """The last used first. Each is chosen to have the cart brought there, or to be forgotten."""

    def show(self, visit: Visit) -> Reply:
        options = tuple(
            Option(f"own-place:{place.name}", verbatim(place.name), verbatim(place.area))
            for place in own_places(visit)
        )
        if not options:
            return visit.say(Message("places-none"), options=(BROWSE,))
        return visit.say(Message("places-title"), options=options, asks=Asked.CHOICE)


@customer.state("own-place")
class OwnPlace:
    """`name` is what they call it."""

    def show(self, visit: Visit) -> Reply:
        place = own_place(visit, visit.text("name"))
        if place is None:
            return visit.say(Message("places-none"), options=(BROWSE,))
        filled = bool(visit.ports.cart.read().lines)
        bring = (Option(f"place:{place.name}", CHECKOUT.label),) if filled else ()
        drop = Option(f"drop-place:{place.name}", Message("option-drop-place"))
        return visit.say(
            Message("place-view", name=place.name, place=where_is(place)), options=(*bring, drop)
        )


@customer.anywhere(Wish.PLACES, "places")
def show_places(visit: Visit, _: Choice | Understanding) -> Step:
    return visit.go("places")


@customer.anywhere("own-place")
def open_place(visit: Visit, heard: Choice) -> Step:
    return visit.go("own-place", name=heard.argument)


@customer.anywhere("drop-place", Wish.DROP_PLACE)
def drop(visit: Visit, heard: Choice | Understanding) -> Step:
    name = heard.argument if isinstance(heard, Choice) else _name_said(heard)
    book = visit.ports.address_book
    gone = book is not None and book.drop(name)
    visit.note(Message("place-dropped", name=name) if gone else Message("place-unknown", name=name))
    return visit.go("places")
