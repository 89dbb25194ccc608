"""The one rule by which a piece of something has its price."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from flows.money import Money
from flows.ports.prices import Break, Price, Why
from store.goods import Goods, Kind
from store.prices.deal import Deal

WHOLESALE = "wholesale"


@dataclass(frozen=True, slots=True)
class Terms:
    """On what a customer buys: by which price list, in which currency, and when."""

    price_list: str
    currency: str
    now: datetime


def price_of(
    goods: Goods, kind: Kind | None, terms: Terms, quantity: int = 1, agreed: int | None = None
) -> Price:
    """What each of `quantity` pieces costs this customer now: the least of the list's price, the sale
    price while it holds, the price for so many, and what was `agreed` (minor units). Only the list's own
    price may be below what the supplier gets for one."""
    listed = goods.price_of(kind, terms.price_list)
    deal, shift = _deal(goods, kind)
    base = min(goods.base_of(kind) or 0, listed)

    def least(price: int) -> int:
        return min(max(price + shift, base), listed)

    found = [(listed, _list_of(goods, terms))]
    if deal.sale is not None and deal.on_sale(terms.now):
        found.append((least(deal.sale), Why.SALE))
    alone = min(price for price, _ in found)
    broken = deal.broken(quantity)
    if broken is not None:
        found.append((least(broken), Why.BREAK))
    if agreed is not None:
        found.append((min(max(agreed, base), listed), Why.AGREED))
    # Of equals the first: nobody is told of a deal that changes nothing.
    each, why = min(found, key=lambda one: one[0])
    return Price(
        each=Money(each, terms.currency),
        usual=Money(listed, terms.currency),
        why=why,
        until=deal.ends if why is Why.SALE else None,
        breaks=tuple(
            Break(many, Money(least(price), terms.currency))
            for many, price in deal.breaks
            if least(price) < alone
        ),
    )


def may_cost(goods: Goods, kind: Kind | None) -> Sequence[int]:
    """Every price that one piece may have by the catalogue, at any time and for anybody, each once."""
    deal, shift = _deal(goods, kind)
    lists = (goods.price_of(kind, name) for name in ("retail", WHOLESALE))
    lower = (deal.sale, *(price for _, price in deal.breaks))
    return list(dict.fromkeys((*lists, *(max(p + shift, 0) for p in lower if p is not None))))


def _deal(goods: Goods, kind: Kind | None) -> tuple[Deal, int]:
    """What holds for it, and how far its prices lie from the product's. A product's is not that of a
    kind with a price of its own."""
    if kind is None:
        return goods.deal, 0
    if kind.price is not None or kind.deal != Deal():
        return kind.deal, 0
    return goods.deal, kind.modifier


def _list_of(goods: Goods, terms: Terms) -> Why:
    wholesale = terms.price_list == WHOLESALE and goods.wholesale_price is not None
    return Why.WHOLESALE if wholesale else Why.LIST
