"""Orders that were paid before there was a ledger get their postings afterwards."""

from collections.abc import Sequence

from sqlalchemy import select

from flows.ports.orders import OrderStatus, PaymentStatus
from store.models import AttemptRow, OrderRow, RefundRow
from store.postings.deliveries import cash_collected, release
from store.postings.payments import late_money, payment_received
from store.postings.pending import stands
from store.postings.refunds import owe, refund_sent
from store.scope import Scope

SUCCEEDED = "succeeded"
CASH = "cash"
# Refunds of money that no order took, or of what was beyond an order's total.
NEVER_KEPT = ("paid_twice", "paid_after_cancellation", "more_than_due")
# They lowered the order's total, so that the money is beyond it by now.
TAKEN_OFF = ("became_pickup", "lacking:")


def adopt(scope: Scope, order: OrderRow) -> int:
    """Post what happened to the money of a locked order and was not posted. How many postings that
    were."""
    refunds = scope.session.scalars(
        select(RefundRow).where(RefundRow.order_id == order.id).order_by(RefundRow.created_at)
    ).all()
    made, paid_now = _came(scope, order, refunds)
    if order.status == OrderStatus.DELIVERED:
        made += _delivered(scope, order)
    for refund in refunds:
        beyond = paid_now and refund.cause.startswith(TAKEN_OFF)
        if refund.cause not in NEVER_KEPT and not beyond:
            made += owe(scope, order, refund, stands(scope, order.id))
        if refund.status == SUCCEEDED:
            made += refund_sent(scope, refund, _rail_of(scope, refund))
    return made


def _came(scope: Scope, order: OrderRow, refunds: Sequence[RefundRow]) -> tuple[int, bool]:
    """How many postings of money that came, and whether the order's own payment is among them."""
    given_back = {refund.attempt_id for refund in refunds if refund.cause in NEVER_KEPT[:2]}
    made, paid_now = 0, False
    for attempt in _succeeded(scope, order):
        if attempt.id in given_back:
            made += late_money(scope, attempt)
        elif attempt.id == order.paid_by:
            paid_now = payment_received(scope, order, attempt)
            made += paid_now
    return made, paid_now


def _succeeded(scope: Scope, order: OrderRow) -> Sequence[AttemptRow]:
    """Those of the order, and the one of the cancelled order that it succeeds."""
    own = AttemptRow.order_id == order.id
    wanted = own if order.paid_by is None else own | (AttemptRow.id == order.paid_by)
    return scope.session.scalars(
        select(AttemptRow).where(wanted, AttemptRow.status == SUCCEEDED)
    ).all()


def _delivered(scope: Scope, order: OrderRow) -> bool:
    if order.paid_by is not None:
        return release(scope, order, stands(scope, order.id))
    if order.rail == CASH and order.payment_status == PaymentStatus.PAID:
        return cash_collected(scope, order)
    return False


def _rail_of(scope: Scope, refund: RefundRow) -> str:
    return scope.session.get_one(AttemptRow, refund.attempt_id).rail
