"""Options that many states offer. Their ids are stable; their labels are texts like any other."""

from flows.customer.price_words import in_list
from flows.message import Message
from flows.ports.catalogue import Product
from flows.reply import Option

USSD = "ussd"
WHATSAPP = "whatsapp"

BACK = Option("back", Message("option-back"))
HOME = Option("home", Message("option-home"))
BROWSE = Option("browse", Message("option-browse"))
SEARCH = Option("search", Message("option-search"))
CHECKOUT = Option("checkout", Message("option-checkout"))
CART = Option("cart", Message("option-cart"))
TRACK = Option("track", Message("option-track"))
HELP = Option("help", Message("option-help"))
OFFERS = Option("offers", Message("option-offers"))
HUMAN = Option("human", Message("option-human"))
LANGUAGE = Option("language", Message("option-language"))
YES = Option("yes", Message("option-yes"))
NO = Option("no", Message("option-no"))
NONE = Option("no", Message("option-none"))


def tell_back(sku: str) -> Option:
    """To be told when something is there again."""
    return Option(f"tell-back:{sku}", Message("option-tell-back"))


def deliver_to(area: str) -> Option:
    """To have the cart brought to a place that was asked about."""
    return Option(f"deliver-to:{area}", Message("option-deliver-there"))


def cart_of(count: int) -> Option:
    """The cart, with how many pieces are in it."""
    return Option("cart", Message("option-cart-count", count=count))


def product_option(product: Product) -> Option:
    """A product in a list, with what must be known before choosing it."""
    return Option(
        f"product:{product.sku}", Message("verbatim", text=product.name), price_of(product)
    )


def price_of(product: Product) -> Message:
    if product.sold_out:
        return Message("price-sold-out")
    if product.variants:
        return Message("price-from", price=product.price)
    return in_list(product.price, product.terms)
