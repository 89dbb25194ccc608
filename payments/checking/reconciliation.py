"""Looking again. Every attempt of the last 24 hours of which the end is not known is asked about; every
one whose end is known is asked about once more, and must have ended so."""

from collections import Counter
from datetime import timedelta

import structlog
from sqlalchemy import select, update

from payments.checking.matching import DIFFERS, MATCHED, UNANSWERED, match
from payments.due import each
from payments.schedule import SWEEP_UNTIL
from payments.taking.steps import EXPIRED, FAILED, OPEN, SUCCEEDED
from payments.world import World
from store.facts import note
from store.models import AttemptRow

log = structlog.get_logger(__name__)

# Long enough after its time that no process can still be busy with it.
OVERDUE = timedelta(minutes=10)
# The fact that a run leaves: how many were asked about, and how each of them stood.
RUN = "reconciliation"
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
