"""Haggling: the shop's price of now, the customer's, and the one that both agree to."""

from flows.customer.bids import Bid, Said, figure_in, is_bare, weigh_figure
from flows.customer.certainty import sure
from flows.customer.changes import Act
from flows.customer.draft import left_at
from flows.customer.goods import find_goods
from flows.customer.machine import customer, elsewhere
from flows.customer.options import BROWSE, CART, HUMAN, NO, USSD, YES
from flows.explain import explain
from flows.heard import Choice
from flows.machine import junction, on
from flows.message import Message
from flows.money import Money
from flows.place import Place, Spot, Step
from flows.ports.bargains import Bargain, Countered, Struck
from flows.ports.refusals import NeedsVariant, NotBargained, Refusal
from flows.reply import Option, Reply
from flows.visit import Visit
from intents.intent import Intent
from intents.understanding import Asked, Understanding

SAY = Option("say-price", Message("option-say-price"))
STATES = frozenset({"bargain", "bargain-offer", "bargain-mean", "bargain-which"})
# What somebody says who names a price, or takes the one on the table.
BIDDING = (Intent.NEGOTIATE, Intent.ADD_TO_CART, Intent.UPDATE_CART, Intent.PAY, Intent.ASK_PRICE)


@customer.state("bargain")
class Bargaining:
    """`sku` is haggled about: the counter-offer that stands is on the table."""

    def show(self, visit: Visit) -> Reply:
        stands = visit.ports.bargains.standing(visit.text("sku"))
        if not isinstance(stands, Countered):
            over = explain(stands) if isinstance(stands, Refusal) else Message("bargain-over")
            return visit.say(over, options=(CART, BROWSE, HUMAN))
        words = (
            Message("bargain-last", name=stands.name, price=stands.price)
            if stands.last
            else Message("bargain-now", name=stands.name, listed=stands.listed, price=stands.price)
        )
        deal = Option(f"deal:{stands.sku}", Message("option-deal", price=stands.price))
        return visit.say(words, options=(deal, SAY, NO), asks=Asked.QUANTITY)

    @on("deal", Intent.AFFIRM)
    def agree(self, visit: Visit, heard: Choice | Understanding) -> Step:
        if isinstance(heard, Understanding) and not sure(heard):
            return visit.stay(Message("choose-one"))
        return told(visit, visit.ports.bargains.take(visit.text("sku")))

    @on("say-price")
    def name_a_price(self, visit: Visit, _: Choice) -> Step:
        return visit.go("bargain-offer", sku=visit.text("sku"))

    @on(Asked.QUANTITY, *BIDDING)
    def bid(self, visit: Visit, heard: Understanding) -> Step:
        """A number is an offer. On USSD, where all answers are numbers, only where it was asked for."""
        said = figure_in(heard)
        if speaks_of_others(visit, heard):
            return elsewhere(visit, heard) or visit.stay(Message("choose-one"))
        if said is not None and visit.ports.medium == USSD:
            return visit.stay(Message("choose-one"))
        if said is not None:
            return weigh(visit, visit.text("sku"), said, heard)
        if any(item.quantity is not None for item in heard.items):
            return visit.stay(Message("bargain-price-first"))
        if heard.intent is Intent.ADD_TO_CART:
            return self.agree(visit, heard)
        if heard.intent is Intent.NEGOTIATE:
            return told(visit, visit.ports.bargains.haggle(visit.text("sku"), None))
        return elsewhere(visit, heard) or visit.stay()

    @on("no", Intent.DENY)
    def leave(self, visit: Visit, _: Choice | Understanding) -> Step:
        visit.ports.facts.record("bargain-refused", sku=visit.text("sku"))
        return visit.back(Message("bargain-left"))


@customer.state("bargain-offer")
class Offering:
    """What would the customer pay for one `sku`? Digits are an amount here, so there are no options."""

    def show(self, visit: Visit) -> Reply:
        goods = find_goods(visit, visit.text("sku"))
        if goods is None:
            return visit.say(Message("product-gone"), options=(BROWSE,))
        asked = Message("bargain-ask", name=goods.title, price=goods.price)
        return visit.say(asked, asks=Asked.QUANTITY)

    @on(Asked.QUANTITY, *BIDDING)
    def bid(self, visit: Visit, heard: Understanding) -> Step:
        said = figure_in(heard)
        if speaks_of_others(visit, heard):
            return elsewhere(visit, heard) or visit.stay()
        return visit.stay() if said is None else weigh(visit, visit.text("sku"), said, heard)

    @on(Intent.DENY)
    def leave(self, visit: Visit, _: Understanding) -> Step:
        return visit.back()


@customer.state("bargain-mean")
class Meaning:
    """ "Do you offer 22,500 for one?" `offer` is that, in minor units."""

    def show(self, visit: Visit) -> Reply:
        goods = find_goods(visit, visit.text("sku"))
        name = goods.title if goods else visit.text("sku")
        asked = Message("bargain-mean", name=name, price=self._offer(visit))
        return visit.say(asked, options=(YES, SAY, NO), asks=Asked.YES_NO)

    @on("yes", Intent.AFFIRM)
    def meant(self, visit: Visit, heard: Choice | Understanding) -> Step:
        if isinstance(heard, Understanding) and not sure(heard):
            return visit.stay(Message("choose-one"))
        return offer(visit, visit.text("sku"), self._offer(visit))

    @on("say-price")
    def another(self, visit: Visit, _: Choice) -> Step:
        return visit.swap("bargain-offer", sku=visit.text("sku"))

    @on("no", Intent.DENY)
    def not_meant(self, visit: Visit, _: Choice | Understanding) -> Step:
        return visit.back(Message("left-as-it-was"))

    @on(Intent.NEGOTIATE, Asked.QUANTITY)
    def other_bid(self, visit: Visit, heard: Understanding) -> Step:
        said = figure_in(heard)
        if said is None or speaks_of_others(visit, heard):
            return elsewhere(visit, heard) or visit.stay()
        return weigh(visit, visit.text("sku"), said, heard)

    def _offer(self, visit: Visit) -> Money:
        return Money(visit.number("offer"), visit.ports.shop.currency)


def speaks_of_others(visit: Visit, heard: Understanding) -> bool:
    """Whether goods are named that are not those on the table."""
    here = visit.text("sku")
    product = visit.ports.catalogue.product(here)
    same = {here, product.sku if product else here, None}
    return any(item.sku not in same or (item.candidates and not item.sku) for item in heard.items)


def weigh(visit: Visit, sku: str, said: Said, heard: Understanding | None = None) -> Step:
    """A figure as an offer for one; where it cannot be one, or may mean something else, it is asked."""
    stands = visit.ports.bargains.standing(sku)
    goods = find_goods(visit, sku)
    if goods is None or isinstance(stands, Struck | Refusal):
        return told(visit, visit.ports.bargains.haggle(sku, None))
    bid = weigh_figure(said, goods.price, _spoken_of(visit, sku, heard))
    if not isinstance(bid, Bid):
        note = (
            Message("bargain-above", name=goods.title, price=goods.price)
            if bid.above
            else Message("bargain-unclear")
        )
        return visit.note(note).go("bargain-offer", sku=sku)
    if bid.clear and heard is not None and sure(heard):
        return offer(visit, sku, bid.price)
    return visit.go("bargain-mean", sku=sku, offer=bid.price.minor)


def _spoken_of(visit: Visit, sku: str, heard: Understanding | None) -> int:
    """How many the amount may be for: as was said, else as many as are in the cart."""
    items = heard.items if heard is not None else ()
    counts = [item.quantity for item in items if item.sku == sku and not is_bare(item)]
    if counts and counts[0] and 1 <= counts[0] <= 999:
        return int(counts[0])
    return next((x.quantity for x in visit.ports.cart.read().lines if x.sku == sku), 1)


def offer(visit: Visit, sku: str, price: Money) -> Step:
    """A price that the customer names for one."""
    result = visit.ports.bargains.haggle(sku, price)
    if isinstance(result, Countered):
        visit.note(Message("bargain-too-little", price=price))
    return told(visit, result)


@junction("bargained")
def told(visit: Visit, result: Bargain | Refusal) -> Step:
    """What the shop answered."""
    if isinstance(result, Struck):
        return _agreed(visit, result)
    if isinstance(result, Countered):
        if result.opened:
            visit.ports.facts.record("bargain-opened", sku=result.sku, price=result.price.minor)
        visit.place = _before(visit.place)
        return visit.go("bargain", sku=result.sku)
    if isinstance(result, NeedsVariant):
        product = visit.ports.catalogue.product(result.sku)
        kinds = product.variants if product else ()
        skus = tuple(kind.sku for kind in kinds if visit.ports.bargains.about(kind.sku))
        return visit.go("bargain-which", skus=skus)
    visit.place = _before(visit.place)
    if isinstance(result, NotBargained):
        return visit.go("info", topic="negotiate")
    return visit.answer(visit.say(explain(result), options=(CART, BROWSE, HUMAN)))


def _agreed(visit: Visit, deal: Struck) -> Step:
    """Into the cart with it: the line that is there costs less now, else it is asked how many."""
    if deal.anew:
        visit.ports.facts.record("bargain-agreed", sku=deal.sku, price=deal.price.minor)
    visit.note(
        Message("bargain-agreed", name=deal.name, price=deal.price, until=deal.until)
        if deal.anew
        else Message("bargain-agreed-before", name=deal.name, price=deal.price, until=deal.until)
    )
    visit.place = _before(visit.place)
    if not deal.in_cart:
        return visit.go("quantity", sku=deal.sku, act=Act.ADD.value)
    ordering = left_at(visit.place.enter(Spot("bargain")))
    if ordering is not None:
        visit.place = ordering
        return visit.stay()
    return visit.go("cart")


def _before(place: Place) -> Place:
    """Where one was before it came to haggling."""
    trail = tuple(spot for spot in place.trail if spot.state not in STATES)
    if place.spot.state not in STATES:
        return Place(place.spot, trail)
    return Place(trail[-1], trail[:-1]) if trail else Place(Spot(customer.home))
