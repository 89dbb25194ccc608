"""How the payment of an order stands, in words, and what can be done about it."""

from collections.abc import Sequence

from flows.customer.collecting import CASH, OPEN, way_of
from flows.customer.options import HUMAN
from flows.message import Clock, Message
from flows.notices.payments import NEXT
from flows.ports.orders import Order, PaymentStatus
from flows.ports.payments import Attempt, AttemptStatus, NextStep, Way
from flows.rails import rail_name
from flows.reply import Option
from flows.visit import Visit

# A person must look, or the books follow in a moment: nobody is asked to pay.
HELD = frozenset({AttemptStatus.REVIEW, AttemptStatus.SUCCEEDED})


def payable(order: Order) -> bool:
    """Whether money for it can still be asked for."""
    waiting = order.payment_status in (PaymentStatus.PENDING, PaymentStatus.FAILED)
    return waiting and not order.closed and order.rail != CASH


def kept_until(order: Order) -> tuple[Message, ...]:
    """Until when the goods of an unpaid order are kept."""
    if order.held_until is None or not payable(order):
        return ()
    return (Message("goods-kept", until=Clock(order.held_until)),)


def may_still_be_paid(attempt: Attempt | None) -> bool:
    return attempt is None or attempt.status not in HELD


def standing(visit: Visit, order: Order, attempt: Attempt | None) -> Message:
    """Paid, asked for, failed, or not yet asked for."""
    if not payable(order):
        return _settled(order)
    if attempt is None:
        return Message("paying-not-yet", number=order.number, amount=order.total)
    if attempt.status in OPEN:
        return _asked_for(visit, order, attempt)
    if attempt.status is AttemptStatus.REVIEW:
        return Message("paying-review", number=order.number)
    if attempt.status is AttemptStatus.SUCCEEDED:
        return Message("paying-settling", number=order.number)
    return Message(
        "paying-failed", number=order.number, next=NEXT[attempt.next or NextStep.TRY_AGAIN]
    )


def _asked_for(visit: Visit, order: Order, attempt: Attempt) -> Message:
    number, amount = order.number, attempt.amount
    if attempt.wants_code:
        return Message("paying-code", number=number, rail=rail_name(attempt.rail))
    if attempt.link is not None:
        return Message("paying-link", number=number, amount=amount, link=attempt.link)
    if way_of(visit, attempt.rail) is Way.LINK:
        return Message("paying-link-soon", number=number, amount=amount)
    return Message("paying-prompt", payer=attempt.payer, amount=amount, number=number)


def _settled(order: Order) -> Message:
    if order.rail == CASH and not order.closed and order.payment_status is PaymentStatus.PENDING:
        return Message("paying-in-cash", number=order.number, amount=order.total)
    if order.payment_status is PaymentStatus.REFUNDED:
        return Message("paying-refunded", number=order.number, amount=order.total)
    if order.payment_status is PaymentStatus.PAID and order.at_the_door:
        return Message("paying-paid-door", number=order.number, due=order.at_the_door)
    if order.payment_status is PaymentStatus.PAID:
        return Message("paying-paid", number=order.number)
    return Message("paying-not-needed", number=order.number)


def options_for(visit: Visit, order: Order, attempt: Attempt | None) -> Sequence[Option]:
    """What the customer can do next."""
    track = Option(f"track:{order.number}", Message("option-track"))
    if order.payment_status is PaymentStatus.PAID and visit.ports.records is not None:
        return (track, receipt_option(order.number))
    if not payable(order):
        return (track,)
    if attempt is not None and attempt.status in OPEN:
        return (Option(f"paid:{order.number}", Message("option-paid")), track)
    if attempt is not None and attempt.status in HELD:
        return (track, HUMAN)
    return (*ways_to_pay(visit, order), track)


def receipt_option(number: int) -> Option:
    return Option(f"receipt:{number}", Message("option-receipt"))


def ways_to_pay(visit: Visit, order: Order) -> tuple[Option, ...]:
    """What can be tried when nothing is open."""
    offered = visit.ports.payments.options(order.total)
    ways = {option.way for option in offered}
    chosen = [Option(f"pay:{order.number}", Message("option-pay"))]
    if Way.PROMPT in ways:
        chosen.append(Option(f"other-number:{order.number}", Message("option-other-number")))
    if sum(option.way is not Way.CASH for option in offered) > 1:
        chosen.append(Option(f"other-way:{order.number}", Message("option-other-way")))
    if Way.CASH in ways:
        chosen.append(Option(f"cash:{order.number}", Message("option-cash")))
    return tuple(chosen)
