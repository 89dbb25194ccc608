"""When nobody understood: say what can be done here, and after two times offer a person."""

from collections.abc import Mapping
from dataclasses import replace

from flows.customer.changes import Act, Ask, Change, Question
from flows.customer.machine import customer
from flows.customer.options import BROWSE, HUMAN
from flows.heard import Choice, Heard
from flows.message import Message
from flows.place import Step
from flows.reply import Menu, Reply
from flows.visit import Visit
from intents.understanding import Asked, Understanding

# After so many misunderstandings in a row a person is offered.
ENOUGH = 2

HINTS: Mapping[str, Message] = {
    "home": Message("hint-home"),
    "quantity": Message("hint-quantity"),
    "bargain": Message("hint-bargain"),
    "bargain-offer": Message("bargain-unclear"),
    "bargain-mean": Message("hint-yes-no"),
    "payer": Message("hint-phone"),
    "fulfilment": Message("choose-one"),
    "rail": Message("choose-one"),
    "wallet-amount": Message("hint-amount"),
    "wallet-code": Message("hint-code"),
    "which": Message("choose-one"),
    "summary": Message("confirm-first"),
    "clear": Message("hint-yes-no"),
    "cancel-order": Message("hint-yes-no"),
    "orders": Message("hint-order"),
    "cancel-which": Message("hint-order"),
    "language": Message("choose-one"),
}


@customer.missed
def lost(visit: Visit, heard: Heard) -> Step:
    if isinstance(heard, Choice):
        return visit.stay(Message("older-choice"))
    misses = visit.place.misses
    visit.ports.facts.record("not-understood", state=visit.place.spot.state)
    if misses >= ENOUGH:
        return offer_person(visit)
    guess = _guess(heard)
    if guess is not None:
        step = visit.go("which", questions=(guess.dump(),))
    else:
        step = visit.stay(HINTS.get(visit.place.spot.state, Message("hint-any")))
        if visit.place.spot.state == visit.home_state:
            # The hint says all that the welcome says, and on USSD there is no room for both.
            step = Step(step.place, replace(step.reply, messages=step.reply.messages[:1]))
    return Step(replace(step.place, misses=misses), step.reply)


def offer_person(visit: Visit) -> Step:
    """The state once more, with the seller among its options. Where digits are an answer no option is
    added that could be mistaken for one: there the word does it."""
    misses = visit.place.misses
    shown = visit.show(visit)
    # Who has read it twice need not read it again; what a yes would do must stay in sight.
    said = () if misses > ENOUGH and shown.asks is not Asked.YES_NO else shown.messages
    if shown.asks is not None and shown.menu is None:
        step = visit.answer(replace(shown, messages=(Message("lost-write-human"), *said)))
    else:
        options = shown.menu.options if shown.menu else (BROWSE,)
        known = {option.id for option in options}
        more = () if HUMAN.id in known else (HUMAN,)
        step = visit.answer(
            Reply((Message("lost-human"), *said), Menu((*more, *options)), asks=shown.asks)
        )
    return Step(replace(step.place, misses=misses), step.reply)


def _guess(heard: Heard) -> Question | None:
    """Something that is sold was named, and it is only not clear what is wanted with it."""
    if not isinstance(heard, Understanding):
        return None
    skus = tuple(
        dict.fromkeys(sku for item in heard.items for sku in (item.sku, *item.candidates) if sku)
    )
    if not skus:
        return None
    ids = tuple(Change(Act.ADD, sku, 1).id for sku in skus[:3])
    return Question(Ask.WHICH, heard.text[:60], ids)
