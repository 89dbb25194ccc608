"""How low the price of something may be talked: a seller says so by phone."""

from decimal import ROUND_HALF_UP, Decimal

from flows.money import Money, MoneyError
from flows.ports.refusals import BadAmount, FloorOutside, Refusal
from flows.ports.trade import FloorSet
from store.goods import WHOLE, Goods, Kind
from store.price_tag import list_price, unnamed_kind, write_on
from store.pricing import price_lately
from store.scope import Scope

FACT = "floor-set"
# Nothing goes for less than this part of its price, in hundredths of a percent.
MOST_OFF = WHOLE // 2


def set_floor(scope: Scope, goods: Goods, kind: Kind | None, floor: Decimal) -> FloorSet | Refusal:
    """`floor` in major units; at least half of what it cost a day ago, since a caller id can be forged."""
    try:
        least = Money.of(floor, scope.shop.currency)
    except MoneyError:
        return BadAmount(str(floor))
    if (refusal := unnamed_kind(goods, kind)) is not None:
        return refusal
    price = list_price(scope, goods, kind)
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
    if (refusal := unnamed_kind(goods, kind)) is not None:
        return refusal
    price = list_price(scope, goods, kind)
    if not off:
        _write(scope, goods, kind, None, 0)
        return FloorSet(goods.label_of(kind), price, None)
    least = price.minor - price.minor * off // WHOLE
    lowest = -(-max(price.minor, price_lately(scope, goods, kind, price.minor)) // 2)
    if not 0 < off <= MOST_OFF or least < lowest:
        return FloorOutside(Money(lowest, price.currency), price)
    _write(scope, goods, kind, None, off)
    return FloorSet(goods.label_of(kind), price, Money(least, price.currency))


def _write(
    scope: Scope, goods: Goods, kind: Kind | None, floor: int | None, off: int | None
) -> None:
    columns = {"floor": floor, "floor_off": off}
    write_on(scope, goods, kind, columns, FACT, {"floor": floor, "off": off})
