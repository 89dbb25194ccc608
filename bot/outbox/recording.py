"""Writing down what became of a handful of messages."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import update
from sqlalchemy.orm import Session

from bot.outbox.claim import Lease
from bot.outbox.fallover import fall_over
from bot.outbox.outcome import Verdict, judge
from bot.outbox.receipts import apply_early
from bot.outbox.sending import Result
from bot.world import World
from channels.channel import Sent
from store.models import OutboxRow
from store.scope import Woken


@dataclass(frozen=True, slots=True)
class Outcome:
    """One message, and what its provider said."""

    row: OutboxRow
    result: Result


def record(world: World, lease: Lease, outcomes: Sequence[Outcome], session: Session) -> Woken:
    """Only what is still ours. What has failed for good and matters falls over to SMS."""
    now = world.clock()
    woken = Woken()
    for outcome in outcomes:
        verdict = judge(outcome.row, outcome.result, now, world.chance.random)
        ours = _write(world, session, lease, outcome.row, verdict)
        if ours and verdict.status == "failed":
            fall_over(world, session, outcome.row, lease.address, woken)
    sent = [o.result.message_id for o in outcomes if isinstance(o.result, Sent)]
    apply_early(session, sent)
    return woken


def _write(world: World, session: Session, lease: Lease, row: OutboxRow, verdict: Verdict) -> bool:
    """Only while the lease is ours; a receipt that was quicker is not taken back. Whether it was."""
    changes: dict[str, object] = {
        "status": verdict.status,
        "error_code": verdict.error_code,
        "error": verdict.error,
    }
    if verdict.due_at is not None:
        changes["due_at"] = verdict.due_at
    if verdict.provider_id is not None:
        changes["provider_id"] = verdict.provider_id
        changes["sent_at"] = world.clock()
    written = session.execute(
        update(OutboxRow)
        .where(
            OutboxRow.id == row.id,
            OutboxRow.status == "sending",
            OutboxRow.lease_token == lease.token,
        )
        .values(changes)
        .execution_options(synchronize_session=False)
    )
    return bool(written.rowcount)  # type: ignore[attr-defined]
