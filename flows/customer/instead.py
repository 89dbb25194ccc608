"""What comes near to something that is short: another kind of it, or something like it that is there."""

from collections.abc import Iterator

from flows.customer.changes import Act, Ask, Change, Question
from flows.customer.goods import Goods, find_goods, goods
from flows.ports.catalogue import Product
from flows.visit import Visit

MOST_OFFERED = 3
# So many neighbours are looked at: some will be sold out too.
MOST_LOOKED_AT = 40
# What is said of goods without counting as their name.
SHORTEST_NAME = 3


def substitutes(visit: Visit, sku: str) -> tuple[Goods, ...]:
    """Other kinds of the same product first, then what stands beside it: whatever shares a word with its
    name before all else, then what costs nearly the same. Only what is there, at most three."""
    product = visit.ports.catalogue.product(sku)
    if product is None:
        return ()
    wanted = goods(product, sku)
    near = sorted(
        (each for each in _around(visit, product) if each.sku != sku and not each.sold_out),
        key=lambda each: (
            product.variant(each.sku) is None,
            not _alike(wanted.title, each.title),
            abs(each.price.minor - wanted.price.minor),
            each.sku,
        ),
    )
    return tuple(near[:MOST_OFFERED])


def _around(visit: Visit, product: Product) -> Iterator[Goods]:
    """The product's kinds, and one of each of its neighbours: the kind that costs least."""
    yield from (goods(product, kind.sku) for kind in product.variants)
    for other in visit.ports.catalogue.beside(product.sku, MOST_LOOKED_AT):
        kinds = [goods(other, kind.sku) for kind in other.variants] or [goods(other, other.sku)]
        there = [kind for kind in kinds if not kind.sold_out]
        if there:
            yield min(there, key=lambda kind: kind.price.minor)


def _alike(one: str, other: str) -> bool:
    words = {word for word in one.casefold().split() if len(word) >= SHORTEST_NAME}
    return bool(words & set(other.casefold().split()))


def ways_instead(visit: Visit, sku: str, quantity: int) -> tuple[str, ...]:
    """Option ids: so many of each substitute into the cart, or all that are there of it."""
    return tuple(
        Change(Act.ADD, each.sku, min(quantity, each.free or quantity)).id
        for each in substitutes(visit, sku)
    )


def instead_of(visit: Visit, sku: str, name: str, quantity: int) -> Question | None:
    """What to take in place of something sold out, or to be told when it is back; None where there is
    neither."""
    told = (
        (f"tell-back:{sku}",) if visit.ports.wishes is not None and find_goods(visit, sku) else ()
    )
    ways = (*ways_instead(visit, sku, max(quantity, 1)), *told)
    return Question(Ask.INSTEAD, name, ways) if ways else None
