"""A seller changes a price by phone."""

from datetime import timedelta
from decimal import Decimal

from sqlalchemy import select

from flows.money import Money, MoneyError
from flows.ports.refusals import BadAmount, BelowBase, NotAllowed, Refusal
from flows.ports.trade import PriceSet
from store.goods import Goods, Kind
from store.listings.listed import repriced
from store.models import FactRow
from store.price_tag import list_price, unnamed_kind, write_on
from store.scope import Scope

# Far beyond any price, and far below what a column can hold.
MOST = 10**12

# A price is held against the one of so long ago: many small cuts would make a great one, and a slip of
# the finger may be taken back.
WATCHED = timedelta(hours=24)
FACT = "price-set"


def set_price(scope: Scope, goods: Goods, kind: Kind | None, price: Decimal) -> PriceSet | Refusal:
    """`price` in major units. A cut by more than the rules allow within a day is refused: a caller
    id can be forged. A product whose variants have prices of their own needs its variant named."""
    try:
        after = Money.of(price, scope.shop.currency)
    except MoneyError:
        return BadAmount(str(price))
    if not 0 < after.minor <= MOST:
        return BadAmount(str(price))
    if (refusal := unnamed_kind(goods, kind)) is not None:
        return refusal
    base = goods.base_of(kind)
    if base is not None and after.minor < base:
        return BelowBase(Money(base, scope.shop.currency))
    before = list_price(scope, goods, kind)
    earlier = Money(price_lately(scope, goods, kind, before.minor), scope.shop.currency)
    if after.minor < (earlier - earlier.percent(scope.rules.price_cut_by_phone)).minor:
        return NotAllowed("price-cut")
    if after != before:
        _write(scope, goods, kind, before.minor, after.minor)
    return PriceSet(goods.label_of(kind), before, after)


def price_lately(scope: Scope, goods: Goods, kind: Kind | None, now: int) -> int:
    """What it cost WATCHED ago, in minor units; `now` is what it costs."""
    sku = (kind or goods).sku
    set_lately = scope.session.scalars(
        select(FactRow.values)
        .where(
            FactRow.shop_id == scope.shop.id,
            FactRow.name == FACT,
            FactRow.at > scope.now - WATCHED,
        )
        .order_by(FactRow.at, FactRow.id)
    )
    return next((int(str(v["before"])) for v in set_lately if v["sku"] == sku), now)


def _write(scope: Scope, goods: Goods, kind: Kind | None, before: int, minor: int) -> None:
    if goods.supplier is not None:
        repriced(scope, goods, kind, minor)
    write_on(scope, goods, kind, {"price": minor}, FACT, {"before": before, "after": minor})
