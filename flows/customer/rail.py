"""How to pay, and the number that pays."""

from collections.abc import Sequence
from dataclasses import replace

from flows.customer.certainty import turns_away
from flows.customer.checkout import proceed
from flows.customer.draft import Draft, Task, draft_of
from flows.customer.machine import customer, elsewhere
from flows.customer.options import HUMAN
from flows.heard import Choice
from flows.machine import on
from flows.message import Message, verbatim
from flows.money import Money
from flows.place import Step
from flows.ports.payments import RailOption, Way
from flows.rails import RAILS, rail_name, rails_meant
from flows.reply import Option, Reply
from flows.visit import Visit
from intents.intent import Intent
from intents.understanding import Asked, Understanding


@customer.state("rail")
class ChooseRail:
    """In the payments' own order: the likeliest first, those in trouble last, which is said."""

    def show(self, visit: Visit) -> Reply:
        rails = _offered(visit)
        if not rails:
            return visit.say(Message("rail-none", shop=visit.ports.shop.name), options=(HUMAN,))
        slow = [Message("rail-slow", rail=rail_name(r.name)) for r in rails if r.troubled]
        options = [Option(rail.name, rail_name(rail.name), _balance(visit, rail)) for rail in rails]
        return visit.say(*slow, Message("rail-ask"), options=options, asks=Asked.CHOICE)

    @on(*RAILS, Choice)
    def choose(self, visit: Visit, heard: Choice) -> Step:
        return _chosen(visit, heard.id)


def _balance(visit: Visit, rail: RailOption) -> Message | None:
    """What is in the wallet, before an order is placed that it cannot pay."""
    wallet = visit.ports.wallet if rail.way is Way.WALLET else None
    return Message("price-only", price=wallet.balance()) if wallet is not None else None


@customer.first
def named(visit: Visit, heard: Understanding) -> Step | None:
    """ "With my airtel line", where it is asked how."""
    if visit.place.spot.state != "rail":
        return None
    meant = rails_meant(heard.text, _offered(visit))
    return _chosen(visit, meant[0]) if len(meant) == 1 else None


def _chosen(visit: Visit, rail: str) -> Step:
    if rail not in {option.name for option in _offered(visit)} and not _asks_another(visit, rail):
        said = Message("rail-not-here", rail=rail_name(rail)) if rail in RAILS else None
        return visit.stay(said or Message("older-choice"))
    draft = draft_of(visit)
    if rail == "cash" and draft.task is Task.PAY:
        return customer.everywhere["cash"](visit, Choice(f"cash:{draft.number}"))
    keeps = draft.payer is not None and visit.ports.payments.payer_ok(rail, draft.payer)
    return proceed(visit, replace(draft, rail=rail, payer=draft.payer if keeps else None))


def _asks_another(visit: Visit, rail: str) -> bool:
    """A phone of another network than the one that they write from."""
    amount = _amount(visit, draft_of(visit))
    return visit.ports.payments.way(rail, amount) is Way.PROMPT


def _offered(visit: Visit) -> Sequence[RailOption]:
    """For what is to be paid; a wallet is not filled out of itself, nor by cash."""
    draft = draft_of(visit)
    offered = visit.ports.payments.options(_amount(visit, draft), draft.payer)
    if draft.task is not Task.TOP_UP:
        return offered
    return [option for option in offered if option.way in (Way.PROMPT, Way.LINK)]


def _amount(visit: Visit, draft: Draft) -> Money | None:
    if draft.task is Task.TOP_UP:
        return Money(draft.amount, visit.ports.shop.currency)
    if draft.task is Task.PAY:
        order = visit.ports.orders.find(draft.number)
        return order.total if order else None
    if draft.kind is None:
        return None
    return visit.ports.orders.quote(draft.kind, draft.place).total


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
    offered = visit.ports.payments.options(_amount(visit, draft), phone)
    prompting = [option.name for option in offered if option.prompts]
    prompting.sort(key=lambda name: name != draft.rail)
    return next((r for r in prompting if visit.ports.payments.payer_ok(r, phone)), None)
