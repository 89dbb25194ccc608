"""Looking around: categories and what stands in them."""

from collections.abc import Sequence
from itertools import islice

from flows.customer.machine import customer
from flows.customer.options import HUMAN, SEARCH, product_option
from flows.customer.ordering import changes_besides
from flows.heard import Choice
from flows.message import Message, verbatim
from flows.place import Step
from flows.ports.catalogue import UNSORTED, Category, Product
from flows.reply import Option, Reply
from flows.visit import Visit
from intents.intent import Intent
from intents.understanding import Understanding

# Longer lists are not read on a phone: searching is quicker.
MOST_LISTED = 40


@customer.state("categories")
class Categories:
    """What kinds of things the shop sells; all things, where the shop made no categories."""

    def show(self, visit: Visit) -> Reply:
        categories = visit.ports.catalogue.categories()
        if not categories:
            return list_of(visit, Message("products-all"), everything(visit))
        options = [
            Option(
                f"category:{category.id}",
                title(category),
                Message("category-count", count=category.count),
            )
            for category in categories
        ]
        return visit.say(Message("categories-ask"), options=options)


@customer.state("category")
class OneCategory:
    def show(self, visit: Visit) -> Reply:
        known = visit.ports.catalogue.categories()
        name = next((title(c) for c in known if c.id == visit.text("category")), verbatim(""))
        products = visit.ports.catalogue.in_category(visit.text("category"), MOST_LISTED + 1)
        return list_of(visit, Message("category-title", name=name), products)


def title(category: Category) -> Message:
    """What a category is called: by the seller, or, where they made none, in the reader's language."""
    if category.name == UNSORTED:
        return Message("category-other")
    return verbatim(category.name)


def list_of(visit: Visit, title: Message, products: Sequence[Product]) -> Reply:
    """A list to choose from; what is too long for one says so."""
    if not products:
        return visit.say(title, Message("products-none"), options=(SEARCH, HUMAN))
    more = (Message("products-more"),) if len(products) > MOST_LISTED else ()
    options = [product_option(product) for product in products[:MOST_LISTED]]
    return visit.say(title, *more, options=options)


def everything(visit: Visit) -> Sequence[Product]:
    """The first of all products, in the catalogue's order."""
    entries = visit.ports.catalogue.names.entries
    skus = (entry.sku for entry in entries if entry.parent is None)
    return visit.ports.catalogue.products(list(islice(skus, MOST_LISTED + 1)))


@customer.anywhere("browse", Intent.BROWSE)
def browse(visit: Visit, heard: Choice | Understanding) -> Step:
    """To the category that was named, or the only one, or to all of them."""
    if (asked := changes_besides(visit, heard)) is not None:
        return asked
    categories = visit.ports.catalogue.categories()
    words = heard.text.casefold() if isinstance(heard, Understanding) else ""
    named = [category for category in categories if _named(category, words)]
    if len(named) == 1 or len(categories) == 1:
        return visit.go("category", category=(named or categories)[0].id)
    return visit.go("categories")


def _named(category: Category, words: str) -> bool:
    return category.name.casefold() in words


@customer.anywhere("category")
def open_category(visit: Visit, heard: Choice) -> Step:
    return visit.go("category", category=heard.argument)
