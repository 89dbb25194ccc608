"""Whether a coupon counts for a basket, and what it takes off. Pure: the facts are read elsewhere."""

from dataclasses import dataclass
from datetime import datetime

from flows.money import Money
from flows.ports.loyalty import CouponKind, Why
from flows.ports.refusals import CouponRefused
from store.models import CouponRow
from store.quoting.basket import Basket, BasketLine
from store.splits import spread

# Hundredths of a percent in a whole.
WHOLE = 10_000


@dataclass(frozen=True, slots=True)
class Known:
    """A coupon, how often this person has used it, and whether they have ordered here before."""

    coupon: CouponRow
    by_person: int
    ordered: bool


@dataclass(frozen=True, slots=True)
class Cut:
    """Off each line, and off the delivery; minor units."""

    cuts: tuple[int, ...]
    fee: int = 0


def judge(known: Known, basket: Basket, now: datetime, currency: str) -> Cut | CouponRefused:
    """What it takes off this basket, or the first reason why it does not count."""
    return _refused(known, now) or _unfit(known.coupon, basket, currency) or cut(known, basket)


def _refused(known: Known, now: datetime) -> CouponRefused | None:
    """By the coupon itself and by who wants it."""
    coupon = known.coupon
    if not coupon.active:
        return CouponRefused(coupon.code, Why.OVER)
    if coupon.ends_at is not None and coupon.ends_at <= now:
        return CouponRefused(coupon.code, Why.ENDED, at=coupon.ends_at)
    if coupon.starts_at is not None and coupon.starts_at > now:
        return CouponRefused(coupon.code, Why.NOT_YET, at=coupon.starts_at)
    if coupon.limit_total is not None and coupon.used >= coupon.limit_total:
        return CouponRefused(coupon.code, Why.USED_UP)
    return for_person(known)


def for_person(known: Known) -> CouponRefused | None:
    """By what this person did before."""
    coupon = known.coupon
    if coupon.limit_person is not None and known.by_person >= coupon.limit_person:
        return CouponRefused(coupon.code, Why.YOU_USED)
    if coupon.first_order and known.ordered:
        return CouponRefused(coupon.code, Why.FIRST_ONLY)
    return None


def _unfit(coupon: CouponRow, basket: Basket, currency: str) -> CouponRefused | None:
    """By what is in the basket, at its prices before any deduction."""
    if coupon.minimum is not None and basket.subtotal < coupon.minimum:
        missing = Money(coupon.minimum - basket.subtotal, currency)
        return CouponRefused(coupon.code, Why.BELOW, missing)
    if coupon.maximum is not None and basket.subtotal > coupon.maximum:
        return CouponRefused(coupon.code, Why.ABOVE, Money(coupon.maximum, currency))
    if not any(eligible(coupon, line) for line in basket.lines):
        return CouponRefused(coupon.code, Why.NO_GOODS)
    return None


def eligible(coupon: CouponRow, line: BasketLine) -> bool:
    """Whether it counts for this line. A product's sku stands for all of its kinds."""
    skus, category = {line.sku, line.goods.sku}, line.goods.category
    if skus & set(coupon.except_products) or category in coupon.except_categories:
        return False
    if not coupon.products and not coupon.categories:
        return True
    return bool(skus & set(coupon.products)) or category in coupon.categories


def cut(known: Known, basket: Basket) -> Cut:
    """Off what earlier deductions have left of the eligible lines, rounded half up."""
    coupon, kind = known.coupon, CouponKind(known.coupon.kind)
    nothing = tuple(0 for _ in basket.lines)
    if kind is CouponKind.DELIVERY:
        return Cut(nothing, _capped(coupon, basket.fee))
    over = [line.left if eligible(coupon, line) else 0 for line in basket.lines]
    whole = sum(over)
    off = (
        (whole * coupon.worth + WHOLE // 2) // WHOLE if kind is CouponKind.PERCENT else coupon.worth
    )
    return Cut(tuple(spread(min(_capped(coupon, off), whole), over)))


def _capped(coupon: CouponRow, amount: int) -> int:
    return amount if coupon.cap is None else min(amount, coupon.cap)
