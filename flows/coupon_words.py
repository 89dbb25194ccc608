"""Why a coupon does not count, in words: one row for each reason."""

from collections.abc import Callable, Mapping
from datetime import timedelta

from flows.message import Clock, Day, Message
from flows.ports.loyalty import Why
from flows.ports.refusals import CouponRefused

REASONS: Mapping[str, Callable[[CouponRefused], Message]] = {
    Why.UNKNOWN: lambda r: Message("refused-coupon-unknown", code=r.code),
    Why.OVER: lambda r: Message("refused-coupon-over", code=r.code),
    # It ends with a day: at midnight the day before is meant.
    Why.ENDED: lambda r: Message(
        "refused-coupon-ended", code=r.code, date=Day(r.at - timedelta(minutes=1)) if r.at else ""
    ),
    Why.NOT_YET: lambda r: Message(
        "refused-coupon-not-yet", code=r.code, date=Day(r.at) if r.at else ""
    ),
    Why.USED_UP: lambda r: Message("refused-coupon-used-up", code=r.code),
    Why.YOU_USED: lambda r: Message("refused-coupon-you-used", code=r.code),
    Why.FIRST_ONLY: lambda r: Message("refused-coupon-first-only", code=r.code),
    Why.BELOW: lambda r: Message("refused-coupon-below", code=r.code, missing=r.amount or ""),
    Why.ABOVE: lambda r: Message("refused-coupon-above", code=r.code, amount=r.amount or ""),
    Why.NO_GOODS: lambda r: Message("refused-coupon-no-goods", code=r.code),
    Why.TRIES: lambda r: Message("refused-coupon-tries", until=Clock(r.at) if r.at else ""),
}


def coupon_refused(refusal: CouponRefused) -> Message:
    """A reason whose fact is missing is told without it."""
    return REASONS.get(refusal.why, REASONS[Why.UNKNOWN])(refusal)
