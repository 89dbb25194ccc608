"""Going through everything that is sealed, a few rows at a time."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import partial
from typing import cast
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from store.credentials import of_address, of_shop, seal_address, seal_shop
from store.models import AddressRow, ShopRow
from store.sealing import Vault
from store.transaction import Sessions, run

# Rows that are locked at once: a message waits for one at most as long as these take.
BATCH = 50

Holder = AddressRow | ShopRow
Tables = type[AddressRow] | type[ShopRow]


class Standing(StrEnum):
    """How the credentials of a line or a shop are kept. LOST: no key opens them."""

    PLAIN = "plain"
    OLDER = "older"
    CURRENT = "current"
    LOST = "lost"


@dataclass(frozen=True, slots=True)
class Found:
    """`owner` is a line or a shop that brings credentials."""

    owner: str
    standing: Standing


def look_through(sessions: Sessions, vault: Vault, *, seal: bool = False) -> Iterator[Found]:
    """Everybody who brings credentials, and how they are kept; with `seal` what was PLAIN or OLDER is
    sealed with the newest key when it is told. Each batch is a transaction of its own."""
    tables: tuple[Tables, ...] = (AddressRow, ShopRow)
    for table in tables:
        last: UUID | None = None
        while True:
            look = partial(_batch, vault=vault, table=table, after=last, seal=seal)
            found, last = run(sessions, look)
            yield from found
            if last is None:
                break


def _batch(
    session: Session, vault: Vault, table: Tables, after: UUID | None, seal: bool
) -> tuple[list[Found], UUID | None]:
    wanted = select(table).order_by(table.id).limit(BATCH)
    asked = wanted.where(table.id > after) if after else wanted
    # Of either table: SQLAlchemy's types know only what both have in common.
    rows = cast(Sequence[Holder], session.scalars(asked).all())
    found = []
    for row in rows:
        standing = _standing(vault, row)
        if seal and standing in (Standing.PLAIN, Standing.OLDER):
            session.refresh(row, with_for_update=True)
            standing = _sealed(vault, row)
        if standing is not None:
            found.append(Found(row.owner_name, standing))
    return found, rows[-1].id if len(rows) == BATCH else None


def _standing(vault: Vault, row: Holder) -> Standing | None:
    """None for who brings nothing."""
    values = _values(vault, row)
    if values is None:
        return Standing.LOST
    if not values:
        return None
    if row.sealed is None:
        return Standing.PLAIN
    return Standing.CURRENT if vault.is_current(row.sealed) else Standing.OLDER


def _sealed(vault: Vault, row: Holder) -> Standing | None:
    """As it stands now that the row is locked, sealed anew. What it was before is told."""
    standing, values = _standing(vault, row), _values(vault, row)
    if standing in (Standing.PLAIN, Standing.OLDER) and values:
        if isinstance(row, AddressRow):
            seal_address(vault, row, values)
        else:
            seal_shop(vault, row, values)
    return standing


def _values(vault: Vault, row: Holder) -> Mapping[str, str] | None:
    return of_address(vault, row) if isinstance(row, AddressRow) else of_shop(vault, row)
