"""Looking again. Every attempt of the last 24 hours of which the end is not known is asked about; every
one whose end is known is asked about once more, and must have ended so."""

from collections import Counter
from datetime import timedelta
from uuid import UUID

import structlog
from sqlalchemy import select, update

from flows.happenings import PaymentMismatch, PaymentReversed
from flows.money import Money
from flows.ports.orders import Order
from payments.charge import RailStatus
from payments.due import each
from payments.errors import PaymentError
from payments.outcome import Case, locked_case
from payments.rail import Rail
from payments.reviews import AFTER_FAILURE, MISMATCH, REVERSED, hold
from payments.schedule import SWEEP_UNTIL
from payments.steps import EXPIRED, FAILED, OPEN, REVIEW, SUCCEEDED, move_attempt
from payments.subjects import ForOrder
from payments.world import World
from store.facts import note
from store.models import AttemptRow
from store.orders.views import view
from store.scope import Scope

log = structlog.get_logger(__name__)

# Long enough after its time that no process can still be busy with it.
OVERDUE = timedelta(minutes=10)
# The fact that a run leaves: how many were asked about, and how each of them stood.
RUN = "reconciliation"
MATCHED, DIFFERS, UNANSWERED, NOT_ASKED = "matched", "differs", "unanswered", "not-asked"
# Asked about in one run at most; what is left is the next run's.
MOST = 2000


def sweep(world: World) -> int:
    """Put every unsettled attempt that fell off the schedule back on it; the next `poll_due` asks.
    Returns how many. To be called every 30 minutes; twice at once does no harm."""
    now = world.now()
    return world.read(
        lambda session: len(
            session.scalars(
                update(AttemptRow)
                .where(
                    AttemptRow.status.in_([status.value for status in {*OPEN, EXPIRED}]),
                    AttemptRow.submitted_at > now - SWEEP_UNTIL,
                    # No attempt waits for so long before it is submitted.
                    AttemptRow.created_at > now - 2 * SWEEP_UNTIL,
                    AttemptRow.settled_at.is_(None),
                    AttemptRow.next_poll_at.is_(None) | (AttemptRow.next_poll_at < now - OVERDUE),
                )
                .values(next_poll_at=now)
                .returning(AttemptRow.id)
                .execution_options(synchronize_session=False)
            ).all()
        )
    )


def reconcile(world: World) -> Counter[str]:
    """Ask once more about what has succeeded, or failed after it was sent, in the last 24 hours. What was
    found, counted, is kept as a fact."""
    now = world.now()
    settled = world.read(
        lambda session: session.scalars(
            select(AttemptRow.id)
            .where(
                AttemptRow.status.in_([SUCCEEDED.value, FAILED.value]),
                AttemptRow.settled_at > now - SWEEP_UNTIL,
                AttemptRow.submitted_at.is_not(None),
                AttemptRow.reconciled_at.is_(None),
            )
            .order_by(AttemptRow.settled_at)
            .limit(MOST)
        ).all()
    )
    found: Counter[str] = Counter({MATCHED: 0, DIFFERS: 0, UNANSWERED: 0})
    each(world, settled, lambda world, attempt_id: found.update([match(world, attempt_id)]))
    world.read(lambda session: note(session, RUN, {"asked": len(settled), **found}, now))
    if found[DIFFERS] or found[UNANSWERED]:
        log.warning("reconciliation found differences", **{str(k): v for k, v in found.items()})
    return found


def match(world: World, attempt_id: UUID) -> str:
    """Ask about one that has ended, and compare. MATCHED is written down; DIFFERS opens a review."""
    shop_id = world.read(
        lambda session: session.scalar(
            select(AttemptRow.shop_id).where(AttemptRow.id == attempt_id)
        )
    )
    if shop_id is None:
        return NOT_ASKED
    rail = world.at_shop(shop_id, lambda scope: _rail(scope, world, attempt_id))
    if rail is None:
        return NOT_ASKED
    try:
        answer = rail.status(attempt_id)
    except PaymentError as error:
        log.info("not reconciled yet", attempt=str(attempt_id), reason=error.reason)
        return UNANSWERED
    return world.at_shop(shop_id, lambda scope: _compare(scope, world, attempt_id, answer))


def _rail(scope: Scope, world: World, attempt_id: UUID) -> Rail | None:
    name = scope.session.scalar(select(AttemptRow.rail).where(AttemptRow.id == attempt_id))
    return world.rails.at(scope.shop, name) if name else None


def _compare(scope: Scope, world: World, attempt_id: UUID, answer: RailStatus) -> str:
    case = locked_case(scope, attempt_id, world.rails)
    if case is None or case.attempt.reconciled_at is not None:
        return NOT_ASKED
    compare = _TABLE.get(case.attempt.status)
    if compare is None:
        return NOT_ASKED
    found = compare(case, answer)
    if found != UNANSWERED:
        case.attempt.reconciled_at = scope.now
    return found


def _succeeded_once_more(case: Case, answer: RailStatus) -> str:
    attempt = case.attempt
    if answer.reversed or answer.state in (FAILED, EXPIRED, None):
        told = "reversed" if answer.reversed else answer.code or str(answer.state or "not known")
        if hold(case.scope, attempt, REVERSED, None, told):
            _tell_reversed(case)
        return DIFFERS
    if answer.state is not SUCCEEDED:
        return UNANSWERED
    # Where other money came than was asked for, a person has looked at it.
    amount = Money(attempt.amount, attempt.currency)
    other = attempt.got is None and answer.amount not in (None, amount)
    if not other and not _another(attempt, answer):
        return MATCHED
    if hold(case.scope, attempt, MISMATCH, answer.amount, answer.got or "another payment"):
        case.scope.tell(PaymentMismatch(_order(case), case.seen()))
    return DIFFERS


def _another(attempt: AttemptRow, answer: RailStatus) -> bool:
    """Another payment of the provider's, or of another payer, as far as it says so."""
    ids = (attempt.provider_id, answer.provider_id)
    if all(ids) and ids[0] != ids[1]:
        return True
    return bool(attempt.payer and answer.payer and attempt.payer != answer.payer)


def _failed_once_more(case: Case, answer: RailStatus) -> str:
    """Money that came after all is looked at by a person."""
    attempt = case.attempt
    if answer.reversed or answer.state in (FAILED, EXPIRED, None) or attempt.got is not None:
        return MATCHED
    if answer.state is not SUCCEEDED:
        return UNANSWERED
    move_attempt(case.scope, attempt, REVIEW, answer.got)
    attempt.got = answer.got
    hold(case.scope, attempt, AFTER_FAILURE, answer.amount, answer.got)
    case.subject.held(case.seen(), answer.got)
    return DIFFERS


def _tell_reversed(case: Case) -> None:
    person = str(case.attempt.person_id)
    case.scope.tell(PaymentReversed(person, _order(case), case.seen()))


def _order(case: Case) -> Order | None:
    return view(case.subject.order) if isinstance(case.subject, ForOrder) else None


_TABLE = {SUCCEEDED.value: _succeeded_once_more, FAILED.value: _failed_once_more}
