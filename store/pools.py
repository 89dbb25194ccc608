"""Stock that several shops share: on whose row something is counted. A shop that shares nothing asks the
database nothing."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import TypeAlias
from uuid import UUID

from sqlalchemy import and_, func, or_, select
from sqlalchemy.orm import Session

from store.errors import StoreError
from store.models import HoldRow, PooledRow, ShopRow, StockRow
from store.scope import Scope

# The shop and the sku under which something is counted.
Place: TypeAlias = tuple[UUID, str]


class PoolError(StoreError):
    """Goods cannot change the row on which they are counted now; the text says why."""


def places(scope: Scope, skus: Iterable[str]) -> Mapping[str, Place]:
    """Where each of these is counted, by this shop's sku."""
    wanted = sorted(set(skus))
    found = {sku: (scope.shop.id, sku) for sku in wanted}
    if scope.shop.shares_stock and wanted:
        rows = scope.session.execute(
            select(PooledRow.sku, PooledRow.owner_id, PooledRow.owner_sku).where(
                PooledRow.shop_id == scope.shop.id, PooledRow.sku.in_(wanted)
            )
        )
        found.update({sku: (owner, theirs) for sku, owner, theirs in rows})
    return found


def sharers(scope: Scope, counted: Sequence[Place]) -> Sequence[Place]:
    """The shops and their skus that are counted on any of these rows, the rows' own among them."""
    if not scope.shop.shares_stock or not counted:
        return counted
    rows = scope.session.execute(
        select(PooledRow.shop_id, PooledRow.sku).where(
            or_(*(and_(PooledRow.owner_id == s, PooledRow.owner_sku == k) for s, k in counted))
        )
    )
    return sorted({*counted, *((shop, sku) for shop, sku in rows)})


def share(session: Session, shop: ShopRow, sku: str, pool: str) -> bool:
    """Count this shop's `sku` with everything else in `pool` ("+256700000001:rice-5kg"): on the row of
    whoever was the first in it. True when that is new. Raises PoolError while some of it is held."""
    first = session.execute(
        select(PooledRow.owner_id, PooledRow.owner_sku).where(PooledRow.pool == pool).limit(1)
    ).first()
    owner, theirs = (first[0], first[1]) if first is not None else (shop.id, sku)
    known = session.get(PooledRow, (shop.id, sku))
    if known is not None and (known.pool, known.owner_id, known.owner_sku) == (pool, owner, theirs):
        return False
    _move(session, shop, sku, known, owner)
    session.add(PooledRow(shop_id=shop.id, sku=sku, pool=pool, owner_id=owner, owner_sku=theirs))
    shop.shares_stock = True
    session.flush()
    return True


def pooled(session: Session, shop: ShopRow) -> Sequence[str]:
    """This shop's skus that are in any pool."""
    if not shop.shares_stock:
        return ()
    return session.scalars(select(PooledRow.sku).where(PooledRow.shop_id == shop.id)).all()


def counted_elsewhere(session: Session, shop: ShopRow) -> frozenset[str]:
    """This shop's skus that are counted on another shop's row."""
    if not shop.shares_stock:
        return frozenset()
    return frozenset(
        session.scalars(
            select(PooledRow.sku).where(PooledRow.shop_id == shop.id, PooledRow.owner_id != shop.id)
        )
    )


def counted_by_suppliers(scope: Scope, skus: Collection[str]) -> frozenset[str]:
    """Which of these a supplier's shop counts, since they are listed of it: pools of shop files, which begin
    with a phone, are counted by whoever sells."""
    if not skus:
        return frozenset()
    return frozenset(
        scope.session.scalars(
            select(PooledRow.sku).where(
                PooledRow.shop_id == scope.shop.id,
                PooledRow.sku.in_(skus),
                PooledRow.pool.not_like("+%"),
            )
        )
    )


def leave(session: Session, shop: ShopRow, sku: str) -> bool:
    """Count it on the shop's own row again. Raises PoolError while some of it is held, or while others
    are counted on this shop's row."""
    known = session.get(PooledRow, (shop.id, sku))
    if known is None:
        return False
    _move(session, shop, sku, known, shop.id)
    session.flush()
    return True


def _move(session: Session, shop: ShopRow, sku: str, known: PooledRow | None, owner: UUID) -> None:
    if known is not None and known.owner_id == shop.id:
        others = select(func.count()).where(
            PooledRow.owner_id == shop.id, PooledRow.owner_sku == sku, PooledRow.shop_id != shop.id
        )
        if session.scalar(others):
            raise PoolError("other shops are counted on this row")
    elsewhere = owner != shop.id if known is None else known.owner_id != owner
    if elsewhere and _held(session, shop, sku):
        raise PoolError("some of it is held for open orders: load it again when they are done")
    if known is not None:
        session.delete(known)
        session.flush()


def _held(session: Session, shop: ShopRow, sku: str) -> bool:
    """Looked at under the lock of the row, so that no order comes between."""
    session.execute(
        select(StockRow.sku)
        .where(StockRow.shop_id == shop.id, StockRow.sku == sku)
        .with_for_update()
    )
    holds = select(func.count()).where(
        HoldRow.shop_id == shop.id, HoldRow.sku == sku, HoldRow.state == "open"
    )
    return bool(session.scalar(holds))
