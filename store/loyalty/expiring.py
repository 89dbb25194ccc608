"""Points that grew old: their owner is told before, and then they are gone."""

from datetime import timedelta
from uuid import UUID

from sqlalchemy import select

from flows.happenings import PointsRunningOut
from flows.money import Money
from store.falling_due import falling_due
from store.loyalty.account import enter, locked, lots
from store.models import PointsLotRow
from store.scope import Scope
from store.terms import terms_of

EXPIRE = "expire"
# Who buys every day is not told every day.
TOGETHER = timedelta(days=7)

to_end = falling_due(
    PointsLotRow.expires_at, PointsLotRow.shop_id, PointsLotRow.id, PointsLotRow.left > 0
)
"""Lots whose time is over."""


def end(scope: Scope, lot_id: UUID) -> None:
    """What is left of it is lost. Of two clocks the second finds nothing left."""
    owner = _owner(scope, lot_id)
    if owner is None:
        return
    account = locked(scope, owner)
    old = [lot for lot in lots(scope, owner, None) if lot.id == lot_id]
    for lot in old:
        if lot.expires_at <= scope.now:
            points, lot.left, lot.warn_at = lot.left, 0, None
            enter(scope, account, EXPIRE, lot.id, -points, [(lot.id, points)])


to_warn = falling_due(PointsLotRow.warn_at, PointsLotRow.shop_id, PointsLotRow.id)
"""Lots whose owner is to hear that they end soon."""


def warn(scope: Scope, lot_id: UUID) -> None:
    """One message for all that ends within a week of it; nothing is told twice."""
    owner = _owner(scope, lot_id)
    terms = terms_of(scope.shop).points
    if owner is None:
        return
    locked(scope, owner)
    lot = scope.session.get_one(PointsLotRow, lot_id, populate_existing=True)
    if lot.warn_at is None or lot.warn_at > scope.now:
        return
    until = lot.expires_at + TOGETHER
    ending = [each for each in lots(scope, owner, scope.now) if each.expires_at <= until]
    untold = [each for each in ending if each.warn_at is not None]
    lot.warn_at = None
    for each in untold:
        each.warn_at = None
    if terms is not None and untold:
        points = sum(each.left for each in untold)
        worth = Money(points * terms.worth, scope.shop.currency)
        scope.tell(PointsRunningOut(str(owner), points, worth, untold[0].expires_at))


def _owner(scope: Scope, lot_id: UUID) -> UUID | None:
    return scope.session.scalar(
        select(PointsLotRow.person_id).where(
            PointsLotRow.shop_id == scope.shop.id, PointsLotRow.id == lot_id
        )
    )
