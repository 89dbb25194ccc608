"""Coupons among the deductions: looked at with every quote, used up with the order, given back with it."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import ColumnElement, or_, select, update

from flows.ports.loyalty import Why
from flows.ports.quote import SavingKind
from flows.ports.refusals import CouponRefused, Refusal
from store.coupons.finding import find
from store.coupons.judging import for_person, judge
from store.ids import new_id
from store.models import CouponRow, CouponUseRow, OrderRow
from store.quoting.basket import Basket
from store.quoting.deduction import Deduction
from store.scope import Scope


class CouponDeducts:
    """Implements store.quoting.deduction.Deducts for the code in the cart."""

    def of(self, scope: Scope, basket: Basket) -> Sequence[Deduction]:
        """A cart without a code costs no statement."""
        code = basket.cart.coupon if basket.cart is not None else None
        if code is None or not basket.lines:
            return ()
        known = find(scope, code, basket.person.id)
        nothing = tuple(0 for _ in basket.lines)
        if known is None:
            gone = CouponRefused(code, Why.OVER)
            return (Deduction(SavingKind.COUPON, code, "", nothing, unmet=gone),)
        judged = judge(known, basket, scope.now, scope.shop.currency)
        if isinstance(judged, CouponRefused):
            return (Deduction(SavingKind.COUPON, code, "", nothing, unmet=judged),)
        found = str(known.coupon.id)
        return (Deduction(SavingKind.COUPON, code, found, judged.cuts, judged.fee),)

    def claim(self, scope: Scope, order: OrderRow, deduction: Deduction) -> Refusal | None:
        """The coupon's own row is the lock: who comes second sees what the first one used."""
        if not deduction.amount:
            return None
        if not _count_up(scope, UUID(deduction.reference)):
            return CouponRefused(deduction.name, Why.USED_UP)
        known = find(scope, deduction.name, order.person_id, besides=order.id)
        refusal = for_person(known) if known is not None else None
        if refusal is None:
            _use(scope, order, UUID(deduction.reference))
        return refusal

    def give_back(self, scope: Scope, order: OrderRow) -> None:
        given = scope.session.execute(
            update(CouponUseRow)
            .where(
                CouponUseRow.shop_id == scope.shop.id,
                CouponUseRow.order_id == order.id,
                CouponUseRow.given_back_at.is_(None),
            )
            .values(given_back_at=scope.now)
            .returning(CouponUseRow.coupon_id)
            .execution_options(synchronize_session=False)
        ).scalar_one_or_none()
        if given is not None:
            scope.session.execute(
                update(CouponRow)
                .where(CouponRow.id == given)
                .values(used=CouponRow.used - 1)
                .execution_options(synchronize_session=False)
            )

    def lessen(self, scope: Scope, order: OrderRow) -> None:
        """It is used, however little is bought with it."""

    def claim_again(self, scope: Scope, order: OrderRow, former: OrderRow) -> None:
        """Where others have had the last use since, the limit makes room for one more: it was paid."""
        coupon_id = scope.session.scalar(
            select(CouponUseRow.coupon_id).where(
                CouponUseRow.shop_id == scope.shop.id, CouponUseRow.order_id == former.id
            )
        )
        if coupon_id is None:
            return
        if not _count_up(scope, coupon_id, still_valid=False):
            scope.session.execute(
                update(CouponRow)
                .where(CouponRow.id == coupon_id)
                .values(used=CouponRow.used + 1, limit_total=CouponRow.used + 1)
                .execution_options(synchronize_session=False)
            )
        _use(scope, order, coupon_id)


def _count_up(scope: Scope, coupon_id: UUID, *, still_valid: bool = True) -> bool:
    """One use more, unless the limit is reached or it has been ended."""
    wanted: list[ColumnElement[bool]] = [
        CouponRow.shop_id == scope.shop.id,
        CouponRow.id == coupon_id,
        or_(CouponRow.limit_total.is_(None), CouponRow.used < CouponRow.limit_total),
    ]
    if still_valid:
        wanted.append(CouponRow.active.is_(True))
    counted = scope.session.execute(
        update(CouponRow)
        .where(*wanted)
        .values(used=CouponRow.used + 1)
        .returning(CouponRow.id)
        .execution_options(synchronize_session=False)
    )
    return counted.scalar_one_or_none() is not None


def _use(scope: Scope, order: OrderRow, coupon_id: UUID) -> None:
    scope.session.add(
        CouponUseRow(
            id=new_id(),
            shop_id=scope.shop.id,
            coupon_id=coupon_id,
            order_id=order.id,
            person_id=order.person_id,
            at=scope.now,
        )
    )
    scope.session.flush()
