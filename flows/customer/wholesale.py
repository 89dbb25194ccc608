""" "I have a shop, I want wholesale price": a business asks for the other price list."""

from collections.abc import Mapping

from flows.customer.machine import customer
from flows.customer.options import BROWSE
from flows.heard import Choice
from flows.machine import on
from flows.message import Message
from flows.place import Step
from flows.ports.wholesale import Buying
from flows.reply import Option, Reply
from flows.visit import Visit
from intents.intent import Intent
from intents.understanding import Asked, Understanding
from intents.wish import Wish

LONGEST = 100
LEAVE = Option("leave-wholesale", Message("option-not-now"))

# What is said where there is nothing to ask for.
STANDINGS: Mapping[Buying, Message] = {
    Buying.NONE: Message("wholesale-none"),
    Buying.ASKED: Message("wholesale-waits"),
    Buying.WHOLESALE: Message("wholesale-already"),
}
# What the name of a business is easily mistaken for ("Kintu Rice Traders, Nakasero").
NAME_LIKE = (
    Intent.SEARCH,
    Intent.BROWSE,
    Intent.ADD_TO_CART,
    Intent.ASK_AVAILABILITY,
    Intent.ASK_LOCATION,
    Intent.ASK_PRICE,
    Intent.GREET,
)


@customer.anywhere(Wish.WHOLESALE)
def wholesale(visit: Visit, _: Understanding) -> Step:
    port = visit.ports.wholesale
    standing = port.standing() if port is not None else Buying.NONE
    if standing in STANDINGS:
        return visit.answer(visit.say(STANDINGS[standing], options=(BROWSE,)))
    return visit.go("wholesale")


@customer.state("wholesale")
class Wholesale:
    """Asks for the name of the business, then (`business`) for what and where it is."""

    def show(self, visit: Visit) -> Reply:
        named = visit.text("business")
        asked = Message("wholesale-about", business=named) if named else Message("wholesale-name")
        return visit.say(asked, options=(LEAVE,), asks=Asked.REASON)

    @on(Asked.REASON, *NAME_LIKE)
    def written(self, visit: Visit, heard: Understanding) -> Step:
        words = " ".join(heard.text.split())[:LONGEST]
        if not words:
            return visit.stay()
        named = visit.text("business")
        if not named:
            return visit.stay(business=words)
        if visit.ports.wholesale is not None:
            visit.ports.wholesale.apply(named, words)
        return visit.home(Message("wholesale-asked", shop=visit.ports.shop.name))

    @on("leave-wholesale", Intent.DENY)
    def leave(self, visit: Visit, _: Choice | Understanding) -> Step:
        return visit.home()
