"""COUPON: a code for customers, made, ended and listed by phone."""

from decimal import Decimal

from flows.message import Message, Value, verbatim
from flows.place import Step
from flows.ports.coupon_desk import CouponStanding
from flows.ports.refusals import Refusal
from flows.seller.refused import refused
from flows.seller.role import coupons, seller, tell
from flows.visit import Visit
from intents.command import Command, Word
from intents.coupon_making import Worth, read_making


@seller.anywhere(Word.COUPON)
def coupon(visit: Visit, command: Command) -> Step:
    if not command.rest:
        return _list(visit)
    making = read_making(command.rest)
    if making is None:
        return tell(visit, Message("how-to-coupon"))
    if making.worth is Worth.OFF:
        ended = coupons(visit).end(making.code)
        if isinstance(ended, Refusal):
            return refused(visit, ended)
        return tell(visit, Message("coupon-ended", count=ended.used, code=ended.code))
    made = coupons(visit).make(making)
    return refused(visit, made) if isinstance(made, Refusal) else tell(visit, _made(made))


def _made(made: CouponStanding) -> Message:
    """What customers get, from when on, until when."""
    until = made.ends_at or ""
    if made.minimum is None:
        return Message("coupon-made", code=made.code, what=_worth(made), date=until)
    return Message(
        "coupon-made-from", code=made.code, what=_worth(made), minimum=made.minimum, date=until
    )


def _list(visit: Visit) -> Step:
    found = coupons(visit).coupons()
    if not found:
        return tell(visit, Message("coupons-none"), Message("how-to-coupon"))
    lines = tuple(
        Message("coupon-line", code=each.code, what=_worth(each), quantity=each.used)
        for each in found
    )
    return tell(visit, Message("coupons-list", lines=lines))


def _worth(standing: CouponStanding) -> Value:
    if standing.worth is None:
        return Message("coupon-worth-delivery")
    if isinstance(standing.worth, Decimal):
        return verbatim(f"{standing.worth.normalize():f}%")
    return standing.worth
