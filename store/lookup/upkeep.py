"""When the names of big shops are written down: with the change itself, and in time what was there before."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from store.lookup import keeping
from store.lookup.ready import make_ready
from store.models import ProductRow, ShopRow
from store.snapshot import read_snapshot


def keep_as_it_is(session: Session, shop: ShopRow) -> None:
    """After any change of the catalogue, in its transaction."""
    if keeping.is_big(session, shop):
        entries = read_snapshot(session, shop.id, "", kept="").entries
        keeping.keep(session, shop, entries)
    elif shop.names_key is not None:
        keeping.drop(session, shop)


def renamed(session: Session, shop: ShopRow, *skus: str) -> None:
    """After a change of one alias: what else the products of these skus are called."""
    if shop.names_key is None:
        return
    snapshot = read_snapshot(session, shop.id, "", kept="")
    tops = {snapshot.by_sku[sku][0].sku for sku in skus if sku in snapshot.by_sku}
    entries = [e for e in snapshot.entries if (e.parent or e.sku) in tops]
    keeping.keep_family(session, shop, entries)


def unkept(session: Session, big: int = keeping.BIG) -> Sequence[UUID]:
    """Big shops whose names are not written down, or as an earlier version read them."""
    products = (
        select(ProductRow.shop_id)
        .where(ProductRow.active)
        .group_by(ProductRow.shop_id)
        .having(func.count() > big)
    )
    shops = session.scalars(select(ShopRow).where(ShopRow.id.in_(products))).all()
    return [shop.id for shop in shops if not keeping.is_kept(shop)]


def catch_up(session: Session, shop_id: UUID) -> None:
    """Write down the names of one such shop, which may go on trading meanwhile."""
    shop = session.scalars(select(ShopRow).where(ShopRow.id == shop_id)).one()
    if not make_ready(session.connection()):
        return
    before = shop.catalogue_version
    keep_as_it_is(session, shop)
    version = select(ShopRow.catalogue_version).where(ShopRow.id == shop_id).with_for_update()
    if session.scalar(version) != before:
        # Somebody changed it while this was written. From here on they wait.
        keep_as_it_is(session, shop)
