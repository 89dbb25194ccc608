"""A picture is fetched outside of any transaction: it is claimed before, and kept or given up after."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import Select, delete, exists, or_, select, update
from sqlalchemy.orm import Session

from flows.happenings import PictureFailed
from flows.ports.shop import Standing
from store.models import AddressRow, PictureRow, ProductRow, ShopRow
from store.models.pictures import FAILED, KEPT, WANTED
from store.pictures.showing import path_of
from store.scope import Scope
from store.snapshot import changed

# Whoever has claimed a picture and is not heard of for so long has died over it.
CLAIMED_FOR = timedelta(minutes=5)
# What could not be had is only a line in the books.
FAILED_KEPT = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class Claimed:
    """A picture to fetch, by whichever account our address has. `tries` is which try this is."""

    id: UUID
    shop_id: UUID
    address: AddressRow
    media: str
    tries: int


def anything_due(session: Session, now: datetime) -> bool:
    return bool(session.scalar(select(exists().where(PictureRow.due_at <= now))))


def due(session: Session, now: datetime, limit: int) -> Sequence[UUID]:
    """The longest due first."""
    return session.scalars(
        select(PictureRow.id)
        .where(PictureRow.due_at <= now)
        .order_by(PictureRow.due_at)
        .limit(limit)
    ).all()


def claim(session: Session, picture_id: UUID, now: datetime) -> Claimed | None:
    """None where it is no longer due: somebody else has it, or the seller has sent another."""
    row = session.execute(
        update(PictureRow)
        .where(PictureRow.id == picture_id, PictureRow.due_at <= now, PictureRow.status == WANTED)
        .values(tries=PictureRow.tries + 1, due_at=now + CLAIMED_FOR)
        .returning(PictureRow.shop_id, PictureRow.address_id, PictureRow.media, PictureRow.tries)
        .execution_options(synchronize_session=False)
    ).first()
    if row is None:
        return None
    address = session.get_one(AddressRow, row.address_id)
    return Claimed(picture_id, row.shop_id, address, row.media, row.tries)


def keep(scope: Scope, picture_id: UUID, content: bytes) -> None:
    """From now on the product has this picture, and the bytes of the one before are gone. Nothing where
    another was sent meanwhile, or the product is sold no more."""
    row = _wanted(scope, picture_id)
    if row is None:
        return
    product = scope.session.scalar(_product(scope, row.sku).with_for_update())
    if product is None:
        scope.session.delete(row)
        return
    row.status, row.due_at, row.media, row.content = KEPT, None, "", content
    product.picture = path_of(row.name)
    scope.session.execute(
        delete(PictureRow).where(
            PictureRow.shop_id == scope.shop.id,
            PictureRow.sku == row.sku,
            PictureRow.id != row.id,
            PictureRow.status == KEPT,
        )
    )
    changed(scope.session, scope.shop)


def fail(scope: Scope, claimed: Claimed, *, permanent: bool) -> None:
    """Try again after a pause, or give up: then the seller hears of it, once."""
    row = _wanted(scope, claimed.id)
    if row is None:
        return
    pauses = scope.rules.picture_pauses
    if not permanent and claimed.tries <= len(pauses):
        row.due_at = scope.now + pauses[claimed.tries - 1]
        return
    row.status, row.due_at, row.media = FAILED, None, ""
    product = scope.session.scalar(_product(scope, row.sku))
    if product is not None:
        scope.tell(PictureFailed(product.name))


def forget(session: Session, now: datetime, most: int) -> int:
    """Remove what failed long ago, and all pictures of shops that are closed for good. How many."""
    closed = select(ShopRow.id).where(ShopRow.status == Standing.CLOSED.value)
    long_ago = (PictureRow.status == FAILED) & (PictureRow.created_at < now - FAILED_KEPT)
    over = select(PictureRow.id).where(or_(long_ago, PictureRow.shop_id.in_(closed))).limit(most)
    gone = session.execute(
        delete(PictureRow)
        .where(PictureRow.id.in_(over))
        .execution_options(synchronize_session=False)
    )
    return int(gone.rowcount)  # type: ignore[attr-defined]


def _wanted(scope: Scope, picture_id: UUID) -> PictureRow | None:
    return scope.session.scalar(
        select(PictureRow)
        .where(
            PictureRow.shop_id == scope.shop.id,
            PictureRow.id == picture_id,
            PictureRow.status == WANTED,
        )
        .with_for_update()
    )


def _product(scope: Scope, sku: str) -> Select[ProductRow]:
    return select(ProductRow).where(
        ProductRow.shop_id == scope.shop.id, ProductRow.sku == sku, ProductRow.active
    )
