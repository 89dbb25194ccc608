"""What is cheaper now: the promotions that run, and what has a sale price."""

from flows.customer.machine import customer
from flows.customer.options import BROWSE, SEARCH, USSD, product_option
from flows.customer.ordering import changes_besides
from flows.heard import Choice
from flows.message import Message
from flows.place import Step
from flows.ports.promotions import Promotion
from flows.promotion_words import described
from flows.reply import Reply
from flows.until import until_of
from flows.visit import Visit
from intents.understanding import Asked, Understanding
from intents.wish import Wish

# More are not read.
MOST_TOLD = 5
MOST_LISTED = 9


@customer.state("offers")
class Offers:
    """Promotions in words, goods on sale to choose from."""

    def show(self, visit: Visit) -> Reply:
        port = visit.ports.offers
        promotions = port.promotions()[:MOST_TOLD] if port is not None else ()
        on_sale = port.on_sale()[:MOST_LISTED] if port is not None else ()
        if not promotions and not on_sale:
            none = Message("offers-none", shop=visit.ports.shop.name)
            return visit.say(none, options=(BROWSE, SEARCH))
        told = tuple(line(visit, each) for each in promotions)
        sale = (Message("offers-on-sale"),) if on_sale else ()
        options = (*map(product_option, on_sale), *(() if on_sale else (BROWSE,)))
        return visit.say(*told, *sale, options=options, asks=Asked.PRODUCT if on_sale else None)


@customer.anywhere("offers", Wish.OFFERS)
def offers(visit: Visit, heard: Choice | Understanding) -> Step:
    if (asked := changes_besides(visit, heard)) is not None:
        return asked
    return visit.go("offers")


def line(visit: Visit, promotion: Promotion) -> Message:
    """ "FRIDAY: 10% off Rice, until 27 Nov"."""
    what = described(promotion)
    if promotion.until is None or visit.ports.medium == USSD:
        return Message("offer", name=promotion.name, what=what)
    until = until_of(visit, promotion.until)
    return Message("offer-until", name=promotion.name, what=what, until=until)
