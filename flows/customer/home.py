"""The greeting and the main menu, and how a USSD session begins."""

from flows.customer.draft import STATES as CHECKOUT_STATES
from flows.customer.draft import left_at
from flows.customer.machine import customer
from flows.customer.opening import closed_notice
from flows.customer.options import (
    BROWSE,
    CHECKOUT,
    HELP,
    HUMAN,
    LANGUAGE,
    SEARCH,
    TRACK,
    WHATSAPP,
    cart_of,
)
from flows.customer.ordering import changes_besides
from flows.customer.product import open_product
from flows.customer.verified import badge
from flows.heard import Choice, Dialled
from flows.machine import on
from flows.message import Message
from flows.place import Place, Spot, Step
from flows.ports.orders import Order
from flows.reply import Option, Reply
from flows.visit import Visit
from intents.intent import Intent
from intents.understanding import Understanding

CONTINUE = Option("continue", Message("option-continue"))
RESTART = Option("restart", Message("option-restart"))

# Order numbers begin here, product codes end before.
FIRST_ORDER_NUMBER = 1001

# Nothing is lost when one of these is left.
PASSING = frozenset(
    {
        "home",
        "offers",
        "order",
        "orders",
        "paying",
        "wallet",
        "receipt",
        "refunds",
        "info",
        "language",
        "more",
        "cart",
    }
)


@customer.state("home")
class Home:
    """The shop's front door."""

    def show(self, visit: Visit) -> Reply:
        cart = visit.ports.cart.read()
        welcome = Message("home-welcome", shop=visit.ports.shop.name)
        messages = [welcome, *_praised(visit), *closed_notice(visit)]
        if cart.lines:
            total = visit.ports.orders.quote().total
            messages.append(Message("home-cart", count=cart.count, total=total))
        return visit.say(*messages, options=self._options(visit, cart.count))

    def _options(self, visit: Visit, pieces: int) -> tuple[Option, ...]:
        under_way = [order for order in visit.ports.orders.mine() if not order.closed]
        cart = (cart_of(pieces), CHECKOUT) if pieces else ()
        spoken = visit.ports.languages.names(visit.ports.shop.locales)
        language = (LANGUAGE,) if len(spoken) > 1 else ()
        return (*cart, BROWSE, SEARCH, _track(under_way), HELP, HUMAN, *language)


def _praised(visit: Visit) -> tuple[Message, ...]:
    """The badge and the stars, where there is room for them."""
    if visit.ports.medium != WHATSAPP:
        return ()
    rating = visit.ports.shop.rating
    if rating is None:
        return badge(visit)
    return (*badge(visit), Message("shop-rated", count=rating.count, average=rating.written))


def _track(under_way: list[Order]) -> Option:
    """With one order under way the shortcut says which."""
    if len(under_way) == 1:
        return Option("track", Message("option-track-order", number=under_way[0].number))
    return TRACK


@customer.state("resume")
class Resume:
    """A dropped USSD session was dialled again."""

    def show(self, visit: Visit) -> Reply:
        return visit.say(
            Message("resume-ask", shop=visit.ports.shop.name), options=(CONTINUE, RESTART)
        )

    @on("continue", Intent.AFFIRM)
    def go_on(self, visit: Visit, _: Choice) -> Step:
        return visit.back()

    @on("restart", Intent.DENY)
    def start_again(self, visit: Visit, _: Choice) -> Step:
        return visit.home()


@customer.anywhere(Dialled)
def dialled(visit: Visit, heard: Dialled) -> Step:
    """A deep code goes straight to its product or order, whatever was open before."""
    if heard.code:
        return open_code(visit, heard.code)
    if heard.resumable and _worth_resuming(visit.place):
        return visit.go("resume")
    return visit.home()


def _worth_resuming(place: Place) -> bool:
    """Whether something was begun there that is tedious to begin anew."""
    return bool({spot.state for spot in (place.spot, *place.trail)} - PASSING)


def open_code(visit: Visit, code: str) -> Step:
    """A product's code (1 to 999), or one of the customer's own orders."""
    number = int(code) if code.isascii() and code.isdigit() and len(code) < 10 else 0
    if number >= FIRST_ORDER_NUMBER and visit.ports.orders.find(number) is not None:
        return visit.restart("order", number=number)
    product = visit.ports.catalogue.by_code(number) if 0 < number < FIRST_ORDER_NUMBER else None
    if product is None:
        return visit.home(Message("code-unknown", code=code))
    visit.place = Place(Spot(visit.home_state))
    return open_product(visit, product.sku)


@customer.anywhere(Intent.GREET)
def greet(visit: Visit, heard: Understanding) -> Step:
    """Who comes back in the middle of a checkout finds it where it was."""
    if (asked := changes_besides(visit, heard)) is not None:
        return asked
    left = visit.place if visit.place.spot.state in CHECKOUT_STATES else left_at(visit.place)
    if left is not None and visit.ports.cart.read().lines:
        visit.place = left
        return visit.stay(Message("welcome-back"))
    return visit.home()
