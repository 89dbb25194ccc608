"""A coupon by its code, with what must be known of the person who wants it: one statement."""

import re
from uuid import UUID

from sqlalchemy import ColumnElement, ScalarSelect, func, select

from flows.ports.orders import OrderStatus
from store.coupons.judging import Known
from store.models import CouponRow, CouponUseRow, OrderRow
from store.scope import Scope

CODE = re.compile(r"[A-Z0-9][A-Z0-9_-]{2,19}")


def as_code(text: str) -> str | None:
    """In capitals, as it is kept; None for what cannot be one."""
    code = text.strip().upper()
    return code if CODE.fullmatch(code) else None


def find(scope: Scope, code: str, person_id: UUID, besides: UUID | None = None) -> Known | None:
    """As it stands now; the order `besides` does not count as one that the person placed before."""
    row = scope.session.execute(
        select(CouponRow, _uses(person_id), _orders(scope, person_id, besides))
        .where(CouponRow.shop_id == scope.shop.id, CouponRow.code == code)
        .execution_options(populate_existing=True)
    ).one_or_none()
    return Known(row[0], row[1], row[2] > 0) if row is not None else None


def _uses(person_id: UUID) -> ScalarSelect[int]:
    return (
        select(func.count())
        .select_from(CouponUseRow)
        .where(
            CouponUseRow.coupon_id == CouponRow.id,
            CouponUseRow.person_id == person_id,
            CouponUseRow.given_back_at.is_(None),
        )
        .scalar_subquery()
    )


def _orders(scope: Scope, person_id: UUID, besides: UUID | None) -> ScalarSelect[int]:
    """Those that came to something, or still may."""
    wanted: list[ColumnElement[bool]] = [
        OrderRow.shop_id == scope.shop.id,
        OrderRow.person_id == person_id,
        OrderRow.status != OrderStatus.CANCELLED,
    ]
    if besides is not None:
        wanted.append(OrderRow.id != besides)
    return select(func.count()).select_from(OrderRow).where(*wanted).scalar_subquery()
