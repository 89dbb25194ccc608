"""A shop's day in figures, by its own clock."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import func, select

from flows.money import Money
from flows.ports.orders import OrderStatus
from flows.ports.till import Day
from flows.ports.wallet import PayoutStatus
from store.ledger import Kind
from store.models import EntryRow, OrderRow, PayoutRow, PostingRow, RefundRow, ReviewRow
from store.scope import Scope
from store.till import AVAILABLE

# Postings by which an order was paid without cash, and those by which money is in a wallet again.
PAID = ("payment", "wallet-payment", "accepted")
RETURNED = "returned-to-wallet"
CASH, DOOR = "cash", "door-cash"


def local_date(scope: Scope, at: datetime | None = None) -> date:
    """The shop's date at that moment (default: now)."""
    return (at or scope.now).astimezone(ZoneInfo(scope.shop.timezone)).date()


def moment(scope: Scope, on: date, at: time) -> datetime:
    """When the shop's clocks show this, in UTC."""
    return datetime.combine(on, at, tzinfo=ZoneInfo(scope.shop.timezone)).astimezone(UTC)


def shop_day(scope: Scope, on: date) -> Day:
    """Orders taken, money that came for orders, and money that left: refunds and the seller's payouts."""
    since, until = moment(scope, on, time()), moment(scope, on + timedelta(days=1), time())
    currency = scope.shop.currency
    orders = select(func.count()).where(
        OrderRow.shop_id == scope.shop.id,
        OrderRow.created_at >= since,
        OrderRow.created_at < until,
        OrderRow.status != OrderStatus.CANCELLED,
    )
    return Day(
        on=on,
        orders=scope.session.scalar(orders) or 0,
        came=Money(_came(scope, since, until), currency),
        went=Money(_went(scope, since, until), currency),
        differences=_differences(scope),
    )


def _came(scope: Scope, since: datetime, until: datetime) -> int:
    within = (
        PostingRow.shop_id == scope.shop.id,
        PostingRow.at >= since,
        PostingRow.at < until,
        PostingRow.currency == scope.shop.currency,
    )
    paid = (
        select(func.coalesce(func.sum(EntryRow.amount), 0))
        .join(PostingRow, PostingRow.id == EntryRow.posting_id)
        .where(*within, PostingRow.cause.in_(PAID), EntryRow.amount > 0)
    )
    # A seller who takes cash owes a part of it at most; what was taken is the order's total.
    cash = (
        select(func.coalesce(func.sum(OrderRow.total), 0))
        .join(PostingRow, PostingRow.order_id == OrderRow.id)
        .where(*within, PostingRow.cause == CASH)
    )
    door = (
        select(func.coalesce(func.sum(OrderRow.due_at_door), 0))
        .join(PostingRow, PostingRow.order_id == OrderRow.id)
        .where(*within, PostingRow.cause == DOOR)
    )
    return sum(int(scope.session.scalar(query) or 0) for query in (paid, cash, door))


def _went(scope: Scope, since: datetime, until: datetime) -> int:
    shop, currency = scope.shop.id, scope.shop.currency
    sent = select(func.coalesce(func.sum(RefundRow.amount), 0)).where(
        RefundRow.shop_id == shop,
        RefundRow.currency == currency,
        RefundRow.status == "succeeded",
        RefundRow.settled_at >= since,
        RefundRow.settled_at < until,
    )
    returned = (
        select(func.coalesce(func.sum(-EntryRow.amount), 0))
        .join(PostingRow, PostingRow.id == EntryRow.posting_id)
        .where(
            PostingRow.shop_id == shop,
            PostingRow.at >= since,
            PostingRow.at < until,
            PostingRow.currency == currency,
            PostingRow.cause == RETURNED,
            EntryRow.account.startswith(f"{Kind.WALLET}:"),
        )
    )
    paid_out = select(func.coalesce(func.sum(PayoutRow.amount), 0)).where(
        PayoutRow.shop_id == shop,
        PayoutRow.account == AVAILABLE.name,
        PayoutRow.currency == currency,
        PayoutRow.status == PayoutStatus.PAID,
        PayoutRow.settled_at >= since,
        PayoutRow.settled_at < until,
    )
    return sum(int(scope.session.scalar(query) or 0) for query in (sent, returned, paid_out))


def _differences(scope: Scope) -> int:
    """What somebody must still say of the shop's money."""
    query = select(func.count()).where(
        ReviewRow.shop_id == scope.shop.id, ReviewRow.closed_at.is_(None)
    )
    return scope.session.scalar(query) or 0
