"""Whoever was invited to sell or ride for the shop says yes or no."""

from flows.customer.machine import customer
from flows.explain import explain
from flows.heard import Choice
from flows.message import Message
from flows.place import Step
from flows.ports.refusals import Refusal
from flows.ports.team import Part
from flows.visit import Visit
from intents.intent import Intent
from intents.understanding import Understanding

JOIN, DECLINE = "join", "join-no"


@customer.anywhere(JOIN)
def join(visit: Visit, choice: Choice) -> Step:
    return _join(visit, choice.argument)


@customer.anywhere(DECLINE)
def decline(visit: Visit, choice: Choice) -> Step:
    return _decline(visit, choice.argument)


@customer.first
def answered_in_words(visit: Visit, heard: Understanding) -> Step | None:
    """ "Yes" where nothing else was asked."""
    asked_elsewhere = visit.place.spot.state != visit.home_state
    if heard.intent not in (Intent.AFFIRM, Intent.DENY) or asked_elsewhere:
        return None
    waiting = visit.ports.joining.waiting() if visit.ports.joining is not None else None
    if waiting is None:
        return None
    agree = heard.intent is Intent.AFFIRM
    return _join(visit, waiting.id) if agree else _decline(visit, waiting.id)


def _join(visit: Visit, invitation: str) -> Step:
    if visit.ports.joining is None:
        return visit.home()
    done = visit.ports.joining.accept(invitation)
    if isinstance(done, Refusal):
        return visit.answer(visit.say(explain(done)))
    shop, rides = visit.ports.shop.name, done.part is Part.RIDER
    said = Message("joined-rider", shop=shop) if rides else Message("joined-seller", shop=shop)
    return visit.answer(visit.say(said))


def _decline(visit: Visit, invitation: str) -> Step:
    if visit.ports.joining is None:
        return visit.home()
    done = visit.ports.joining.decline(invitation)
    if isinstance(done, Refusal):
        return visit.answer(visit.say(explain(done)))
    return visit.answer(visit.say(Message("join-declined", shop=visit.ports.shop.name)))
