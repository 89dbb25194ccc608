"""After a change of the cart: what it comes to, and whether there is more to buy."""

from flows.customer.machine import customer
from flows.customer.options import BROWSE, CHECKOUT, SEARCH, cart_of
from flows.customer.savings import asides, of_cart
from flows.machine import on
from flows.message import Message
from flows.place import Step
from flows.reply import Reply
from flows.visit import Visit
from intents.intent import Intent
from intents.understanding import Understanding


@customer.state("more")
class More:
    """`sku` is what was changed last, so that "make it 5" has a meaning."""

    def show(self, visit: Visit) -> Reply:
        cart = visit.ports.cart.read()
        if not cart.lines:
            return visit.say(Message("cart-empty"), options=(BROWSE, SEARCH))
        saved = of_cart(visit, cart)
        return visit.say(
            Message("home-cart", count=cart.count, total=cart.subtotal),
            *saved,
            options=(CHECKOUT, cart_of(cart.count), BROWSE),
            asides=asides(saved),
        )

    @on(Intent.DENY)
    def nothing_more(self, visit: Visit, _: Understanding) -> Step:
        """ "No, that is all": the cart is shown, with the way to the checkout."""
        return visit.go("cart")
