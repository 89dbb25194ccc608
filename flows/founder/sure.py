"""Everything once more, and the yes that makes the shop."""

from flows.explain import explain
from flows.founder.door import OPEN, door_lines
from flows.founder.role import Told, founder, founding, told
from flows.heard import Choice, Heard
from flows.machine import on
from flows.message import Message
from flows.money import Money, MoneyError
from flows.place import Place, Spot, Step
from flows.ports.founding import Draft, Founded
from flows.ports.refusals import Refusal
from flows.reply import Option, Reply
from flows.visit import Visit
from intents.intent import Intent
from intents.listing import read_listing
from intents.understanding import Asked

YES = Option("found", Message("founder-option-found"))
CHANGES = (
    Option("again:found-name", Message("founder-option-name")),
    Option("again:found-goods", Message("founder-option-goods")),
    Option("again:found-place", Message("founder-option-place")),
    Option("again:found-owner", Message("founder-option-owner")),
    Option("again:found-first", Message("founder-option-first")),
)


@founder.state("found-sure")
class Sure:
    def show(self, visit: Visit) -> Reply:
        return visit.say(_words(visit, told(visit)), options=(YES, *CHANGES), asks=Asked.YES_NO)

    @on("again")
    def again(self, visit: Visit, heard: Choice) -> Step:
        if heard.argument not in founder.states:
            return visit.stay()
        return visit.swap(heard.argument, **told(visit).data(), changing="yes")

    @on("found", Intent.AFFIRM)
    def yes(self, visit: Visit, _: Heard) -> Step:
        made = founding(visit).found(_draft(visit, told(visit)))
        if isinstance(made, Refusal):
            return visit.stay(explain(made))
        visit.place = Place(Spot(founder.home))
        return visit.answer(visit.say(*_made(made, visit.ports.shop.name)))

    @on(Intent.DENY)
    def no(self, visit: Visit, _: Heard) -> Step:
        visit.place = Place(Spot(founder.home))
        return visit.answer(visit.say(Message("founder-nothing-made"), options=(OPEN,)))


def _draft(visit: Visit, said: Told) -> Draft:
    locales = visit.ports.shop.locales
    first = read_listing(said.first, locales) if said.first else None
    picture = said.picture or None
    return Draft(said.name, said.goods, said.place, said.owner, visit.locale, first, picture)


def _words(visit: Visit, said: Told) -> Message:
    asked = Message(
        "founder-sure", name=said.name, what=said.goods, place=said.place, who=said.owner
    )
    first = _draft(visit, said).first
    if first is None:
        return asked
    try:
        price = Money.of(first.price, visit.ports.shop.currency)
    except MoneyError:
        return asked
    return Message("founder-sure-first", told=asked, name=first.name, price=price)


def _made(made: Founded, platform: str) -> tuple[Message, ...]:
    """That it is there, how people reach it, and what comes next."""
    lines = door_lines(made.doors)
    door = next((d for d in made.doors if d.channel != "ussd"), None)
    next_ = (
        (Message("founder-made-next", word=door.word, address=door.number),)
        if door is not None
        else ()
    )
    return (Message("founder-made", name=made.name, lines=lines, shop=platform), *next_)
