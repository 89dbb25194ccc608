"""How low the price of something may be talked: a seller says so by phone."""

from decimal import ROUND_HALF_UP, Decimal

from sqlalchemy import update

from flows.money import Money, MoneyError
from flows.ports.refusals import BadAmount, FloorOutside, NeedsVariant, Refusal
from flows.ports.trade import FloorSet
from store.facts import note
from store.goods import WHOLE, Goods, Kind
from store.models import ProductRow, VariantRow
from store.pricing import price_lately
from store.scope import Scope
from store.snapshot import changed

FACT = "floor-set"
# Nothing goes for less than this part of its price, in hundredths of a percent.
MOST_OFF = WHOLE // 2


def set_floor(scope: Scope, goods: Goods, kind: Kind | None, floor: Decimal) -> FloorSet | Refusal:
    """`floor` in major units; at least half of what it cost a day ago, since a caller id can be forged."""
    try:
        least = Money.of(floor, scope.shop.currency)
    except MoneyError:
        return BadAmount(str(floor))
    if (refusal := _by_kind(goods, kind)) is not None:
        return refusal
    price = _price(scope, goods, kind)
    lowest = -(-max(price.minor, price_lately(scope, goods, kind, price.minor)) // 2)
    if not lowest <= least.minor <= price.minor:
        return FloorOutside(Money(lowest, price.currency), price)
    _write(scope, goods, kind, least.minor, None)
    return FloorSet(goods.label_of(kind), price, least if least < price else None)


def set_floor_off(
    scope: Scope, goods: Goods, kind: Kind | None, percent: Decimal
) -> FloorSet | Refusal:
    """So many percent below the price; 0: its price is not talked about."""
    off = int((percent * 100).quantize(Decimal(1), ROUND_HALF_UP)) if percent.is_finite() else -1
    if (refusal := _by_kind(goods, kind)) is not None:
        return refusal
    price = _price(scope, goods, kind)
    if not off:
        _write(scope, goods, kind, None, 0)
        return FloorSet(goods.label_of(kind), price, None)
    least = price.minor - price.minor * off // WHOLE
    lowest = -(-max(price.minor, price_lately(scope, goods, kind, price.minor)) // 2)
    if not 0 < off <= MOST_OFF or least < lowest:
        return FloorOutside(Money(lowest, price.currency), price)
    _write(scope, goods, kind, None, off)
    return FloorSet(goods.label_of(kind), price, Money(least, price.currency))


def _by_kind(goods: Goods, kind: Kind | None) -> Refusal | None:
    """Where the kinds have prices of their own, one must be named."""
    own = kind is None and any(each.price is not None for each in goods.kinds)
    return NeedsVariant(goods.sku, goods.name) if own else None


def _price(scope: Scope, goods: Goods, kind: Kind | None) -> Money:
    return Money(goods.price_of(kind, "retail"), scope.shop.currency)


def _write(
    scope: Scope, goods: Goods, kind: Kind | None, floor: int | None, off: int | None
) -> None:
    table: type[ProductRow] | type[VariantRow] = ProductRow if kind is None else VariantRow
    sku = (kind or goods).sku
    scope.session.execute(
        update(table)
        .where(table.shop_id == scope.shop.id, table.sku == sku)
        .values(floor=floor, floor_off=off)
    )
    note(scope.session, FACT, {"sku": sku, "floor": floor, "off": off}, scope.now, scope.shop.id)
    changed(scope.session, scope.shop)
