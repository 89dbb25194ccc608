"""The customer comes for an order that nobody brings."""

from flows.customer.certainty import sure
from flows.customer.machine import customer
from flows.customer.options import NO, YES
from flows.explain import explain
from flows.heard import Choice
from flows.machine import on
from flows.message import Message
from flows.notices.wording import whereabouts
from flows.place import Step
from flows.ports.refusals import Refusal, UnknownOrder
from flows.reply import Reply
from flows.visit import Visit
from intents.intent import Intent
from intents.understanding import Asked, Understanding


@customer.anywhere("fetch")
def fetch(visit: Visit, heard: Choice) -> Step:
    """Where it is fetched is said first; what is brought after all goes on."""
    order = visit.ports.orders.find(heard.number or 0)
    if order is None:
        return visit.stay(explain(UnknownOrder(heard.number or 0)))
    if not order.nobody_brings:
        return visit.go("order", number=order.number)
    return visit.go("fetch-order", number=order.number)


@customer.state("fetch-order")
class FetchOrder:
    """`number` is fetched, and the fee for bringing it given back, only after a yes."""

    def show(self, visit: Visit) -> Reply:
        number, place = visit.number("number"), whereabouts(visit.ports.shop)
        asked = [Message("fetch-ask", number=number, place=place)]
        order = visit.ports.orders.find(number)
        if order is not None and order.delivery_fee:
            asked.append(Message("fetch-ask-fee", fee=order.delivery_fee))
        return visit.say(*asked, options=(YES, NO), asks=Asked.YES_NO)

    @on("yes", Intent.AFFIRM)
    def yes(self, visit: Visit, heard: Choice | Understanding) -> Step:
        if isinstance(heard, Understanding) and not sure(heard):
            return visit.stay(Message("choose-one"))
        done = visit.ports.orders.fetch(visit.number("number"))
        if isinstance(done, Refusal):
            visit.note(explain(done))
        return visit.restart("order", number=visit.number("number"))

    @on("no", Intent.DENY)
    def no(self, visit: Visit, _: Choice | Understanding) -> Step:
        return visit.back(Message("order-kept", number=visit.number("number")))
