"""What the books say of every shop over some weeks, counted for all of them in one statement each."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal
from uuid import UUID

from sqlalchemy import (
    ColumnElement,
    Executable,
    String,
    Subquery,
    and_,
    case,
    cast,
    exists,
    func,
    literal_column,
    or_,
    select,
)
from sqlalchemy.orm import Session

from flows.ports.delivery import Fulfilment
from flows.ports.orders import OrderStatus, Role
from flows.ports.returns import Reason
from flows.ports.shop import Standing
from store.models import (
    DeliveryRow,
    OrderHistoryRow,
    OrderRow,
    ProductRow,
    RatingRow,
    ReturnRow,
    ShopRow,
)
from store.rules import Rules
from store.scores.sums import how_many
from store.workers import by_worker

# Written out, since PostgreSQL takes two parameters for two things even where they say the same.
NOTHING = literal_column("''", String)
# What the shop gave is not what was ordered.
NOT_AS_ORDERED = (Reason.WRONG, Reason.BROKEN, Reason.SPOILED)
GRANTED = ("accepted", "booked", "repaired")
OPEN = (OrderStatus.CONFIRMED, OrderStatus.PROCESSING, OrderStatus.SHIPPED)
# What goods of two shops are the same by.
SAME: Mapping[str, ColumnElement[str]] = {
    "country": func.lower(ShopRow.country),
    "currency": func.lower(ShopRow.currency),
    "name": func.lower(ProductRow.name),
    "brand": func.lower(func.coalesce(ProductRow.brand, NOTHING)),
    "unit": func.lower(func.coalesce(ProductRow.unit, NOTHING)),
}
ON_SALE = (
    ProductRow.active,
    ~ProductRow.hidden,
    ProductRow.price > 0,
    ShopRow.status.in_((Standing.LIVE.value, Standing.PAUSED.value)),
)
# Of five, by how often the seller had to be reminded before there was an answer.
BY_REMINDERS = {0: 5, 1: 3, 2: 1}


@dataclass(frozen=True, slots=True)
class Counted:
    """Of one shop. `unfulfilled`: called off by the seller, left unanswered, or still open long after.
    `called_off` are those among them that had been taken on. Of `promised` deliveries so many came
    `in_time`. `answered` orders gave `answer_points` of five each, `priced` goods `price_points` of five
    hundred, `raters` gave so many `stars`."""

    delivered: int = 0
    unfulfilled: int = 0
    called_off: int = 0
    not_as_ordered: int = 0
    promised: int = 0
    in_time: int = 0
    answered: int = 0
    answer_points: int = 0
    raters: int = 0
    stars: int = 0
    priced: int = 0
    price_points: int = 0

    @property
    def orders(self) -> int:
        """How many could be judged."""
        return self.delivered + self.unfulfilled


def counted(
    session: Session, rules: Rules, since: datetime, until: datetime
) -> Mapping[UUID, Counted]:
    """Shops with an order that can be judged. Four statements, however many shops there are."""
    shops: dict[UUID, Counted] = {
        row[0]: Counted(*map(_whole, row[1:]))
        for row in session.execute(_orders(rules, since, until))
    }
    _add(session, shops, _returned(since, until), "not_as_ordered")
    _add(session, shops, _rated(since, until), "raters", "stars")
    _add(session, shops, _priced(rules), "priced", "price_points")
    return {shop: found for shop, found in shops.items() if found.orders}


def _add(session: Session, shops: dict[UUID, Counted], query: Executable, *names: str) -> None:
    for row in session.execute(query):
        if row[0] in shops:
            said = dict(zip(names, map(_whole, row[1:]), strict=True))
            shops[row[0]] = replace(shops[row[0]], **said)


def _whole(figure: float | Decimal | None) -> int:
    return int(figure or 0)


def _orders(rules: Rules, since: datetime, until: datetime) -> Executable:
    """By shop, the first fields of Counted."""
    c = _judged(rules, since, until).c
    # What could not be delivered and was then called off says nothing of the seller.
    let_down = and_(c.refused_from.is_not(None), c.carried.is_distinct_from("failed"))
    unfulfilled = or_(let_down, c.silent, c.stale)
    called_off = and_(let_down, c.refused_from != OrderStatus.PENDING)
    promised = and_(c.brought, c.delivered_at.is_not(None), c.promised_at.is_not(None))
    heard = or_(c.answered_at.is_not(None), c.reminders > 0)
    return select(
        c.shop_id,
        how_many(c.delivered_at.is_not(None)),
        how_many(and_(c.delivered_at.is_(None), unfulfilled)),
        how_many(called_off),
        # Counted elsewhere.
        how_many(c.shop_id.is_(None)),
        how_many(promised),
        how_many(and_(promised, c.delivered_at <= c.promised_at)),
        how_many(heard),
        func.sum(case((heard, case(BY_REMINDERS, value=c.reminders, else_=0)), else_=0)),
    ).group_by(c.shop_id)


def _judged(rules: Rules, since: datetime, until: datetime) -> Subquery:
    """The orders of these weeks, each with how it ended; those of a shop's own people say nothing of it."""
    terms, reminded = rules.scores, len(rules.seller_reminders)
    cancelled = OrderRow.status == OrderStatus.CANCELLED
    refused_from = case(
        (and_(cancelled, OrderRow.cancel_asked_at.is_(None)), _called_off_from()), else_=None
    )
    silent = and_(cancelled, OrderRow.answered_at.is_(None), OrderRow.reminders >= max(reminded, 1))
    stands = or_(
        OrderRow.status.in_(OPEN),
        and_(OrderRow.status == OrderStatus.PENDING, OrderRow.held_until.is_(None)),
    )
    due = func.coalesce(OrderRow.slot_until, OrderRow.promised_at, OrderRow.created_at)
    return (
        select(
            OrderRow.shop_id,
            OrderRow.delivered_at,
            OrderRow.promised_at,
            OrderRow.answered_at,
            OrderRow.reminders,
            (OrderRow.fulfilment != Fulfilment.PICKUP).label("brought"),
            DeliveryRow.status.label("carried"),
            refused_from.label("refused_from"),
            silent.label("silent"),
            and_(stands, due < until - terms.late_after).label("stale"),
        )
        .outerjoin(DeliveryRow, DeliveryRow.order_id == OrderRow.id)
        .where(
            OrderRow.created_at >= since,
            OrderRow.created_at < until,
            OrderRow.repair_of.is_(None),
            ~by_worker(OrderRow.shop_id, OrderRow.person_id),
        )
        .subquery()
    )


def _called_off_from() -> ColumnElement[str | None]:
    """From which status the seller called it off."""
    row = OrderHistoryRow
    return (
        select(func.max(row.before))
        .where(
            row.order_id == OrderRow.id,
            row.field == "status",
            row.after == OrderStatus.CANCELLED,
            row.by.startswith(Role.SELLER.value),
        )
        .correlate(OrderRow)
        .scalar_subquery()
    )


def _returned(since: datetime, until: datetime) -> Executable:
    """Orders whose goods came back because they were not what was ordered, or went without some of them."""
    wrong = exists().where(
        ReturnRow.order_id == OrderRow.id,
        ReturnRow.reason.in_(NOT_AS_ORDERED),
        ReturnRow.status.in_(GRANTED),
    )
    lacked = and_(OrderRow.delivered_at.is_not(None), cast(OrderRow.lacking, String) != "[]")
    return (
        select(OrderRow.shop_id, func.count())
        .where(
            OrderRow.created_at >= since,
            OrderRow.created_at < until,
            or_(wrong, lacked),
        )
        .group_by(OrderRow.shop_id)
    )


def _rated(since: datetime, until: datetime) -> Executable:
    return (
        select(RatingRow.shop_id, func.count(), func.sum(RatingRow.stars))
        .where(RatingRow.changed_at >= since, RatingRow.changed_at < until)
        .group_by(RatingRow.shop_id)
    )


def _priced(rules: Rules) -> Executable:
    """Goods that other shops of the country sell as well, each held against what the others ask."""
    c = _asked().c
    others = (c.sum - c.price) * 1.0 / (c.shops - 1)
    dearer = (c.price - others) * 100 / others
    worth = case(
        (dearer <= 0, 500.0),
        (dearer >= rules.scores.dear, 0.0),
        else_=500.0 - 500.0 * dearer / rules.scores.dear,
    )
    return (
        select(c.shop_id, func.count(), func.sum(worth))
        .where(c.shops > rules.scores.price_shops)
        .group_by(c.shop_id)
    )


def _asked() -> Subquery:
    """What every shop asks for its goods, beside what all of them together do. One pass: an engine that
    cannot guess how many names are the same would choose badly among joins."""
    keys = [column.label(name) for name, column in SAME.items()]
    own = (
        select(ProductRow.shop_id, func.avg(ProductRow.price).label("price"), *keys)
        .join(ShopRow, ShopRow.id == ProductRow.shop_id)
        .where(*ON_SALE)
        .group_by(ProductRow.shop_id, *SAME.values())
        .subquery()
    )
    alike = [own.c[name] for name in SAME]
    return select(
        own.c.shop_id,
        own.c.price,
        func.sum(own.c.price).over(partition_by=alike).label("sum"),
        func.count().over(partition_by=alike).label("shops"),
    ).subquery()
