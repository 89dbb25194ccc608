"""The shop's riders: what each of them has to bring, holds of the shop's cash, and where they were last."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from sqlalchemy import ColumnElement, and_, case, false, func, literal, literal_column, select
from sqlalchemy.orm import joinedload

from flows.ports.orders import DeliveryStatus, PaymentStatus
from flows.ports.trade import Carrier
from store.dispatch.jobs import CARRIED
from store.ledger import Kind
from store.models import BalanceRow, DeliveryRow, OrderRow, RiderRow
from store.proof.spelling import SPELLINGS
from store.scope import Scope
from store.terms import terms_of

# A place where somebody was longer ago says nothing about where they are.
PLACE_KEPT = timedelta(hours=2)


@dataclass(frozen=True, slots=True)
class Candidate:
    """`jobs` has the rider taken and not brought, `along` of them wait in the shop to go the same way;
    `holds` is the shop's cash that the rider has, in minor units."""

    rider: RiderRow
    jobs: int
    along: int
    holds: int


def candidates(scope: Scope, order: OrderRow | None = None) -> Sequence[Candidate]:
    """The shop's riders as they are asked about `order`: first who has the goods, then who goes the same way
    anyhow, then who has least to bring, then who is nearest to the shop, then in the shop's own order. One
    statement."""
    jobs = _open_jobs(scope, order)
    rows = scope.session.execute(
        select(
            RiderRow,
            func.coalesce(jobs.c.open, 0),
            func.coalesce(jobs.c.along, 0),
            func.coalesce(BalanceRow.balance, 0),
        )
        .outerjoin(jobs, jobs.c.rider_id == RiderRow.id)
        .outerjoin(
            BalanceRow,
            and_(
                BalanceRow.shop_id == RiderRow.shop_id,
                BalanceRow.currency == scope.shop.currency,
                BalanceRow.account == _account(scope),
            ),
        )
        .where(RiderRow.shop_id == scope.shop.id, RiderRow.active, ~RiderRow.suspended)
        .order_by(RiderRow.position, RiderRow.id)
        .options(joinedload(RiderRow.person))
    )
    found = [
        Candidate(rider, int(open_), int(along), int(holds)) for rider, open_, along, holds in rows
    ]
    holder = order.delivery.holder_id if order is not None and order.delivery else None
    return sorted(
        found,
        key=lambda each: (
            each.rider.id != holder,
            not each.along,
            each.jobs,
            _away(scope, each.rider),
        ),
    )


def _open_jobs(scope: Scope, order: OrderRow | None) -> Any:
    same_way = and_(DeliveryRow.status == DeliveryStatus.ACCEPTED, _direction(order))
    return (
        select(
            DeliveryRow.rider_id,
            func.count().label("open"),
            func.sum(case((same_way, 1), else_=0)).label("along"),
        )
        .join(OrderRow, OrderRow.id == DeliveryRow.order_id)
        .where(DeliveryRow.shop_id == scope.shop.id, DeliveryRow.status.in_(CARRIED))
        .group_by(DeliveryRow.rider_id)
        .subquery()
    )


def _direction(order: OrderRow | None) -> ColumnElement[bool]:
    """Orders that go where `order` goes: into its zone, or where the shop has none to its area."""
    if order is not None and order.zone is not None:
        return OrderRow.zone == order.zone
    if order is not None and order.area is not None:
        return OrderRow.area == order.area
    return false()


def _account(scope: Scope) -> ColumnElement[str]:
    spell = SPELLINGS[scope.session.get_bind().dialect.name]
    return literal(f"{Kind.RIDER_CASH}:") + literal_column(spell.dashed("riders.id"))


def _away(scope: Scope, rider: RiderRow) -> int:
    """How far from the shop a rider is, by what bringing something there costs: whoever brought nothing of
    late is thought to be near."""
    if rider.last_at is None or scope.now - rider.last_at > PLACE_KEPT:
        return 0
    zone = terms_of(scope.shop).zone(rider.last_zone)
    return zone.fee or 0 if zone is not None else 0


def takes(scope: Scope, candidate: Candidate, order: OrderRow) -> bool:
    """Whether one more order is not too much, nor its cash."""
    return not full(scope, candidate.jobs) and not (
        in_cash(order) and must_hand_over(scope, candidate.holds)
    )


def full(scope: Scope, jobs: int) -> bool:
    return jobs >= terms_of(scope.shop).dispatch.most_at_once


def in_cash(order: OrderRow) -> bool:
    """Whether money is taken at the door."""
    return order.payment_status != PaymentStatus.PAID or order.due_at_door > 0


def must_hand_over(scope: Scope, holds: int) -> bool:
    """Whether a rider has so much of the shop's cash that some must be handed over first."""
    limit = terms_of(scope.shop).dispatch.cash_limit
    return limit is not None and holds >= limit


def along_with(scope: Scope, rider: RiderRow, order: OrderRow) -> tuple[str, ...]:
    """Where else this rider takes something in the same direction."""
    rows = scope.session.scalars(
        select(OrderRow.area)
        .join(DeliveryRow, DeliveryRow.order_id == OrderRow.id)
        .where(
            OrderRow.shop_id == scope.shop.id,
            DeliveryRow.rider_id == rider.id,
            DeliveryRow.status == DeliveryStatus.ACCEPTED,
            _direction(order),
        )
        .order_by(OrderRow.number)
    )
    return tuple(area for area in rows if area)


def carriers(scope: Scope) -> Sequence[Carrier]:
    """As sellers see them, those on duty first."""
    found = [
        Carrier(str(e.rider.id), e.rider.name, e.rider.person.phone or "", e.rider.on_duty, e.jobs)
        for e in candidates(scope)
    ]
    return sorted(found, key=lambda carrier: not carrier.on_duty)
