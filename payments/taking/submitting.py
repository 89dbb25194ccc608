"""Sending an attempt's prompt. The attempt is marked as sent and committed before the request leaves,
so that whatever dies after that is asked about by the same reference and never charged twice."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

import structlog
from sqlalchemy import select

from flows.money import Money
from payments.charge import Charge, Submission
from payments.errors import PaymentError
from payments.rail import Rail
from payments.taking.outcome import Case, end_badly, locked_case, submitted
from payments.taking.steps import (
    CREATED,
    EXPIRED,
    FAILED,
    SUBMITTED,
    move_attempt,
)
from payments.taking.views import NEVER_SENT, NO_RAIL, ORDER_CLOSED
from payments.world import World
from store.models import AttemptRow
from store.scope import Scope

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Errand:
    """What is to be said to which rail, once no database connection is held."""

    shop_id: UUID
    rail: Rail
    charge: Charge


def shop_of(world: World, attempt_id: UUID) -> UUID | None:
    return world.read(
        lambda session: session.scalar(
            select(AttemptRow.shop_id).where(AttemptRow.id == attempt_id)
        )
    )


def submit(world: World, attempt_id: UUID) -> datetime | None:
    """Send the prompt of a created attempt; does nothing for any other. When it is too early (a USSD
    session is still being answered), returns the moment to call again."""
    shop_id = shop_of(world, attempt_id)
    if shop_id is None:
        log.warning("unknown attempt to submit", attempt=str(attempt_id))
        return None
    claimed = world.at_shop(shop_id, lambda scope: _claim(world, scope, attempt_id))
    if isinstance(claimed, Errand):
        send(world, claimed)
        return None
    return claimed


def send(world: World, errand: Errand, *, again: bool = False) -> None:
    """Make the request of an attempt already marked as submitted, and write down the answer."""
    answer: Submission | PaymentError
    try:
        answer = errand.rail.request(errand.charge)
    except PaymentError as error:
        answer = error
        log.warning(
            "payment request without an answer",
            attempt=str(errand.charge.reference),
            rail=errand.rail.name,
            reason=error.reason,
            unknown=error.unknown,
        )

    def write(scope: Scope) -> None:
        case = locked_case(scope, errand.charge.reference, world.rails)
        if case is not None:
            submitted(case, answer, again=again)

    world.at_shop(errand.shop_id, write)


def charge_of(case: Case) -> Charge:
    attempt, number = case.attempt, case.subject.number
    name = case.scope.shop.name
    return Charge(
        reference=attempt.id,
        amount=Money(attempt.amount, attempt.currency),
        payer=attempt.payer,
        order_number=number,
        note=f"{name} #{number}" if number is not None else name,
    )


def _claim(world: World, scope: Scope, attempt_id: UUID) -> Errand | datetime | None:
    case = locked_case(scope, attempt_id, world.rails)
    if case is None or case.attempt.status != CREATED:
        return None
    attempt, rail = case.attempt, case.rail
    if attempt.submit_after > scope.now:
        return attempt.submit_after
    if case.subject.closed:
        end_badly(case, FAILED, ORDER_CLOSED)
    elif rail is None:
        end_badly(case, FAILED, NO_RAIL)
    elif attempt.expires_at is not None and attempt.expires_at <= scope.now:
        # Nobody waits any more: a prompt out of the blue would only frighten.
        end_badly(case, EXPIRED, NEVER_SENT)
    else:
        _mark_sent(world, scope, attempt, rail)
        return Errand(scope.shop.id, rail, charge_of(case))
    return None


def _mark_sent(world: World, scope: Scope, attempt: AttemptRow, rail: Rail) -> None:
    move_attempt(scope, attempt, SUBMITTED)
    attempt.submitted_at = scope.now
    attempt.expires_at = scope.now + world.schedule.window_of(rail)
    attempt.next_poll_at = world.schedule.next_poll(scope.now, scope.now, attempt.expires_at)
