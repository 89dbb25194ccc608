"""A seller changes a price by phone."""

from decimal import Decimal

from sqlalchemy import update

from flows.money import Money, MoneyError
from flows.ports.refusals import BadAmount, NeedsVariant, NotAllowed, Refusal
from flows.ports.trade import PriceSet
from store.models import ProductRow, VariantRow
from store.scope import Scope
from store.snapshot import Goods, Kind, changed

# Far beyond any price, and far below what a column can hold.
MOST = 10**12


def set_price(scope: Scope, goods: Goods, kind: Kind | None, price: Decimal) -> PriceSet | Refusal:
    """`price` in major units. A cut by more than the rules allow is refused: a caller id can be
    forged. A product whose variants have prices of their own needs its variant named."""
    try:
        after = Money.of(price, scope.shop.currency)
    except MoneyError:
        return BadAmount(str(price))
    if not 0 < after.minor <= MOST:
        return BadAmount(str(price))
    if kind is None and any(each.price is not None for each in goods.kinds):
        return NeedsVariant(goods.sku, goods.name)
    before = Money(goods.price_of(kind, "retail"), scope.shop.currency)
    if after.minor < (before - before.percent(scope.rules.price_cut_by_phone)).minor:
        return NotAllowed("price-cut")
    if after != before:
        _write(scope, goods, kind, after.minor)
    return PriceSet(goods.label_of(kind), before, after)


def _write(scope: Scope, goods: Goods, kind: Kind | None, minor: int) -> None:
    table: type[ProductRow] | type[VariantRow] = ProductRow if kind is None else VariantRow
    sku = (kind or goods).sku
    scope.session.execute(
        update(table).where(table.shop_id == scope.shop.id, table.sku == sku).values(price=minor)
    )
    changed(scope.session, scope.shop)
