"""STOP and START: what is not about an open order is only sent to those who want it."""

from dataclasses import replace

from flows.customer.certainty import sure
from flows.customer.machine import customer
from flows.customer.options import BACK
from flows.heard import Choice
from flows.message import Message
from flows.place import Step
from flows.reply import Option
from flows.visit import Visit
from intents.intent import Intent
from intents.understanding import Understanding


@customer.anywhere("stop", Intent.OPT_OUT)
def stop(visit: Visit, heard: Choice | Understanding) -> Step:
    if isinstance(heard, Understanding) and not sure(heard):
        ask = Message("stop-sure", shop=visit.ports.shop.name)
        return visit.answer(visit.say(ask, options=(Option("stop", Message("option-stop")), BACK)))
    visit.ports.customer.opt_out()
    visit.ports.facts.record("opted-out")
    return visit.answer(visit.say(Message("stopped", shop=visit.ports.shop.name)))


@customer.anywhere("start", Intent.OPT_IN)
def start(visit: Visit, _: Choice | Understanding) -> Step:
    visit.ports.customer.opt_in()
    visit.ports.facts.record("opted-in")
    shown, welcome = visit.show(visit), Message("started", shop=visit.ports.shop.name)
    # At home it stands for the usual welcome; a question that was left is asked again with it.
    asked = () if visit.place.spot.state == visit.home_state else shown.messages
    return visit.answer(replace(shown, messages=(welcome, *asked)))
