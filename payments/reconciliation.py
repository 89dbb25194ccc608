"""The sweep: every attempt of the last 24 hours of which the end is not known is asked about."""

from datetime import timedelta

from sqlalchemy import update

from payments.schedule import SWEEP_UNTIL
from payments.steps import EXPIRED, OPEN
from payments.world import World
from store.models import AttemptRow

# Long enough after its time that no process can still be busy with it.
OVERDUE = timedelta(minutes=10)


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
