"""Talking to the seller instead of the bot, and back."""

from flows.customer.certainty import sure
from flows.customer.consent import start, stop
from flows.customer.lost import offer_person
from flows.customer.machine import customer
from flows.customer.options import USSD
from flows.heard import Attachment, Basket, Choice, Dialled, Stale
from flows.machine import BACK, HOME, on
from flows.message import Message
from flows.place import Place, Spot, Step
from flows.reply import Reply
from flows.visit import Visit
from intents.intent import Intent
from intents.keywords import is_start, is_stop
from intents.understanding import Understanding

# The same in every language, since the text that hands over names them.
BOT_WORD = "bot"
WORDS = frozenset({BOT_WORD, "menu"})


@customer.state("human")
class WithSeller:
    """Whatever is written goes to the seller, but for STOP and START, which always work. No numbers are
    offered: a "1" may be an answer."""

    def show(self, visit: Visit) -> Reply:
        return visit.say(Message("human-holds", shop=visit.ports.shop.name))

    @on(*Intent, Understanding)
    def written(self, visit: Visit, heard: Understanding) -> Step:
        if heard.text.strip().casefold() in WORDS:
            return self.take_back(visit, heard)
        if is_stop(heard.text, visit.ports.shop.locales):
            return stop(visit, heard)
        if is_start(heard.text, visit.ports.shop.locales):
            return start(visit, heard)
        visit.ports.desk.pass_on(heard.text)
        return visit.answer(Reply())

    @on(Attachment)
    def sent(self, visit: Visit, heard: Attachment) -> Step:
        words = (f"[{heard.kind}]", heard.caption, heard.url or _pin(heard))
        visit.ports.desk.pass_on(" ".join(word for word in words if word))
        return visit.answer(Reply())

    @on(Basket)
    def ordered(self, visit: Visit, heard: Basket) -> Step:
        goods = ", ".join(f"{item.quantity} x {item.sku}" for item in heard.items)
        visit.ports.desk.pass_on(" ".join(filter(None, (goods, heard.words))))
        return visit.answer(Reply())

    @on(Stale)
    def older(self, visit: Visit, heard: Stale) -> Step:
        visit.ports.desk.pass_on(heard.label)
        return visit.answer(Reply())

    @on(BACK, HOME, BOT_WORD)
    def take_back(self, visit: Visit, _: Choice | Understanding) -> Step:
        visit.ports.desk.take_back()
        return visit.back(Message("human-back"))

    @on(Dialled)
    def dialled(self, visit: Visit, heard: Dialled) -> Step:
        """A dialled session talks to the bot, whoever holds the messages."""
        visit.place = Place(Spot(visit.home_state))
        return customer.everywhere[Dialled](visit, heard)


def held(place: Place | None) -> Place:
    """Where a conversation stands while a person holds it: the way back leads to where it was."""
    place = place or Place(Spot(customer.home))
    return place if place.spot.state == "human" else place.enter(Spot("human"))


def _pin(heard: Attachment) -> str:
    if heard.latitude is None or heard.longitude is None:
        return ""
    return f"{heard.latitude},{heard.longitude}"


def released(place: Place | None) -> Place | None:
    """Where it stands once the seller has given the talk back."""
    return place.leave() if place is not None and place.spot.state == "human" else place


def _may_be_no_complaint(heard: Understanding) -> bool:
    """Then the seller is offered, and not called away from work."""
    return heard.intent is not Intent.TALK_TO_HUMAN and not sure(heard)


@customer.anywhere("human", Intent.TALK_TO_HUMAN, Intent.COMPLAIN)
def hand_over(visit: Visit, heard: Choice | Understanding) -> Step:
    """The seller is told what was last said. On USSD nobody can chat, so they will call."""
    if isinstance(heard, Understanding) and _may_be_no_complaint(heard):
        return offer_person(visit)
    words = heard.text if isinstance(heard, Understanding) else ""
    visit.ports.desk.hand_over(words)
    visit.ports.facts.record("handed-over", state=visit.place.spot.state)
    if visit.ports.medium == USSD:
        said = Message("human-will-call", shop=visit.ports.shop.name)
        return visit.end(said)
    return visit.go("human")
