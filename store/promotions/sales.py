"""A seller puts something on sale by phone, and ends it."""

from datetime import datetime, time, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

from flows.money import Money, MoneyError
from flows.ports.promotions import SaleSet
from flows.ports.refusals import BadAmount, Refusal, SaleOutside
from store.goods import WHOLE, Goods, Kind
from store.price_tag import list_price, unnamed_kind, write_on
from store.pricing import price_lately
from store.scope import Scope

FACT = "sale-set"
MOST_DAYS = 90


def put_on_sale(
    scope: Scope, goods: Goods, kind: Kind | None, price: Decimal, days: int | None
) -> SaleSet | Refusal:
    """`price` in major units: at least half of what it cost a day ago, since a caller id can be forged,
    and what the supplier gets."""
    try:
        sale = Money.of(price, scope.shop.currency)
    except MoneyError:
        return BadAmount(str(price))
    return _set(scope, goods, kind, sale, days)


def take_off(
    scope: Scope, goods: Goods, kind: Kind | None, percent: Decimal, days: int | None
) -> SaleSet | Refusal:
    """So many percent of the list's price, rounded half up to a minor unit."""
    if not 0 < percent < 100:
        return BadAmount(f"{percent}%")
    usual = list_price(scope, goods, kind)
    return _set(scope, goods, kind, usual - usual.percent(percent), days)


def end_sale(scope: Scope, goods: Goods, kind: Kind | None) -> SaleSet | Refusal:
    if (refusal := unnamed_kind(goods, kind)) is not None:
        return refusal
    _write(scope, goods, kind, None, None)
    return SaleSet(goods.label_of(kind), list_price(scope, goods, kind), None)


def _set(
    scope: Scope, goods: Goods, kind: Kind | None, sale: Money, days: int | None
) -> SaleSet | Refusal:
    if (refusal := unnamed_kind(goods, kind)) is not None:
        return refusal
    if days is not None and not 1 <= days <= MOST_DAYS:
        return BadAmount(str(days))
    usual = list_price(scope, goods, kind)
    lately = max(usual.minor, price_lately(scope, goods, kind, usual.minor))
    lowest = max(-(-lately * _kept(scope) // WHOLE), goods.base_of(kind) or 0, 1)
    if not lowest <= sale.minor < usual.minor:
        return SaleOutside(Money(lowest, usual.currency), usual)
    until = _end_of(scope, days) if days is not None else None
    _write(scope, goods, kind, sale.minor, until)
    return SaleSet(goods.label_of(kind), usual, sale, until)


def _kept(scope: Scope) -> int:
    """What must stay of a price, in hundredths of a percent."""
    return WHOLE - int(scope.rules.price_cut_by_phone * 100)


def _end_of(scope: Scope, days: int) -> datetime:
    """The midnight after the last of so many days, by the shop's clock."""
    zone = ZoneInfo(scope.shop.timezone)
    last = scope.now.astimezone(zone).date() + timedelta(days=days)
    return datetime.combine(last, time(), tzinfo=zone)


def _write(
    scope: Scope, goods: Goods, kind: Kind | None, sale: int | None, until: datetime | None
) -> None:
    columns = {"sale_price": sale, "sale_from": None, "sale_until": until}
    told = {"price": sale, "until": until.isoformat() if until else None}
    write_on(scope, goods, kind, columns, FACT, told)
