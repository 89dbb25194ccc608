"""What stands on goods about their price: the list's price, and what a seller writes there by phone."""

from collections.abc import Mapping

from sqlalchemy import update

from flows.money import Money
from flows.ports.refusals import NeedsVariant
from store.facts import note
from store.goods import Goods, Kind
from store.models import ProductRow, VariantRow
from store.scope import Scope
from store.snapshot import changed


def list_price(scope: Scope, goods: Goods, kind: Kind | None) -> Money:
    """What one costs at retail."""
    return Money(goods.price_of(kind, "retail"), scope.shop.currency)


def unnamed_kind(goods: Goods, kind: Kind | None) -> NeedsVariant | None:
    """Where the kinds have prices of their own, one must be named."""
    own = kind is None and any(each.price is not None for each in goods.kinds)
    return NeedsVariant(goods.sku, goods.name) if own else None


def write_on(
    scope: Scope,
    goods: Goods,
    kind: Kind | None,
    columns: Mapping[str, object],
    fact: str,
    told: Mapping[str, object],
) -> None:
    """Change these columns of the product, or of the kind that is named. `told` is what the fact says
    beside its sku."""
    table: type[ProductRow] | type[VariantRow] = ProductRow if kind is None else VariantRow
    sku = (kind or goods).sku
    scope.session.execute(
        update(table).where(table.shop_id == scope.shop.id, table.sku == sku).values(**columns)
    )
    note(scope.session, fact, {"sku": sku, **told}, scope.now, scope.shop.id)
    changed(scope.session, scope.shop)
