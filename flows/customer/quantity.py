"""How many? Digits are pieces here, so no options are offered that could be mistaken for them."""

from flows.customer.changes import Act
from flows.customer.goods import title_of
from flows.customer.machine import customer
from flows.customer.product import take_said
from flows.heard import Choice
from flows.machine import on
from flows.message import Message
from flows.place import Place, Step
from flows.reply import Reply
from flows.visit import Visit
from intents.intent import Intent
from intents.understanding import Asked, Understanding


@customer.state("quantity")
class Quantity:
    """`sku` is what it is asked about; `act` says whether the answer is added or set."""

    def show(self, visit: Visit) -> Reply:
        name = title_of(visit, visit.text("sku"))
        if visit.text("act") == Act.SET:
            return visit.say(Message("quantity-ask-new", name=name), asks=Asked.QUANTITY)
        return visit.say(Message("quantity-ask", name=name), asks=Asked.QUANTITY)

    @on(Asked.QUANTITY)
    def so_many(self, visit: Visit, heard: Understanding) -> Step:
        """An odd quantity is answered and asked again; a good one leaves the question behind."""
        step = take_said(visit, heard, Act(visit.text("act") or Act.ADD))
        if step.place.spot.state == "quantity":
            return step
        trail = tuple(spot for spot in step.place.trail if spot.state != "quantity")
        return Step(Place(step.place.spot, trail), step.reply)

    @on(Intent.AFFIRM)
    def agreed(self, visit: Visit, _: Understanding) -> Step:
        """A yes says nothing of how many."""
        return visit.stay(Message("hint-quantity"))


@customer.anywhere("quantity")
def other_quantity(visit: Visit, heard: Choice) -> Step:
    return visit.go("quantity", sku=heard.argument, act=Act.ADD.value)


@customer.anywhere("new-quantity")
def new_quantity(visit: Visit, heard: Choice) -> Step:
    return visit.go("quantity", sku=heard.argument, act=Act.SET.value)
