"""FORGET ME: somebody wants to be known no more."""

from dataclasses import replace

from flows.customer.certainty import sure
from flows.customer.machine import customer
from flows.customer.options import BROWSE, NO, USSD
from flows.explain import explain
from flows.heard import Choice
from flows.machine import on
from flows.message import Message
from flows.place import Step
from flows.ports.refusals import Refusal
from flows.reply import Option, Reply
from flows.visit import Visit
from intents.intent import Intent
from intents.understanding import Asked, Understanding
from intents.wish import Wish

STATE = "forget-me"
FORGET = Option("yes", Message("option-forget"))


@customer.anywhere(Wish.FORGET_ME)
def forget_me(visit: Visit, _: Understanding) -> Step:
    """What stands in the way is said at once, not after the yes."""
    if visit.ports.forgetting is None:
        return visit.stay()
    why = visit.ports.forgetting.hindered()
    return visit.go("forget-me") if why is None else _not_yet(visit, why)


def _not_yet(visit: Visit, why: Refusal) -> Step:
    return visit.home(explain(why))


@customer.state("forget-me")
class ForgetMe:
    """What goes, what stays and what is lost; only a plain yes does it."""

    def show(self, visit: Visit) -> Reply:
        points = visit.ports.forgetting.points() if visit.ports.forgetting is not None else 0
        lost = (Message("forget-points", count=points),) if points else ()
        return visit.say(
            Message("forget-ask", shop=visit.ports.shop.name),
            *lost,
            options=(FORGET, NO),
            asks=Asked.YES_NO,
        )

    @on("yes", Intent.AFFIRM)
    def yes(self, visit: Visit, heard: Choice | Understanding) -> Step:
        if isinstance(heard, Understanding) and not sure(heard):
            return visit.stay(Message("choose-one"))
        why = visit.ports.forgetting.forget() if visit.ports.forgetting is not None else None
        if why is not None:
            return _not_yet(visit, why)
        visit.ports.facts.record("forget-asked")
        goodbye = Message("forget-goodbye")
        over = visit.end(goodbye)
        if visit.ports.medium == USSD:
            return over
        return replace(over, reply=visit.say(goodbye, options=(BROWSE,)))

    @on("no", Intent.DENY)
    def no(self, visit: Visit, _: Choice | Understanding) -> Step:
        return visit.home(Message("forget-kept"))
