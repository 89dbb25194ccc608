"""A product's card: price, what is left, its kinds, and how many."""

from collections.abc import Mapping
from dataclasses import replace

from flows.customer.certainty import sure
from flows.customer.changes import Act, Change
from flows.customer.goods import Goods, fewest, goods
from flows.customer.machine import customer
from flows.customer.options import BROWSE, CHECKOUT, HUMAN, USSD, WHATSAPP, tell_back
from flows.customer.ordering import conclude, execute, make_sure
from flows.customer.planning import plan
from flows.customer.price_words import explained, in_list
from flows.heard import Choice
from flows.machine import on
from flows.message import Message, verbatim
from flows.place import Step
from flows.ports.catalogue import Product, Variant
from flows.reply import Option, Picture, Reply
from flows.visit import Visit
from intents.intent import Intent
from intents.understanding import Action, Asked, Item, Understanding

# From here on customers are told how few there are.
FEW = 3

INTENTS: Mapping[Act, Intent] = {
    Act.ADD: Intent.ADD_TO_CART,
    Act.SET: Intent.UPDATE_CART,
    Act.TAKE: Intent.REMOVE_FROM_CART,
}


class Card:
    """What the card of a product and of one of its kinds share."""

    @on(Asked.QUANTITY)
    def so_many(self, visit: Visit, heard: Understanding) -> Step:
        """ "Three" while a card is open means three of it."""
        if heard.text.strip().isdigit():
            # A digit that no option of the card has may belong to another list.
            items = tuple(_of(visit.text("sku"), item) for item in heard.items)
            made = plan(visit, (Action(Intent.ADD_TO_CART, items),))
            return make_sure(visit, made, heard.text)
        setting = heard.intent is Intent.UPDATE_CART
        return take_said(visit, heard, Act.SET if setting else Act.ADD)

    @on("picture")
    def picture(self, visit: Visit, heard: Choice) -> Step:
        product = visit.ports.catalogue.product(heard.argument or visit.text("sku"))
        if product is None or product.picture is None:
            return visit.stay(Message("picture-none"))
        shown = visit.show(visit)
        caption = Message("product-priced", name=product.name, price=product.price)
        return visit.answer(
            Reply(shown.messages, shown.menu, (Picture(product.picture, caption),), asks=shown.asks)
        )


@customer.state("product")
class ProductCard(Card):
    """`sku` is the product's. One with kinds lets one be chosen first."""

    def show(self, visit: Visit) -> Reply:
        product = visit.ports.catalogue.product(visit.text("sku"))
        if product is None:
            return visit.say(Message("product-gone"), options=(BROWSE,))
        if not product.variants:
            return card(visit, product, goods(product, product.sku))
        return visit.say(
            Message("product-kinds", name=product.name),
            options=(
                *map(_variant_option, product.variants),
                *_picture(visit, product),
                *_onward(visit),
            ),
            asks=Asked.PRODUCT,
        )


@customer.state("variant")
class VariantCard(Card):
    """`sku` is one kind's own."""

    def show(self, visit: Visit) -> Reply:
        product = visit.ports.catalogue.product(visit.text("sku"))
        if product is None:
            return visit.say(Message("product-gone"), options=(BROWSE,))
        return card(visit, product, goods(product, visit.text("sku")))


def _variant_option(variant: Variant) -> Option:
    gone = variant.free is not None and variant.free <= 0
    price = Message("price-sold-out") if gone else in_list(variant.price, variant.terms)
    return Option(f"variant:{variant.sku}", verbatim(variant.label), price)


def card(visit: Visit, product: Product, one: Goods) -> Reply:
    """Something with one price and one stock."""
    why = explained(visit, one.terms) if one.terms else ()
    messages = [
        _price(product, one),
        *why,
        *_agreed(visit, one.sku),
        *_rated(product),
        *_description(product),
    ]
    if one.sold_out:
        shelf = (_same_shelf(product),) if product.category else (BROWSE,)
        # Under "it is sold out" the card need not say so again.
        sorry = () if visit.heading else (Message("product-sold-out"),)
        told = (tell_back(one.sku),) if visit.ports.wishes is not None else ()
        return visit.say(*messages, *sorry, options=(*shelf, *told, HUMAN))
    if one.free is not None and one.free <= FEW:
        messages.append(Message("product-only-left", count=one.free))
    if one.minimum > 1:
        messages.append(Message("product-minimum", least=one.minimum))
    return visit.say(
        *messages,
        options=(
            _add(visit, one),
            Option(f"quantity:{one.sku}", Message("option-quantity")),
            *_bargain(visit, one.sku),
            *_picture(visit, product),
            *_onward(visit),
        ),
        asks=Asked.QUANTITY,
    )


def _add(visit: Visit, one: Goods) -> Option:
    """As few as may be: one more, or what it is sold from."""
    least = fewest(visit, one)
    label = Message("option-add-some", least=least) if least > 1 else Message("option-add-one")
    return Option(Change(Act.ADD, one.sku, least).id, label)


def _bargain(visit: Visit, sku: str) -> tuple[Option, ...]:
    """Elsewhere people ask for the last price in words, as they do at a stall."""
    if visit.ports.medium != USSD or not visit.ports.bargains.about(sku):
        return ()
    return (Option(f"bargain:{sku}", Message("option-bargain")),)


def _onward(visit: Visit) -> tuple[Option, ...]:
    """Who has things in the cart may only have been looking."""
    return (CHECKOUT,) if visit.ports.cart.read().lines else ()


def _price(product: Product, one: Goods) -> Message:
    if product.unit:
        return Message("product-priced-unit", name=one.title, price=one.price, unit=product.unit)
    return Message("product-priced", name=one.title, price=one.price)


def _agreed(visit: Visit, sku: str) -> tuple[Message, ...]:
    agreed = visit.ports.cart.agreed_price(sku)
    return (Message("product-agreed", price=agreed),) if agreed else ()


def _rated(product: Product) -> tuple[Message, ...]:
    """What buyers think of it, once there are some."""
    rating = product.rating
    if rating is None:
        return ()
    return (Message("product-rated", count=rating.count, average=rating.written),)


def _description(product: Product) -> tuple[Message, ...]:
    return (verbatim(product.description),) if product.description else ()


def _picture(visit: Visit, product: Product) -> tuple[Option, ...]:
    """Pictures cost data, so they are not sent again unless asked for, and only where they can be seen."""
    if product.picture is None or visit.ports.medium != WHATSAPP:
        return ()
    return (Option(f"picture:{product.sku}", Message("option-picture")),)


def _same_shelf(product: Product) -> Option:
    return Option(f"category:{product.category}", Message("option-similar"))


def open_product(visit: Visit, sku: str) -> Step:
    """The card of a product, or of one of its kinds where `sku` names that."""
    product = visit.ports.catalogue.product(sku)
    if product is None:
        return visit.stay(Message("product-gone"))
    visit.ports.facts.record("product-viewed", sku=product.sku)
    if product.variant(sku) is not None:
        return _covered(visit, product, visit.go("variant", sku=sku))
    opened = visit.go("product", sku=product.sku)
    return opened if product.variants else _covered(visit, product, opened)


def _covered(visit: Visit, product: Product, opened: Step) -> Step:
    """A card that is opened shows its picture in the same message; one that is only shown again does not
    cost that a second time. Under a list of kinds WhatsApp has no room for one."""
    asked, menu = {option.id for option in _picture(visit, product)}, opened.reply.menu
    if menu is None or asked.isdisjoint(option.id for option in menu.options):
        return opened
    menu = replace(menu, options=tuple(each for each in menu.options if each.id not in asked))
    return replace(opened, reply=replace(opened.reply, menu=menu, cover=product.picture))


@customer.anywhere("product", "variant")
def chosen(visit: Visit, heard: Choice) -> Step:
    return open_product(visit, heard.argument)


def take_said(visit: Visit, heard: Understanding, act: Act) -> Step:
    """A quantity in words or digits, of what is on the screen unless something else was named."""
    here = visit.text("sku")
    items = tuple(item if item.sku or item.candidates else _of(here, item) for item in heard.items)
    leaving = heard.intent is Intent.REMOVE_FROM_CART
    made = plan(visit, (Action(heard.intent if leaving else INTENTS[act], items),))
    if not sure(heard) and any(item.sku != here for item in items):
        return make_sure(visit, made, heard.text)
    return conclude(visit, execute(visit, made))


def _of(sku: str, item: Item) -> Item:
    return Item(item.mention or sku, sku, item.quantity, item.unit)
