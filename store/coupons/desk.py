"""Coupons by the seller's word: within bounds, since a caller's number can be forged."""

from collections.abc import Sequence
from datetime import timedelta
from decimal import Decimal

from sqlalchemy import or_, select

from flows.money import Money, MoneyError
from flows.ports.coupon_desk import CouponStanding
from flows.ports.loyalty import CouponKind, Why
from flows.ports.refusals import BadAmount, CouponRefused, CouponTooBig, NoCouponCode, Refusal
from intents.coupon_making import Making, Worth
from store.audit.trail import audited
from store.coupons.finding import as_code
from store.ids import new_id
from store.models import CouponRow
from store.scope import Scope

MOST_DAYS = 365
MOST_MINOR = 10**12
MOST_LISTED = 20


class ShopCoupons:
    """Implements flows.ports.coupon_desk.CouponDeskPort."""

    def __init__(self, scope: Scope) -> None:
        self._scope = scope

    def coupons(self) -> Sequence[CouponStanding]:
        rows = self._scope.session.scalars(
            select(CouponRow)
            .where(
                CouponRow.shop_id == self._scope.shop.id,
                CouponRow.active.is_(True),
                or_(CouponRow.ends_at.is_(None), CouponRow.ends_at > self._scope.now),
            )
            .order_by(CouponRow.code)
            .limit(MOST_LISTED)
        )
        return [self._standing(row) for row in rows]

    @audited(answered=True)
    def make(self, making: Making) -> CouponStanding | Refusal:
        code = as_code(making.code)
        if code is None or code.isdigit():
            return NoCouponCode(making.code)
        terms = self._terms(making)
        if isinstance(terms, Refusal):
            return terms
        days = making.days if making.days is not None else self._scope.rules.coupon_days
        if not 1 <= days <= MOST_DAYS:
            return BadAmount(f"{days}d")
        row = self._found(code) or self._new(code)
        row.kind, row.worth, row.minimum = terms
        row.starts_at, row.ends_at = None, self._scope.now + timedelta(days=days)
        row.active = row.by_phone = True
        self._scope.shop.coupons = True
        return self._standing(row)

    @audited(answered=True)
    def end(self, code: str) -> CouponStanding | Refusal:
        row = self._found(code.upper())
        if row is None:
            return CouponRefused(code.upper(), Why.UNKNOWN)
        row.active, row.by_phone = False, True
        return self._standing(row)

    def _terms(self, making: Making) -> tuple[str, int, int | None] | Refusal:
        """Kind, worth and minimum. An amount needs so many goods that it is no greater a part of them than
        a percentage may be."""
        most = self._scope.rules.coupon_by_phone
        if making.worth is Worth.FREE:
            return CouponKind.DELIVERY.value, 0, None
        if making.worth is Worth.PERCENT:
            if making.figure > most:
                return CouponTooBig(int(most))
            hundredths = int(making.figure * 100)
            return (CouponKind.PERCENT.value, hundredths, None) if hundredths else _bad(making)
        try:
            amount = Money.of(making.figure, self._scope.shop.currency).minor
        except MoneyError:
            return _bad(making)
        if not 0 < amount <= MOST_MINOR:
            return _bad(making)
        return CouponKind.FIXED.value, amount, int(-(-amount * 100 // most))

    def _found(self, code: str) -> CouponRow | None:
        return self._scope.session.scalar(
            select(CouponRow)
            .where(CouponRow.shop_id == self._scope.shop.id, CouponRow.code == code)
            .with_for_update()
        )

    def _new(self, code: str) -> CouponRow:
        row = CouponRow(
            id=new_id(), shop_id=self._scope.shop.id, code=code, used=0, created_at=self._scope.now
        )
        self._scope.session.add(row)
        return row

    def _standing(self, row: CouponRow) -> CouponStanding:
        currency = self._scope.shop.currency
        worth: Decimal | Money | None = None
        if row.kind == CouponKind.PERCENT:
            worth = Decimal(row.worth) / 100
        elif row.kind == CouponKind.FIXED:
            worth = Money(row.worth, currency)
        minimum = Money(row.minimum, currency) if row.minimum else None
        return CouponStanding(row.code, worth, row.used, minimum, row.ends_at)


def _bad(making: Making) -> BadAmount:
    return BadAmount(f"{making.figure:f}")
