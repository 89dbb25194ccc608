"""Sending money back through the rail that took it, with the same care as taking it."""

from dataclasses import dataclass
from uuid import UUID

import structlog
from sqlalchemy import select

from flows.money import Money
from payments.charge import RailStatus, RefundRequest, Submission
from payments.checking.reviews import WRONG_AMOUNT
from payments.errors import PaymentError
from payments.rail import Ability, Rail
from payments.sending.refund_outcome import answered, settled, stuck, submitted
from payments.taking.steps import NO_ANSWER, STUCK, locked_refund, move_refund
from payments.taking.views import NO_RAIL
from payments.world import World
from store.models import AttemptRow, OrderRow, RefundRow, ReviewRow
from store.models.payments import TO_WALLET
from store.orders.refunds import into_wallet
from store.orders.views import locked
from store.scope import Scope

log = structlog.get_logger(__name__)

BY_HAND = "by-hand"
# Of money that came when nobody waited for it the customer may choose where it goes.
LATE = ("paid_twice", "paid_after_cancellation")


@dataclass(frozen=True, slots=True)
class _Errand:
    shop_id: UUID
    rail: Rail
    request: RefundRequest


def submit_refund(world: World, refund_id: UUID) -> None:
    """Send a refund that nobody has sent yet; does nothing for any other. One whose rail cannot send
    money back becomes stuck, and staff hear of it."""
    _work(world, refund_id, first=True)


def poll_refund(world: World, refund_id: UUID) -> None:
    """Ask about a refund under way, when it is due."""
    _work(world, refund_id, first=False)


def go_on(world: World, refund_id: UUID) -> None:
    """Send it if nobody has; else ask about it, if it is due."""
    submit_refund(world, refund_id)
    poll_refund(world, refund_id)


def late_money(scope: Scope, person_id: UUID, number: int, *, keep: bool) -> Money | None:
    """What came too late for an order of this person, and has not been sent yet: into their wallet, or on
    its way at once. None where there is nothing of the kind."""
    order = locked(scope, number=number)
    if order is None or order.person_id != person_id:
        return None
    refund = scope.session.scalar(
        select(RefundRow)
        .where(
            RefundRow.order_id == order.id,
            RefundRow.status == "created",
            RefundRow.cause.in_(LATE),
        )
        .with_for_update()
    )
    if refund is None:
        return None
    if keep:
        move_refund(scope, refund, "succeeded", TO_WALLET)
        scope.session.flush()
        into_wallet(scope, order, refund)
    else:
        refund.next_poll_at = scope.now
        scope.woken.refunds.add(refund.id)
    return Money(refund.amount, refund.currency)


def done_by_hand(scope: Scope, refund_id: UUID) -> RefundRow | None:
    """A person has sent it, or the provider by itself: it is done. None where there is nothing to be done
    any more, or the rail may still be at it."""
    found = locked_refund(scope, refund_id)
    if found is None or found[1].status not in ("created", STUCK):
        return None
    if not move_refund(scope, found[1], "succeeded", BY_HAND):
        return None
    scope.session.flush()
    settled(scope, found[1], done=True)
    return found[1]


def _work(world: World, refund_id: UUID, *, first: bool) -> None:
    shop_id = world.read(
        lambda session: session.scalar(select(RefundRow.shop_id).where(RefundRow.id == refund_id))
    )
    if shop_id is None:
        log.warning("unknown refund", refund=str(refund_id))
        return
    claim = _claim_first if first else _claim_due
    errand = world.at_shop(shop_id, lambda scope: claim(world, scope, refund_id))
    if errand is None:
        return
    if first:
        _send(world, errand, again=False)
    elif _ask(world, errand):
        _send(world, errand, again=True)


def _claim_first(world: World, scope: Scope, refund_id: UUID) -> _Errand | None:
    found = locked_refund(scope, refund_id)
    if found is None or found[1].status != "created":
        return None
    order, refund = found
    errand = _errand(world, scope, order, refund)
    if errand is None:
        stuck(scope, refund, NO_RAIL)
        return None
    refund.submitted_at = refund.submitted_at or scope.now
    refund.next_poll_at = world.schedule.next_poll(refund.submitted_at, scope.now)
    if refund.next_poll_at is None:
        # Tried for a day in vain.
        stuck(scope, refund, refund.reason_code or NO_ANSWER)
        return None
    move_refund(scope, refund, "submitted")
    return errand


def _claim_due(world: World, scope: Scope, refund_id: UUID) -> _Errand | None:
    found = locked_refund(scope, refund_id)
    if found is None:
        return None
    order, refund = found
    if refund.submitted_at is None or refund.next_poll_at is None:
        return None
    if refund.next_poll_at > scope.now:
        return None
    errand = _errand(world, scope, order, refund)
    if errand is None:
        stuck(scope, refund, NO_RAIL)
        return None
    refund.next_poll_at = scope.now + world.schedule.lease
    return errand


def _errand(
    world: World, scope: Scope, order: OrderRow | None, refund: RefundRow
) -> _Errand | None:
    attempt = scope.session.get(AttemptRow, refund.attempt_id)
    rail = world.rails.at(scope.shop, attempt.rail) if attempt else None
    if attempt is None or rail is None or not rail.can(Ability.REFUND):
        return None
    request = RefundRequest(
        reference=refund.id,
        charge=refund.attempt_id,
        amount=Money(refund.amount, refund.currency),
        order_number=order.number if order else None,
        note=f"{scope.shop.name} #{order.number}" if order else scope.shop.name,
        charged=_charged(scope, attempt),
        payer=attempt.payer,
        charge_id=attempt.provider_id,
        provider_id=refund.provider_id,
        waited=scope.now - (refund.submitted_at or scope.now),
    )
    return _Errand(scope.shop.id, rail, request)


def _charged(scope: Scope, attempt: AttemptRow) -> Money:
    """What the attempt took, where that is not what it had asked for."""
    review = None
    if attempt.got is not None:
        review = scope.session.scalar(
            select(ReviewRow).where(
                ReviewRow.attempt_id == attempt.id, ReviewRow.kind == WRONG_AMOUNT
            )
        )
    if review is None or review.got is None or review.got_currency is None:
        return Money(attempt.amount, attempt.currency)
    return Money(review.got, review.got_currency)


def _send(world: World, errand: _Errand, *, again: bool) -> None:
    answer: Submission | PaymentError
    try:
        answer = errand.rail.refund(errand.request)
    except PaymentError as error:
        answer = error
        log.warning(
            "refund without an answer", refund=str(errand.request.reference), reason=error.reason
        )

    def write(scope: Scope) -> None:
        found = locked_refund(scope, errand.request.reference)
        if found is not None:
            submitted(scope, found[1], errand.rail, answer, again=again)

    world.at_shop(errand.shop_id, write)


def _ask(world: World, errand: _Errand) -> bool:
    """Ask how it stands; True when the provider never got it, so that it must be sent again."""
    reference = errand.request.reference
    answer: RailStatus | PaymentError
    try:
        answer = errand.rail.refund_status(errand.request)
    except PaymentError as error:
        answer = error
        log.warning("refund status not read", refund=str(reference), reason=error.reason)

    def write(scope: Scope) -> bool:
        found = locked_refund(scope, reference)
        if found is None:
            return False
        return answered(scope, found[1], errand.rail, answer, world.schedule)

    return world.at_shop(errand.shop_id, write)
