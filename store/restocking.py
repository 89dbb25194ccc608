"""Goods that were sold out and are back are noted, where anybody wished for them."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import ColumnElement, and_, exists, or_, select

from store.ids import new_id
from store.insertion import insert_if_new
from store.models import ProductRow, RestockRow, VariantRow, WishRow
from store.pools import Place, sharers
from store.scope import Scope


def came_back(scope: Scope, places: Sequence[Place]) -> None:
    """These rows, which had nothing free, have something again: under all names by which it is sold."""
    for shop_id, sku in sharers(scope, places) if places else ():
        if scope.session.scalar(select(exists().where(untold(shop_id, sku)))):
            insert_if_new(
                scope.session,
                RestockRow,
                id=new_id(),
                shop_id=shop_id,
                sku=sku,
                due_at=scope.now,
            )


def untold(shop_id: UUID, sku: str) -> ColumnElement[bool]:
    """Wishes for this, or for the product of which it is a kind, of people who have not heard."""
    product = (
        select(ProductRow.sku)
        .join(VariantRow, VariantRow.product_id == ProductRow.id)
        .where(VariantRow.shop_id == shop_id, VariantRow.sku == sku)
    )
    return and_(
        WishRow.shop_id == shop_id,
        WishRow.told_at.is_(None),
        or_(WishRow.sku == sku, WishRow.sku.in_(product)),
    )
