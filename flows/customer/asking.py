"""Questions about the shop and its goods, answered without losing one's place."""

from collections.abc import Mapping

from flows.customer.area import speaks_of_something_else
from flows.customer.machine import customer, elsewhere
from flows.customer.options import BACK, CHECKOUT, deliver_to
from flows.customer.ordering import changes_besides
from flows.customer.product import open_product
from flows.customer.searching import look
from flows.customer.topics import TOPICS
from flows.heard import Choice
from flows.machine import on
from flows.place import Step
from flows.ports.delivery import Fulfilment
from flows.reply import Option, Reply
from flows.visit import Visit
from intents.intent import Intent
from intents.understanding import Asked, Understanding

TOPIC_OF: Mapping[Intent, str] = {
    Intent.ASK_HOURS: "hours",
    Intent.ASK_LOCATION: "location",
    Intent.ASK_DELIVERY: "delivery",
    Intent.ASK_PAYMENT: "payment",
    Intent.HELP: "help",
}


@customer.state("info")
class Info:
    """One topic. `area` is the place that was named with the question."""

    def show(self, visit: Visit) -> Reply:
        told = TOPICS.get(visit.text("topic"), TOPICS["help"])(visit)
        back = (BACK,) if visit.place.trail else ()
        buying = (_onward(visit),) if visit.ports.cart.read().lines else ()
        options = (*buying, *told.options, *back)
        return visit.say(*told.messages, options=options, asks=told.asks)

    @on(Asked.AREA)
    def another_area(self, visit: Visit, heard: Understanding) -> Step:
        """ "And to Kololo?" """
        words = heard.area or heard.text
        goods = speaks_of_something_else(heard) or any(item.sku for item in heard.items)
        if goods and not visit.ports.delivery.find(words):
            return elsewhere(visit, heard) or visit.stay()
        return visit.go("info", topic="delivery", area=words)


def _onward(visit: Visit) -> Option:
    """To the checkout; with the place that was asked about, where goods are brought there."""
    area = visit.text("area") if visit.text("topic") == "delivery" else ""
    found = visit.ports.delivery.find(area) if area else ()
    kinds = {way.kind for way in visit.ports.delivery.options()} - {Fulfilment.PICKUP}
    return deliver_to(found[0].name) if len(found) == 1 and kinds else CHECKOUT


@customer.anywhere(*TOPIC_OF)
def asked(visit: Visit, heard: Understanding) -> Step:
    if (first := changes_besides(visit, heard)) is not None:
        return first
    return tell_of(visit, heard, TOPIC_OF[heard.intent])


def tell_of(visit: Visit, heard: Understanding, topic: str) -> Step:
    """Show a topic, with what was named beside it."""
    about = next((item.sku for item in heard.items if item.sku), None) or visit.text("sku")
    return visit.go("info", topic=topic, area=heard.area or "", sku=about)


@customer.anywhere("help")
def helped(visit: Visit, _: Choice) -> Step:
    return visit.go("info", topic="help")


@customer.anywhere("info")
def chosen(visit: Visit, heard: Choice) -> Step:
    return visit.go("info", topic=heard.argument)


@customer.anywhere(Intent.ASK_PRICE, Intent.ASK_AVAILABILITY)
def asked_about_goods(visit: Visit, heard: Understanding) -> Step:
    """The card says price and stock. Without a name, what is on the screen is meant."""
    if (first := changes_besides(visit, heard)) is not None:
        return first
    if heard.items:
        return look(visit, heard.items)
    if sku := visit.text("sku"):
        return open_product(visit, sku)
    return visit.go("search")
