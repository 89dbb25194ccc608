"""Asking a rail how an attempt stands: on the schedule, on a callback's hint, or because the customer
says that they have paid."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

import structlog
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from flows.ports.payments import AttemptStatus
from payments.charge import Callback, RailStatus
from payments.checking.matching import match
from payments.errors import PaymentError
from payments.rail import Rail
from payments.taking.outcome import Case, answered, end_badly, locked_case
from payments.taking.steps import EXPIRED, FAILED, OPEN, SUCCEEDED
from payments.taking.submitting import Errand, charge_of, send, shop_of
from payments.taking.views import NO_RAIL, ORDER_CLOSED
from payments.world import World
from store.models import AttemptRow, PayoutRow, RefundRow
from store.scope import Scope, Woken

log = structlog.get_logger(__name__)

# Its money may still come.
ASKED_ABOUT = frozenset({*OPEN, EXPIRED})
# Of these a call says nothing new, unless it comes so much later: then they are compared once more.
ENDED = frozenset({SUCCEEDED, FAILED})
SETTLING = timedelta(minutes=2)

COMPARE = "compare"


@dataclass(frozen=True, slots=True)
class _Question:
    shop_id: UUID
    rail: Rail
    provider_id: str | None


def callback(world: World, callback: Callback) -> bool:
    """A provider says that something happened to these. Nothing else of what it says is believed: they
    become due, and a worker is woken to ask. False where it is about nothing that we know."""
    now = world.now()

    def make_due(session: Session) -> tuple[set[UUID], int]:
        asked = _charges_due(session, callback, now)
        refunds = {*callback.refunds, *_refunds_of(session, callback.charges)}
        sent = _sent_due(session, RefundRow, refunds, now)
        return asked, sent + _sent_due(session, PayoutRow, callback.payouts, now)

    asked, sent = world.read(make_due)
    # What was sent is taken up by the clock within a second.
    if asked:
        world.wake(Woken(asked=asked))
    return bool(asked or sent) or world.read(lambda session: _known(session, callback))


def _charges_due(session: Session, callback: Callback, now: datetime) -> set[UUID]:
    if not callback.charges:
        return set()
    return set(
        session.scalars(
            update(AttemptRow)
            .where(
                AttemptRow.id.in_(callback.charges),
                AttemptRow.submitted_at.is_not(None),
                AttemptRow.status.in_([status.value for status in ASKED_ABOUT])
                | (
                    AttemptRow.status.in_([status.value for status in ENDED])
                    & (AttemptRow.settled_at < now - SETTLING)
                ),
            )
            .values(next_poll_at=now, reconciled_at=None)
            .returning(AttemptRow.id)
            .execution_options(synchronize_session=False)
        ).all()
    )


def _refunds_of(session: Session, charges: Collection[UUID]) -> Collection[UUID]:
    """Some providers name a refund only by the charge that it gives back."""
    if not charges:
        return ()
    return session.scalars(select(RefundRow.id).where(RefundRow.attempt_id.in_(charges))).all()


def _sent_due(
    session: Session,
    table: type[RefundRow] | type[PayoutRow],
    ids: Collection[UUID],
    now: datetime,
) -> int:
    """How many of these refunds or payouts were still under way."""
    if not ids:
        return 0
    due = session.scalars(
        update(table)
        .where(table.id.in_(ids), table.submitted_at.is_not(None), table.settled_at.is_(None))
        .values(next_poll_at=now)
        .returning(table.id)
        .execution_options(synchronize_session=False)
    )
    return len(due.all())


def _known(session: Session, callback: Callback) -> bool:
    """Known, and past the time when it mattered; all else is worth a line in the log."""
    known = (
        (AttemptRow.id, callback.charges),
        (RefundRow.id, callback.refunds),
        (PayoutRow.id, callback.payouts),
    )
    for column, ids in known:
        if ids and session.scalar(select(column).where(column.in_(ids)).limit(1)):
            return True
    subjects = [str(one) for _, ids in known for one in ids]
    log.warning("callback for nothing of ours", subjects=subjects)
    return False


def poll(world: World, attempt_id: UUID) -> None:
    """Ask about an attempt that is due; does nothing when it is not, or when another process asks
    just now."""
    shop_id = shop_of(world, attempt_id)
    if shop_id is None:
        return
    question = world.at_shop(shop_id, lambda scope: _claim(world, scope, attempt_id))
    if question == COMPARE:
        match(world, attempt_id)
    if not isinstance(question, _Question):
        return
    answer: RailStatus | PaymentError
    try:
        answer = question.rail.status_of(attempt_id, question.provider_id)
    except PaymentError as error:
        answer = error
        log.warning("payment status not read", attempt=str(attempt_id), reason=error.reason)
    errand = world.at_shop(
        shop_id, lambda scope: _write(world, scope, attempt_id, question.rail, answer)
    )
    if errand is not None:
        send(world, errand, again=True)


def _claim(world: World, scope: Scope, attempt_id: UUID) -> _Question | str | None:
    """Whom to ask; COMPARE where it has ended already. The next poll is put off by a lease, so
    that one process asks at a time, and another takes over should this one die."""
    case = locked_case(scope, attempt_id, world.rails)
    if case is None:
        return None
    attempt, rail = case.attempt, case.rail
    if attempt.next_poll_at is None or attempt.next_poll_at > scope.now:
        return None
    if attempt.status in ENDED:
        attempt.next_poll_at = None
        return COMPARE
    if attempt.submitted_at is None or attempt.status not in ASKED_ABOUT:
        return None
    if rail is None:
        log.error("no rail to ask about an attempt", attempt=str(attempt_id), rail=attempt.rail)
        attempt.next_poll_at = world.schedule.next_poll(attempt.submitted_at, scope.now)
        if attempt.next_poll_at is None:
            end_badly(case, EXPIRED, NO_RAIL)
        return None
    attempt.next_poll_at = scope.now + world.schedule.lease
    return _Question(scope.shop.id, rail, attempt.provider_id)


def _write(
    world: World, scope: Scope, attempt_id: UUID, rail: Rail, answer: RailStatus | PaymentError
) -> Errand | None:
    """Write the answer down. An errand when the provider never got our request: it is sent again,
    under the same reference."""
    case = locked_case(scope, attempt_id, world.rails)
    if case is None:
        return None
    # Of a link that the customer has, the provider may know nothing until they follow it.
    lost = isinstance(answer, RailStatus) and answer.state is None and case.attempt.link is None
    if not lost or not _may_send_again(case):
        answered(case, answer, world.schedule)
        return None
    if case.subject.closed:
        end_badly(case, FAILED, ORDER_CLOSED)
        return None
    answered(case, answer, world.schedule)
    case.attempt.expires_at = scope.now + world.schedule.window_of(rail)
    return Errand(scope.shop.id, rail, charge_of(case))


def _may_send_again(case: Case) -> bool:
    """Not where the provider has said that it took it: then it only cannot find it, and may yet. One that
    has made a page hears of money only when somebody pays on it."""
    if case.attempt.link is not None:
        return False
    expires_at = case.attempt.expires_at
    return case.attempt.status in OPEN - {AttemptStatus.PENDING} and (
        expires_at is None or expires_at > case.scope.now
    )
