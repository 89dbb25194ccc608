"""What must end before a person can be forgotten: afterwards nobody could say whose it was."""

from collections.abc import Callable, Sequence
from uuid import UUID

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from flows.money import Money
from flows.ports.refusals import MoneyLeft, MoneyMoving, OrderOpen, Refusal, WorksHere
from store.forgetting.whereabouts import theirs
from store.models import (
    AttemptRow,
    BalanceRow,
    OrderRow,
    PayoutRow,
    PersonRow,
    RefundRow,
    ReturnRow,
    RiderRow,
    ShopRow,
    StaffRow,
)
from store.orders.settlement import OPEN_ATTEMPTS
from store.under_way import CLOSED_ORDERS
from store.wallets import wallet_of

OPEN_RETURNS = ("asked", "accepted")


Look = Callable[[Session, PersonRow, Sequence[UUID]], Refusal | None]


def hindrance(session: Session, person: PersonRow, shops: Sequence[UUID]) -> Refusal | None:
    """The first of what must be ended or taken out before, at any of their `shops`; None when nothing is
    under way."""
    found = (look(session, person, shops) for look in LOOKS)
    return next((refusal for refusal in found if refusal is not None), None)


def _works(session: Session, person: PersonRow, shops: Sequence[UUID]) -> Refusal | None:
    for role in (StaffRow, RiderRow):
        shop = session.scalar(
            select(ShopRow.name)
            .join(role, role.shop_id == ShopRow.id)
            .where(role.person_id == person.id, role.active)
            .limit(1)
        )
        if shop is not None:
            return WorksHere(shop)
    return None


def _ordered(session: Session, person: PersonRow, shops: Sequence[UUID]) -> Refusal | None:
    """An order that is not closed, or goods of one that are to come back."""
    orders = (
        select(OrderRow.number, ShopRow.name)
        .join(ShopRow, ShopRow.id == OrderRow.shop_id)
        .where(theirs(OrderRow, person, shops))
    )
    coming_back = orders.join(ReturnRow, ReturnRow.order_id == OrderRow.id)
    open_ones = (
        orders.where(OrderRow.status.not_in(CLOSED_ORDERS)),
        coming_back.where(ReturnRow.status.in_(OPEN_RETURNS)),
    )
    for query in open_ones:
        found = session.execute(query.limit(1)).first()
        if found is not None:
            number, shop = found
            return OrderOpen(number, shop)
    return None


def _moving(session: Session, person: PersonRow, shops: Sequence[UUID]) -> Refusal | None:
    """Money that is asked for, looked at by a person, paid out or given back."""
    mine = AttemptRow.person_id == person.id
    moving = (
        select(AttemptRow.id).where(mine, AttemptRow.status.in_((*OPEN_ATTEMPTS, "review"))),
        select(PayoutRow.id).where(
            theirs(PayoutRow, person, shops), PayoutRow.settled_at.is_(None)
        ),
        select(RefundRow.id)
        .outerjoin(OrderRow, OrderRow.id == RefundRow.order_id)
        .join(AttemptRow, AttemptRow.id == RefundRow.attempt_id)
        .where(RefundRow.settled_at.is_(None), or_(mine, OrderRow.person_id == person.id)),
    )
    going = any(session.scalar(query.limit(1)) is not None for query in moving)
    return MoneyMoving() if going else None


def _kept(session: Session, person: PersonRow, shops: Sequence[UUID]) -> Refusal | None:
    found = session.execute(
        select(BalanceRow.balance, BalanceRow.currency, ShopRow.name)
        .join(ShopRow, ShopRow.id == BalanceRow.shop_id)
        .where(
            BalanceRow.shop_id.in_(shops),
            BalanceRow.account == wallet_of(person.id).name,
            BalanceRow.balance > 0,
        )
        .limit(1)
    ).first()
    return MoneyLeft(Money(found[0], found[1]), found[2]) if found is not None else None


LOOKS: Sequence[Look] = (_works, _ordered, _moving, _kept)
