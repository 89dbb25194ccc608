"""Another address for a placed order, where bringing it costs more."""

from flows.customer.certainty import sure
from flows.customer.checkout import readdress
from flows.customer.draft import draft_of
from flows.customer.machine import customer
from flows.customer.options import NO, YES
from flows.explain import explain
from flows.heard import Choice
from flows.machine import on
from flows.message import Message
from flows.money import Money
from flows.place import Step
from flows.ports.refusals import AddressCosts, DoorCosts, Refusal
from flows.reply import Reply
from flows.visit import Visit
from intents.intent import Intent
from intents.understanding import Asked, Understanding


@customer.state("dearer-address")
class DearerAddress:
    """The draft's order goes to the draft's place for `more`, which makes `total`, after a yes. Of a paid one
    there is `due` at the door instead."""

    def show(self, visit: Visit) -> Reply:
        draft = draft_of(visit)
        number, area, more = draft.number, draft.area or "", _money(visit, "more")
        costs: Refusal = AddressCosts(number, area, more, _money(visit, "total"))
        if _at_door(visit):
            costs = DoorCosts(number, area, more, _money(visit, "due"))
        return visit.say(explain(costs), options=(YES, NO), asks=Asked.YES_NO)

    @on("yes", Intent.AFFIRM)
    def yes(self, visit: Visit, heard: Choice | Understanding) -> Step:
        if isinstance(heard, Understanding) and not sure(heard):
            return visit.stay(Message("choose-one"))
        more = _money(visit, "more")
        return readdress(visit, draft_of(visit), more, at_door=_at_door(visit))

    @on("no", Intent.DENY)
    def no(self, visit: Visit, _: Choice | Understanding) -> Step:
        return visit.restart("order", number=draft_of(visit).number)


def _at_door(visit: Visit) -> bool:
    return bool(visit.number("due"))


def _money(visit: Visit, name: str) -> Money:
    return Money(visit.number(name), visit.ports.shop.currency)
