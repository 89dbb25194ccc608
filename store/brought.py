"""What links led to, counted from the books: nothing is counted along the way."""

from collections.abc import Mapping, Sequence
from typing import Any, TypeAlias
from uuid import UUID

from sqlalchemy import ColumnElement, and_, distinct, func, or_, select
from sqlalchemy.sql import Select

from flows.money import Money
from flows.ports.orders import OrderStatus
from flows.ports.sharing import Brought
from store.models import (
    ArrivalRow,
    CartLineRow,
    CartRow,
    CustomerRow,
    OrderRow,
    ShareRow,
    StaffRow,
)
from store.scope import Scope

_SHARER = ShareRow.person_id
Counts: TypeAlias = Select[UUID, int]


def brought(scope: Scope, person_id: UUID) -> Brought:
    """By one person's links."""
    counted = _counted(scope, person_id)
    return counted.get(person_id, Brought(0, 0, 0, 0, Money.zero(scope.shop.currency)))


def by_sharer(scope: Scope, most: int) -> Sequence[Brought]:
    """By each sharer's, the best first; those who brought nobody are left out."""
    counted = _counted(scope)
    best = sorted(counted.items(), key=lambda pair: (-pair[1].orders, -pair[1].people, pair[0]))
    listed = [(who, counts) for who, counts in best if counts.people][:most]
    names = _names(scope, [who for who, _ in listed])
    return [
        Brought(c.opened, c.people, c.carts, c.orders, c.worth, names.get(who)) for who, c in listed
    ]


def _counted(scope: Scope, person_id: UUID | None = None) -> Mapping[UUID, Brought]:
    """By sharer: of one, or of all."""
    here = ShareRow.shop_id == scope.shop.id
    if person_id is not None:
        here = and_(here, ShareRow.person_id == person_id)
    opened = select(_SHARER, func.sum(ShareRow.opened)).group_by(_SHARER)
    looks = _by_sharer(scope, opened.where(here))
    people = _by_sharer(scope, _arrivals(func.count(distinct(ArrivalRow.person_id))).where(here))
    carts = _by_sharer(scope, _with_carts().where(here))
    orders = _by_sharer(scope, _with_orders(func.count()).where(here))
    worth = _by_sharer(scope, _with_orders(func.sum(OrderRow.total)).where(here))
    return {
        who: Brought(
            looks[who],
            people.get(who, 0),
            carts.get(who, 0),
            orders.get(who, 0),
            Money(worth.get(who, 0), scope.shop.currency),
        )
        for who in looks
    }


def _by_sharer(scope: Scope, counts: Counts) -> Mapping[UUID, int]:
    """Sums of PostgreSQL are decimals."""
    return {who: int(count) for who, count in scope.session.execute(counts)}


def _arrivals(counted: ColumnElement[Any]) -> Counts:
    return (
        select(_SHARER, counted)
        .join(ArrivalRow, ArrivalRow.share_id == ShareRow.id)
        .group_by(_SHARER)
    )


def _with_carts() -> Counts:
    """People who put something in a cart since they came: it is there, or was ordered."""
    filled = select(CartLineRow.cart_id).where(CartLineRow.cart_id == CartRow.id).exists()
    return _arrivals(func.count(distinct(ArrivalRow.person_id))).join(
        CartRow,
        and_(
            CartRow.shop_id == ArrivalRow.shop_id,
            CartRow.person_id == ArrivalRow.person_id,
            CartRow.updated_at >= ArrivalRow.at,
            CartRow.updated_at < ArrivalRow.until,
            or_(CartRow.status == "ordered", filled),
        ),
    )


def _with_orders(counted: ColumnElement[Any]) -> Counts:
    """Their orders since; cancelled ones are none."""
    return _arrivals(counted).join(
        OrderRow,
        and_(
            OrderRow.shop_id == ArrivalRow.shop_id,
            OrderRow.person_id == ArrivalRow.person_id,
            OrderRow.created_at >= ArrivalRow.at,
            OrderRow.created_at < ArrivalRow.until,
            OrderRow.status != OrderStatus.CANCELLED,
        ),
    )


def _names(scope: Scope, people: Sequence[UUID]) -> Mapping[UUID, str]:
    """What sharers are called here: as staff, else as customers."""
    names: dict[UUID, str] = {}
    for table in (CustomerRow, StaffRow):
        rows = scope.session.execute(
            select(table.person_id, table.name).where(
                table.shop_id == scope.shop.id, table.person_id.in_(people)
            )
        )
        names.update({who: name for who, name in rows if name})
    return names
