"""What is in the cart, and what to do with it."""

from collections.abc import Callable, Mapping

from flows.customer.certainty import sure
from flows.customer.changes import Act, Change
from flows.customer.goods import title_of
from flows.customer.machine import customer
from flows.customer.options import BROWSE, CART, CHECKOUT, NO, SEARCH, YES
from flows.customer.ordering import changes_besides
from flows.customer.savings import asides, of_cart
from flows.explain import explain
from flows.heard import Choice
from flows.machine import on
from flows.message import Message, verbatim
from flows.place import Step
from flows.ports.cart import Cart, CartChange, CartLine, Gone, Lapsed, Reduced, Repriced
from flows.ports.refusals import BelowMinimum
from flows.reply import Option, Reply
from flows.visit import Visit
from intents.intent import Intent
from intents.understanding import Asked, Understanding

CHANGES: Mapping[type[CartChange], Callable[..., Message]] = {
    Gone: lambda change: Message("cart-gone", name=change.name),
    Reduced: lambda change: Message("cart-reduced", count=change.left, name=change.name),
    Repriced: lambda change: Message(
        "cart-repriced", name=change.name, before=change.before, after=change.after
    ),
    Lapsed: lambda change: Message(
        "cart-lapsed", name=change.name, before=change.before, after=change.after
    ),
}

CHANGE = Option("change", Message("option-change"))
CLEAR = Option("clear", Message("option-clear"))


def differences(cart: Cart) -> tuple[Message, ...]:
    """What became different since the cart was last shown."""
    return tuple(CHANGES[type(change)](change) for change in cart.changes)


def short_of(cart: Cart) -> str:
    """The option id of something like the first thing that is short; "" where nothing is."""
    for change in cart.changes:
        if isinstance(change, Gone | Reduced) and change.sku:
            short = change.wanted if isinstance(change, Gone) else change.short
            return f"instead:{change.sku}:{short}"
    return ""


def likes(visit: Visit, cart: Cart) -> tuple[Option, ...]:
    """A way to something like what is short, or was when the last step looked."""
    way = short_of(cart) or visit.text("like")
    if not way:
        return ()
    sku = way.partition(":")[2].rpartition(":")[0]
    return (Option(way, Message("option-like", name=title_of(visit, sku))),)


def too_little(visit: Visit, cart: Cart) -> BelowMinimum | None:
    """What is missing before the shop takes an order, unless a promotion waives that."""
    minimum = visit.ports.shop.minimum_order
    if minimum is None or cart.subtotal >= minimum or visit.ports.orders.quote().waives_minimum:
        return None
    return BelowMinimum(minimum, minimum - cart.subtotal)


@customer.state("cart")
class CartView:
    """The cart with fresh prices and stock."""

    def show(self, visit: Visit) -> Reply:
        cart = visit.ports.cart.read(refresh=True)
        if not cart.lines:
            empty = (*differences(cart), Message("cart-empty"))
            return visit.say(*empty, options=(*likes(visit, cart), BROWSE, SEARCH))
        lines = Message("cart-lines", lines=tuple(map(_line, cart.lines)), total=cart.subtotal)
        saved = of_cart(visit, cart)
        if (little := too_little(visit, cart)) is not None:
            said = (*differences(cart), lines, *saved, explain(little))
            return visit.say(*said, options=(BROWSE, SEARCH, CHANGE, CLEAR), asides=asides(saved))
        said = (*differences(cart), lines, *saved)
        # One text still holds it all.
        like = likes(visit, cart)
        further = (*like, BROWSE, CHANGE) if like or saved else (BROWSE, CHANGE, CLEAR)
        return visit.say(*said, options=(CHECKOUT, *further), asides=asides(saved))

    @on("change")
    def change(self, visit: Visit, _: Choice) -> Step:
        lines = visit.ports.cart.read().lines
        return visit.go("line", sku=lines[0].sku) if len(lines) == 1 else visit.go("lines")

    @on(Intent.AFFIRM)
    def go_on(self, visit: Visit, _: Understanding) -> Step:
        """ "Yes" to a full cart is not yet a yes to anything that costs money."""
        return visit.stay(Message("choose-one"))


def _line(line: CartLine) -> Message:
    if line.terms is not None and line.terms.reduced and line.quantity > 1:
        return Message(
            "cart-line-less",
            quantity=line.quantity,
            name=line.name,
            total=line.total,
            price=line.unit_price,
        )
    return Message("cart-line", quantity=line.quantity, name=line.name, total=line.total)


@customer.state("lines")
class Lines:
    """Which line is to be changed."""

    def show(self, visit: Visit) -> Reply:
        lines = visit.ports.cart.read().lines
        if not lines:
            return visit.say(Message("cart-empty"), options=(BROWSE, SEARCH))
        options = [
            Option(f"line:{line.sku}", verbatim(f"{line.quantity} x {line.name}")) for line in lines
        ]
        return visit.say(Message("lines-ask"), options=options, asks=Asked.PRODUCT)


@customer.state("line")
class Line:
    """One line: another quantity, or out with it."""

    def show(self, visit: Visit) -> Reply:
        sku = visit.text("sku")
        line = next((line for line in visit.ports.cart.read().lines if line.sku == sku), None)
        if line is None:
            return visit.say(Message("line-gone"), options=(CART, BROWSE))
        return visit.say(
            _line(line),
            options=(
                Option(f"new-quantity:{sku}", Message("option-new-quantity")),
                Option(Change(Act.TAKE, sku, 0).id, Message("option-remove")),
            ),
        )


@customer.state("clear")
class Clear:
    """The cart is emptied only after a yes."""

    def show(self, visit: Visit) -> Reply:
        cart = visit.ports.cart.read()
        return visit.say(
            Message("clear-ask", count=cart.count), options=(YES, NO), asks=Asked.YES_NO
        )

    @on("yes", Intent.AFFIRM)
    def yes(self, visit: Visit, heard: Choice | Understanding) -> Step:
        if isinstance(heard, Understanding) and not sure(heard):
            return visit.stay(Message("choose-one"))
        visit.ports.cart.clear()
        visit.ports.facts.record("cart-changed", act="clear")
        return visit.home(Message("cart-cleared"))

    @on("no", Intent.DENY)
    def no(self, visit: Visit, _: Choice | Understanding) -> Step:
        return visit.back(Message("left-as-it-was"))


@customer.anywhere("cart", Intent.VIEW_CART)
def view(visit: Visit, heard: Choice | Understanding) -> Step:
    return changes_besides(visit, heard) or visit.go("cart")


@customer.anywhere("clear", Intent.CLEAR_CART)
def clear(visit: Visit, heard: Choice | Understanding) -> Step:
    """Who may only have said "cart" is shown it, with the way to empty it."""
    if not visit.ports.cart.read().lines:
        return visit.stay(Message("cart-empty"))
    if isinstance(heard, Understanding) and not sure(heard):
        return visit.go("cart")
    return visit.go("clear")


@customer.anywhere("line")
def open_line(visit: Visit, heard: Choice) -> Step:
    return visit.go("line", sku=heard.argument)
