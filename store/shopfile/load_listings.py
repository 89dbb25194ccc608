"""Loading what a shop lists of its suppliers' shops."""

from collections.abc import Iterator
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from store.catalogue import SNAPSHOTS
from store.listings.mirror import mirror, off_sale
from store.models import ListingRow, ProductRow, ShopRow
from store.pools import PoolError
from store.settling import settle
from store.shopfile.mistakes import Mistake, ShopFileError
from store.shopfile.values import ListingEntry, ShopFile
from store.snapshot import changed as catalogue_changed


def load_listings(session: Session, shop: ShopRow, file: ShopFile, now: datetime) -> bool:
    """List what the file names, and end what it no longer does; what was listed by phone stays. After all
    files of a call: a supplier may stand in a later one. True when anything changed. Raises ShopFileError."""
    owners = _owners(session, file)
    known = {
        row.sku: row
        for row in session.scalars(select(ListingRow).where(ListingRow.shop_id == shop.id))
    }
    if not file.listings and not known:
        return False
    own = _own(session, shop) - known.keys()
    changed = False
    wanted: set[str] = set()
    for entry in file.listings:
        owner = owners[entry.supplier]
        for sku in _skus(session, owner, entry, file):
            if sku in own:
                raise _mistake(file, entry, f'the shop has a "{sku}" of its own')
            if sku in wanted:
                continue
            wanted.add(sku)
            changed |= _list(session, shop, owner, entry, sku, known.get(sku))
    for sku, row in known.items():
        if sku not in wanted and not row.by_phone:
            session.delete(row)
            off_sale(session, shop, sku)
            catalogue_changed(session, shop)
            changed = True
    session.flush()
    return _mirrored(session, shop, file, now) or changed


def _owners(session: Session, file: ShopFile) -> dict[str, ShopRow]:
    """The suppliers' shops, by the suppliers' keys."""
    named = {each.key: each.shop for each in file.terms.suppliers if each.shop is not None}
    owners = {}
    for entry in file.listings:
        slug = named[entry.supplier]
        owner = session.scalar(select(ShopRow).where(ShopRow.slug == slug))
        if owner is None or slug == file.slug:
            raise _mistake(file, entry, f'there is no other shop "{slug}"')
        if owner.currency != file.currency:
            raise _mistake(file, entry, f'"{slug}" sells in {owner.currency}')
        owners[entry.supplier] = owner
    return owners


def _skus(session: Session, owner: ShopRow, entry: ListingEntry, file: ShopFile) -> Iterator[str]:
    snapshot = SNAPSHOTS.of(session, owner)
    if entry.sku is not None:
        goods, kind = snapshot.by_sku.get(entry.sku, (None, None))
        if goods is None or kind is not None:
            raise _mistake(file, entry, f'"{owner.slug}" sells no "{entry.sku}"')
        yield entry.sku
        return
    shelf = next((shelf for shelf in snapshot.shelves if shelf.name == entry.category), None)
    if shelf is None:
        raise _mistake(file, entry, f'"{owner.slug}" has no category "{entry.category}"')
    yield from (goods.sku for goods in shelf.goods)


def _list(
    session: Session,
    shop: ShopRow,
    owner: ShopRow,
    entry: ListingEntry,
    sku: str,
    row: ListingRow | None,
) -> bool:
    if row is None:
        row = ListingRow(shop_id=shop.id, sku=sku, seen=0)
        session.add(row)
    return settle(
        row,
        owner_id=owner.id,
        supplier=entry.supplier,
        price=entry.price,
        markup=entry.markup,
        by_phone=False,
    )


def _mirrored(session: Session, shop: ShopRow, file: ShopFile, now: datetime) -> bool:
    """All that is listed: loading the goods of the file has left out what is in no file."""
    owners = session.scalars(
        select(ShopRow)
        .where(ShopRow.id.in_(select(ListingRow.owner_id).where(ListingRow.shop_id == shop.id)))
        .order_by(ShopRow.id)
    ).all()
    try:
        # Each of them, and not only up to the first in which something changed.
        return sum(mirror(session, shop, owner, now) for owner in owners) > 0
    except PoolError as error:
        raise ShopFileError([Mistake(file.file, "listings", str(error))]) from error


def _own(session: Session, shop: ShopRow) -> set[str]:
    return set(session.scalars(select(ProductRow.sku).where(ProductRow.shop_id == shop.id)))


def _mistake(file: ShopFile, entry: ListingEntry, reason: str) -> ShopFileError:
    return ShopFileError([Mistake(file.file, entry.key, reason)])
