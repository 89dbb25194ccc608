"""Loading the addresses that lead to a shop."""

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from store.addresses import keep_address
from store.credentials import give_address
from store.ids import new_id
from store.models import LineRow, ShopRow
from store.sealing import Vault
from store.settling import settle
from store.shopfile.values import LineEntry, ShopFile

Name = tuple[tuple[str, str, str], str | None, str | None]


def drop_lines(session: Session, shop: ShopRow, file: ShopFile) -> bool:
    """Remove the lines that the file no longer names. For all files first: an address may pass from
    one shop to another. True when there were any."""
    wanted = {_named(entry) for entry in file.lines}
    gone = [row for name, row in _known(session, shop).items() if name not in wanted]
    for row in gone:
        session.delete(row)
    session.flush()
    return bool(gone)


def load_lines(session: Session, shop: ShopRow, file: ShopFile, vault: Vault) -> bool:
    """Make the lines that are new, in the file's order. True when anything changed."""
    known = _known(session, shop)
    changed = False
    for place, entry in enumerate(file.lines):
        row = known.get(_named(entry))
        if row is None:
            row = LineRow(
                id=new_id(),
                shop_id=shop.id,
                address=keep_address(session, *entry.place),
                keyword=entry.keyword,
                extension=entry.extension,
            )
            session.add(row)
            changed = True
        changed |= settle(row, position=place)
        changed |= _settle_address(row, entry, vault)
    return changed


def _settle_address(row: LineRow, entry: LineEntry, vault: Vault) -> bool:
    """An address of one shop is as its file says. On a shared one a file that says nothing leaves
    what another shop's file said."""
    shared = entry.keyword is not None or entry.extension is not None
    changed = False
    if entry.tps is not None or not shared:
        changed |= settle(row.address, tps=entry.tps)
    if entry.number is not None or not shared:
        changed |= settle(row.address, number=entry.number)
    if entry.credentials or not shared:
        changed |= give_address(vault, row.address, entry.credentials)
    return changed


def _known(session: Session, shop: ShopRow) -> dict[Name, LineRow]:
    rows = session.scalars(
        select(LineRow).where(LineRow.shop_id == shop.id).options(joinedload(LineRow.address))
    )
    return {
        (
            (row.address.channel, row.address.provider, row.address.address),
            row.keyword,
            row.extension,
        ): row
        for row in rows
    }


def _named(entry: LineEntry) -> Name:
    return (entry.place, entry.keyword, entry.extension)
