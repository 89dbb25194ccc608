"""A rider's day in figures, by the shop's own clock."""

from collections import Counter
from datetime import date, datetime, time, timedelta
from uuid import UUID

from sqlalchemy import func, select

from flows.happenings import RiderDayEnded
from flows.money import Money
from flows.ports.orders import DeliveryStatus
from flows.ports.trade import RiderDay
from store.days import moment
from store.ledger import Account, Kind
from store.models import BalanceRow, DeliveryHistoryRow, EntryRow, PostingRow, RiderRow
from store.scope import Scope

# Postings by which riders earn.
EARNED_BY = ("release", "cash", "door-cash")
Counted = dict[str, int]


def rider_days(scope: Scope, on: date, only: UUID | None = None) -> dict[str, RiderDay]:
    """By the ids of the riders' rows; who did nothing and holds nothing is left out. Three statements."""
    since, until = moment(scope, on, time()), moment(scope, on + timedelta(days=1), time())
    drops, failed = _steps(scope, since, until, only)
    earned, holds = _earned(scope, since, until, only), _held(scope, only)
    currency = scope.shop.currency
    return {
        rider: RiderDay(
            drops.get(rider, 0),
            failed.get(rider, 0),
            Money(earned.get(rider, 0), currency),
            Money(holds.get(rider, 0), currency),
        )
        for rider in {*drops, *failed, *earned, *holds}
    }


def tell_riders(scope: Scope, on: date) -> None:
    """Every rider who brought something, or still holds cash of the shop, hears how the day went."""
    days = rider_days(scope, on)
    if not days:
        return
    riders = scope.session.scalars(
        select(RiderRow.id)
        .where(RiderRow.shop_id == scope.shop.id, RiderRow.active)
        .order_by(RiderRow.position, RiderRow.id)
    )
    for rider in riders:
        day = days.get(str(rider))
        if day is not None and (day.drops or day.failed or day.holds):
            scope.tell(RiderDayEnded(str(rider), day))


def _steps(
    scope: Scope, since: datetime, until: datetime, only: UUID | None
) -> tuple[Counted, Counted]:
    """How often each rider delivered, and failed to; a failure taken back is none."""
    row = DeliveryHistoryRow
    query = (
        select(row.rider_id, row.before, row.after, row.reason, func.count())
        .where(
            row.shop_id == scope.shop.id,
            row.rider_id.is_not(None),
            row.at >= since,
            row.at < until,
            row.before != row.after,
        )
        .group_by(row.rider_id, row.before, row.after, row.reason)
    )
    drops, failed = Counter[str](), Counter[str]()
    for rider, before, after, reason, times in scope.session.execute(
        query.where(row.rider_id == only) if only else query
    ):
        if after == DeliveryStatus.DELIVERED:
            drops[str(rider)] += times
        if after == DeliveryStatus.FAILED:
            failed[str(rider)] += times
        if before == DeliveryStatus.FAILED and reason == "undone":
            failed[str(rider)] -= times
    return dict(drops), dict(failed)


def _earned(scope: Scope, since: datetime, until: datetime, only: UUID | None) -> Counted:
    query = (
        select(EntryRow.account, func.sum(-EntryRow.amount))
        .join(PostingRow, PostingRow.id == EntryRow.posting_id)
        .where(
            PostingRow.shop_id == scope.shop.id,
            PostingRow.at >= since,
            PostingRow.at < until,
            PostingRow.currency == scope.shop.currency,
            PostingRow.cause.in_(EARNED_BY),
            EntryRow.account == Account(Kind.RIDER_EARNINGS, str(only)).name
            if only
            else EntryRow.account.startswith(f"{Kind.RIDER_EARNINGS}:"),
        )
        .group_by(EntryRow.account)
    )
    return {Account.named(name).owner: int(sum_) for name, sum_ in scope.session.execute(query)}


def _held(scope: Scope, only: UUID | None) -> Counted:
    query = select(BalanceRow.account, BalanceRow.balance).where(
        BalanceRow.shop_id == scope.shop.id,
        BalanceRow.currency == scope.shop.currency,
        BalanceRow.balance > 0,
        BalanceRow.account == Account(Kind.RIDER_CASH, str(only)).name
        if only
        else BalanceRow.account.startswith(f"{Kind.RIDER_CASH}:"),
    )
    return {Account.named(name).owner: int(held) for name, held in scope.session.execute(query)}
