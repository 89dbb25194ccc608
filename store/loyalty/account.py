"""A person's points at a shop: the row that is locked, the lots it is made of, and the entries."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import select

from store.errors import StoreError
from store.ids import new_id
from store.insertion import insert_if_new
from store.models import PointsEntryRow, PointsLotRow, PointsRow
from store.scope import Scope

# Which lots, by id, and how many points of each.
Parts = Sequence[tuple[UUID, int]]


class OverspentError(StoreError):
    """Our own code took more points than the lots have."""


def locked(scope: Scope, person_id: UUID) -> PointsRow:
    """The account, locked until the transaction ends; made where there is none."""
    wanted = (
        select(PointsRow)
        .where(PointsRow.shop_id == scope.shop.id, PointsRow.person_id == person_id)
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    found = scope.session.scalar(wanted)
    if found is None:
        insert_if_new(
            scope.session,
            PointsRow,
            shop_id=scope.shop.id,
            person_id=person_id,
            balance=0,
            lifetime=0,
        )
        found = scope.session.scalars(wanted).one()
    return found


def entry(scope: Scope, key: str) -> PointsEntryRow | None:
    """The movement that this cause made."""
    return scope.session.scalar(
        select(PointsEntryRow).where(
            PointsEntryRow.shop_id == scope.shop.id, PointsEntryRow.key == key
        )
    )


def lots(scope: Scope, person_id: UUID, at: datetime | None) -> Sequence[PointsLotRow]:
    """Lots with something left, those that end first before the others; `at`: only what can still be
    spent at that moment."""
    query = select(PointsLotRow).where(
        PointsLotRow.shop_id == scope.shop.id,
        PointsLotRow.person_id == person_id,
        PointsLotRow.left > 0,
    )
    if at is not None:
        query = query.where(PointsLotRow.expires_at > at)
    return scope.session.scalars(
        query.order_by(PointsLotRow.expires_at, PointsLotRow.id).execution_options(
            populate_existing=True
        )
    ).all()


def new_lot(
    scope: Scope, person_id: UUID, points: int, expires_at: datetime, warned: timedelta
) -> PointsLotRow:
    """Their owner hears `warned` before they end, where that is still to come."""
    warn_at = expires_at - warned
    lot = PointsLotRow(
        id=new_id(),
        shop_id=scope.shop.id,
        person_id=person_id,
        points=points,
        left=points,
        expires_at=expires_at,
        warn_at=warn_at if warn_at > scope.now else None,
    )
    scope.session.add(lot)
    return lot


def take(among: Sequence[PointsLotRow], points: int) -> Parts:
    """Out of the first lots first. Raises OverspentError where they have not so many."""
    parts: list[tuple[UUID, int]] = []
    for lot in among:
        part = min(lot.left, points)
        if part:
            lot.left -= part
            points -= part
            parts.append((lot.id, part))
    if points:
        raise OverspentError(f"{points} points more than there are")
    return parts


def enter(
    scope: Scope,
    account: PointsRow,
    kind: str,
    cause: UUID | str,
    points: int,
    parts: Parts,
    order_id: UUID | None = None,
    note: str | None = None,
) -> None:
    """Write a movement of a locked account down, under the key "kind:cause"."""
    before, account.balance = account.balance, account.balance + points
    scope.session.add(
        PointsEntryRow(
            shop_id=account.shop_id,
            person_id=account.person_id,
            key=f"{kind}:{cause}",
            kind=kind,
            points=points,
            before=before,
            after=account.balance,
            lots=[[str(lot), part] for lot, part in parts],
            order_id=order_id,
            note=note,
            at=scope.now,
        )
    )
    scope.session.flush()
