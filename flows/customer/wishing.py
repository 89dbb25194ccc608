"""The wish list: what one would like to have, and be told of when it is back."""

from collections.abc import Sequence

from flows.customer.changes import Act, Change
from flows.customer.goods import find_goods, title_of
from flows.customer.machine import customer
from flows.customer.options import BROWSE, CART, SEARCH
from flows.customer.ordering import changes_besides
from flows.heard import Choice
from flows.message import Message, verbatim
from flows.place import Step
from flows.reply import Option, Reply
from flows.visit import Visit
from intents.intent import Intent
from intents.understanding import Asked, Understanding
from intents.wish import Wish


def keep_wish(visit: Visit, sku: str) -> Message:
    """Put it on the list, and say what comes of that."""
    if visit.ports.wishes is None:
        return Message("wishlist-none")
    visit.ports.wishes.keep(sku)
    visit.ports.facts.record("wish-kept", sku=sku)
    found = find_goods(visit, sku)
    if found is not None and found.sold_out:
        return Message("wish-told-when-back", name=found.title)
    return Message("wish-kept", name=title_of(visit, sku))


@customer.state("wishlist")
class WishList:
    """The newest wish first."""

    def show(self, visit: Visit) -> Reply:
        skus = _wished(visit)
        options = tuple(_option(visit, sku) for sku in skus)
        if not options:
            return visit.say(Message("wishlist-empty"), options=(BROWSE, SEARCH))
        return visit.say(Message("wishlist-title"), options=options, asks=Asked.PRODUCT)


@customer.state("wished")
class Wished:
    """One thing on it: into the cart, or off the list."""

    def show(self, visit: Visit) -> Reply:
        sku = visit.text("sku")
        found = find_goods(visit, sku)
        away = Option(f"unwish:{sku}", Message("option-unwish"))
        if found is None:
            return visit.say(Message("product-gone"), options=(away,))
        if found.sold_out:
            return visit.say(Message("wish-told-when-back", name=found.title), options=(away,))
        priced = Message("product-priced", name=found.title, price=found.price)
        product = visit.ports.catalogue.product(sku)
        choosing = product is not None and product.variants and product.sku == sku
        buy = f"product:{sku}" if choosing else Change(Act.ADD, sku, 1).id
        return visit.say(priced, options=(Option(buy, Message("option-add-one")), away))


def _wished(visit: Visit) -> Sequence[str]:
    return visit.ports.wishes.wished() if visit.ports.wishes is not None else ()


def _option(visit: Visit, sku: str) -> Option:
    found = find_goods(visit, sku)
    if found is None:
        return Option(f"wished:{sku}", verbatim(sku), Message("product-gone"))
    price = (
        Message("price-sold-out") if found.sold_out else Message("price-only", price=found.price)
    )
    return Option(f"wished:{sku}", verbatim(found.title), price)


@customer.anywhere(Wish.WISHLIST, "wishlist")
def show_list(visit: Visit, _: Choice | Understanding) -> Step:
    return visit.go("wishlist")


@customer.anywhere("wished")
def open_wish(visit: Visit, heard: Choice) -> Step:
    return visit.go("wished", sku=heard.argument)


@customer.anywhere("unwish")
def unwish(visit: Visit, heard: Choice) -> Step:
    if visit.ports.wishes is not None:
        visit.ports.wishes.drop(heard.argument)
    visit.note(Message("wish-dropped", name=title_of(visit, heard.argument)))
    return visit.go("wishlist")


@customer.anywhere("tell-back")
def tell_when_back(visit: Visit, heard: Choice) -> Step:
    said = keep_wish(visit, heard.argument)
    return visit.answer(visit.say(said, options=(CART, BROWSE)))


@customer.anywhere(Intent.WISHLIST_ADD, Wish.TELL_WHEN_BACK)
def wished_for(visit: Visit, heard: Understanding) -> Step:
    """What is named, or what is on the screen; without either the list is shown."""
    if (asked := changes_besides(visit, heard)) is not None:
        return asked
    named = [item.sku for item in heard.items if item.sku]
    if not named and any(item.candidates for item in heard.items):
        skus = tuple(sku for item in heard.items for sku in item.candidates)
        options = tuple(Option(f"tell-back:{sku}", verbatim(title_of(visit, sku))) for sku in skus)
        return visit.answer(visit.say(Message("wish-which"), options=options))
    skus = tuple(dict.fromkeys(named or filter(None, [visit.text("sku")])))
    if not skus:
        return visit.go("wishlist")
    said = tuple(keep_wish(visit, sku) for sku in skus)
    return visit.answer(visit.say(*said, options=(CART, BROWSE)))
