"""Thanks and goodbye, and things that carry no words."""

from collections.abc import Mapping
from dataclasses import replace

from flows.customer.draft import STATES as CHECKOUT_STATES
from flows.customer.machine import customer
from flows.customer.options import BROWSE, HELP, HUMAN, SEARCH
from flows.customer.ordering import changes_besides
from flows.customer.pins import fee_to, point_of
from flows.heard import Attachment, MediaKind, Stale
from flows.message import Message
from flows.place import Place, Spot, Step
from flows.visit import Visit
from intents.intent import Intent
from intents.understanding import Asked, Understanding

# Here something was told, and nothing asked.
TOLD = frozenset(
    {"home", "offers", "order", "paying", "wallet", "receipt", "refunds", "info", "more"}
)

ATTACHMENTS: Mapping[MediaKind, Message] = {
    MediaKind.VOICE: Message("attachment-voice"),
    MediaKind.PICTURE: Message("attachment-picture"),
    MediaKind.LOCATION: Message("attachment-location"),
    MediaKind.STICKER: Message("attachment-sticker"),
}


@customer.anywhere(Intent.THANKS)
def thanks(visit: Visit, heard: Understanding) -> Step:
    if (asked := changes_besides(visit, heard)) is not None:
        return asked
    asks_yes = visit.show(visit).asks is Asked.YES_NO
    if visit.place.spot.state in CHECKOUT_STATES or asks_yes:
        return visit.stay(Message("thanks"))
    return visit.answer(visit.say(Message("thanks"), options=(BROWSE, HELP)))


@customer.anywhere(Intent.AFFIRM)
def agreed(visit: Visit, heard: Understanding) -> Step:
    """A yes where nothing was asked: people also mean "I see" by it."""
    if (asked := changes_besides(visit, heard)) is not None:
        return asked
    return (
        _what_next(visit) if visit.place.spot.state in TOLD else visit.stay(Message("choose-one"))
    )


@customer.anywhere(Intent.DENY)
def declined(visit: Visit, heard: Understanding) -> Step:
    """A no to what was shown leaves it; a question of the checkout is still to be answered."""
    if (asked := changes_besides(visit, heard)) is not None:
        return asked
    if visit.place.spot.state in CHECKOUT_STATES:
        return visit.stay(Message("choose-one"))
    if visit.place.spot.state not in TOLD:
        visit.place = Place(Spot(visit.home_state))
    return _what_next(visit)


def _what_next(visit: Visit) -> Step:
    """What can be done here, without telling it all again."""
    shown = visit.show(visit)
    return visit.answer(replace(shown, messages=(Message("what-next"),)))


@customer.anywhere(Intent.GOODBYE)
def goodbye(visit: Visit, _: Understanding) -> Step:
    """The cart and the place are kept for the next time."""
    kept = bool(visit.ports.cart.read().lines)
    if visit.show(visit).asks is Asked.YES_NO:
        # A yes of tomorrow must not answer the question of today.
        here = (*visit.place.trail, visit.place.spot)
        trail = tuple(spot for spot in here if spot.state != visit.home_state)
        visit.place = Place(Spot(visit.home_state), trail)
    said = Message("goodbye-cart") if kept else Message("goodbye")
    return visit.answer(visit.say(said, ends=True))


@customer.anywhere(Attachment)
def attached(visit: Visit, heard: Attachment) -> Step:
    """What can be done instead, and a person who can look at it."""
    said = ATTACHMENTS.get(heard.kind, Message("attachment-not-read"))
    if visit.show(visit).asks is not None:
        # The question is asked again, so that no later yes answers what is out of sight.
        return visit.stay(said)
    point = point_of(visit, heard)
    if point is not None and (told := fee_to(visit, point)) is not None:
        return told
    return visit.answer(visit.say(said, options=(SEARCH, BROWSE, HUMAN)))


@customer.anywhere(Stale)
def older(visit: Visit, heard: Stale) -> Step:
    """A number of an older list is named and asked again, never executed."""
    return visit.stay(Message("list-was-older", label=heard.label))
