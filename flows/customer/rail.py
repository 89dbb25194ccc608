"""How to pay, and the number that pays."""

from dataclasses import replace

from flows.customer.certainty import turns_away
from flows.customer.checkout import proceed
from flows.customer.draft import Draft, draft_of
from flows.customer.machine import customer, elsewhere
from flows.customer.options import HUMAN
from flows.heard import Choice
from flows.machine import on
from flows.message import Message, verbatim
from flows.place import Step
from flows.rails import RAILS, rail_name
from flows.reply import Option, Reply
from flows.visit import Visit
from intents.intent import Intent
from intents.understanding import Asked, Understanding


@customer.state("rail")
class ChooseRail:
    def show(self, visit: Visit) -> Reply:
        rails = [option.name for option in visit.ports.payments.options()]
        if not rails:
            return visit.say(Message("rail-none", shop=visit.ports.shop.name), options=(HUMAN,))
        last = visit.ports.customer.profile().rail
        rails.sort(key=lambda name: name != last)
        options = [Option(name, rail_name(name)) for name in rails]
        return visit.say(Message("rail-ask"), options=options, asks=Asked.CHOICE)

    @on(*RAILS, Choice)
    def choose(self, visit: Visit, heard: Choice) -> Step:
        if heard.id not in {option.name for option in visit.ports.payments.options()}:
            return visit.stay(Message("older-choice"))
        return proceed(visit, replace(draft_of(visit), rail=heard.id, payer=None))


@customer.state("payer")
class Payer:
    """Whose phone gets the prompt. The own number is offered where it can pay."""

    def show(self, visit: Visit) -> Reply:
        rail = visit.text("rail")
        options = [Option(f"payer:{phone}", verbatim(phone)) for phone in _own(visit, rail)]
        name = rail_name(rail)
        asked = Message("payer-choose", rail=name) if options else Message("payer-ask", rail=name)
        return visit.say(asked, options=options, asks=Asked.PHONE)

    @on("payer")
    def chosen(self, visit: Visit, heard: Choice) -> Step:
        return _take(visit, heard.argument)

    @on(Asked.PHONE)
    def typed(self, visit: Visit, heard: Understanding) -> Step:
        return _take(visit, heard.phone or "")

    @on(Intent.AFFIRM)
    def own(self, visit: Visit, _: Understanding) -> Step:
        numbers = _own(visit, visit.text("rail"))
        return _take(visit, numbers[0]) if len(numbers) == 1 else visit.stay()

    @on(Understanding)
    def no_number(self, visit: Visit, heard: Understanding) -> Step:
        if turns_away(heard) and (away := elsewhere(visit, heard)) is not None:
            return away
        return visit.stay(Message("hint-phone"))


def _own(visit: Visit, rail: str) -> list[str]:
    """The number that paid last, and the customer's own or the one that they gave to be called on,
    where this rail takes them."""
    profile = visit.ports.customer.profile()
    known = (profile.payer, profile.phone or profile.contact)
    numbers = dict.fromkeys(phone for phone in known if phone)
    return [phone for phone in numbers if visit.ports.payments.payer_ok(rail, phone)]


def _take(visit: Visit, phone: str) -> Step:
    draft = draft_of(visit)
    rail = _rail_for(visit, draft, phone)
    if rail is None:
        name = rail_name(draft.rail or "")
        return visit.stay(Message("payer-not-taken", phone=phone, rail=name))
    return proceed(visit, replace(draft, rail=rail, payer=phone))


def _rail_for(visit: Visit, draft: Draft, phone: str) -> str | None:
    """The rail chosen, or another one that takes this number: networks have their own prefixes."""
    prompting = [option.name for option in visit.ports.payments.options() if option.prompts]
    prompting.sort(key=lambda name: name != draft.rail)
    return next((r for r in prompting if visit.ports.payments.payer_ok(r, phone)), None)
