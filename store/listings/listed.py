"""What a shop lists of its suppliers' shops."""

from collections.abc import Iterable

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from store.goods import Goods, Kind
from store.models import ListingRow, PooledRow, ProductRow, ShopRow, VariantRow
from store.scope import Scope
from store.standing import taking_orders


def pool_of(owner: ShopRow, sku: str) -> str:
    """How the pool of something is called that others list of its owner. Pools of shop files begin with a
    phone."""
    return f"{owner.slug}:{sku}"


def listed_skus(session: Session, shop: ShopRow) -> frozenset[str]:
    """What is counted together because it was listed, here or of here; kinds among it."""
    listed = select(ListingRow.sku).where(ListingRow.shop_id == shop.id)
    kinds = (
        select(VariantRow.sku)
        .join(ProductRow, ProductRow.id == VariantRow.product_id)
        .where(ProductRow.shop_id == shop.id, ProductRow.sku.in_(listed))
    )
    lent = select(PooledRow.sku).where(
        PooledRow.shop_id == shop.id, PooledRow.pool == shop.slug + ":" + PooledRow.sku
    )
    return frozenset((*session.scalars(listed), *session.scalars(kinds), *session.scalars(lent)))


def is_listed(session: Session, shop: ShopRow, sku: str) -> bool:
    """Whether a product is here because it was listed."""
    return session.get(ListingRow, (shop.id, sku)) is not None


def on_sale(session: Session, shop: ShopRow) -> int:
    """How many products are listed here and to be had."""
    return len(
        session.scalars(
            select(ProductRow.sku)
            .join(
                ListingRow,
                (ListingRow.shop_id == ProductRow.shop_id) & (ListingRow.sku == ProductRow.sku),
            )
            .where(ProductRow.shop_id == shop.id, ProductRow.active)
        ).all()
    )


def withheld(scope: Scope, goods: Iterable[str]) -> frozenset[str]:
    """Which of these products (by sku) belong to a supplier that takes no orders now: whatever stands in
    the catalogue, they are not sold. A shop that lists nothing asks the database nothing."""
    skus = sorted(set(goods))
    if not scope.shop.shares_stock or not skus:
        return frozenset()
    return frozenset(
        scope.session.scalars(
            select(ListingRow.sku)
            .join(ShopRow, ShopRow.id == ListingRow.owner_id)
            .where(
                ListingRow.shop_id == scope.shop.id,
                ListingRow.sku.in_(skus),
                ~taking_orders(scope.now),
            )
        )
    )


def counted_by(scope: Scope, goods: Goods) -> str | None:
    """The name of the supplier's shop that counts them; None where this shop does."""
    if goods.supplier is None:
        return None
    return scope.session.scalar(
        select(ShopRow.name)
        .join(ListingRow, ListingRow.owner_id == ShopRow.id)
        .where(ListingRow.shop_id == scope.shop.id, ListingRow.sku == goods.sku)
    )


def repriced(scope: Scope, goods: Goods, kind: Kind | None, minor: int) -> None:
    """The reseller named another price: it stays when the supplier changes something. Kinds keep their
    distance from each other, and follow when the shop is next brought up to date."""
    shift = (goods.base_of(kind) or 0) - (goods.base_of(None) or 0)
    scope.session.execute(
        update(ListingRow)
        .where(ListingRow.shop_id == scope.shop.id, ListingRow.sku == goods.sku)
        .values(price=minor - shift, seen=0)
        .execution_options(synchronize_session=False)
    )
