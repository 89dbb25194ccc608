"""Finding things by name."""

from collections.abc import Sequence

from flows.customer.browsing import list_of
from flows.customer.machine import customer, elsewhere
from flows.customer.options import BROWSE, HUMAN, SEARCH
from flows.customer.ordering import changes_besides
from flows.customer.planning import ACTS
from flows.customer.product import open_product
from flows.heard import Choice
from flows.machine import on
from flows.message import Message
from flows.place import Step
from flows.reply import Reply
from flows.visit import Visit
from intents.intent import Intent
from intents.understanding import Asked, Item, Understanding


@customer.state("search")
class Search:
    """What are you looking for? Digits are a product's code from a poster."""

    def show(self, visit: Visit) -> Reply:
        return visit.say(Message("search-ask"), asks=Asked.PRODUCT)

    @on(Asked.PRODUCT)
    def named(self, visit: Visit, heard: Understanding) -> Step:
        if heard.intent in ACTS:
            return elsewhere(visit, heard) or look(visit, heard.items)
        return look(visit, heard.items)

    @on(Understanding)
    def other_words(self, visit: Visit, heard: Understanding) -> Step:
        """Words that name nothing here may be a code, and else are counted as asked for."""
        words = heard.text.strip()
        if words.isascii() and words.isdigit() and len(words) <= 3:
            product = visit.ports.catalogue.by_code(int(words))
            if product is not None:
                return open_product(visit, product.sku)
        return look(visit, (Item(words),))


@customer.state("results")
class Results:
    """What fits the words that were searched."""

    def show(self, visit: Visit) -> Reply:
        kept = visit.data.get("skus")
        skus: Sequence[str] = kept if isinstance(kept, (list, tuple)) else ()
        products = visit.ports.catalogue.products(skus)
        return list_of(visit, Message("results-title"), products)


@customer.state("not-found")
class NotFound:
    def show(self, visit: Visit) -> Reply:
        return visit.say(
            Message("not-found", mention=visit.text("mention")),
            options=(BROWSE, SEARCH, HUMAN),
            asks=Asked.PRODUCT,
        )


def look(visit: Visit, items: Sequence[Item]) -> Step:
    """One thing found opens it, several are listed. What fits nothing is remembered as missed."""
    for item in items:
        if item.sku is None and not item.candidates:
            visit.ports.catalogue.missed(item.mention)
    skus = dict.fromkeys(sku for item in items for sku in (item.sku, *item.candidates) if sku)
    products = visit.ports.catalogue.products(tuple(skus))
    if len(products) == 1:
        return open_product(visit, next(iter(skus)))
    if products:
        return visit.go("results", skus=tuple(product.sku for product in products))
    return visit.go("not-found", mention=", ".join(item.mention for item in items)[:60])


@customer.anywhere("search", Intent.SEARCH)
def search(visit: Visit, heard: Choice | Understanding) -> Step:
    if (asked := changes_besides(visit, heard)) is not None:
        return asked
    if isinstance(heard, Understanding) and heard.items:
        return look(visit, heard.items)
    return visit.go("search")
