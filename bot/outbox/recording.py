"""Writing down what became of a handful of messages."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import case, update
from sqlalchemy.orm import Session

from bot.outbox.claim import Lease
from bot.outbox.fallover import fall_over
from bot.outbox.lately import these
from bot.outbox.outcome import Verdict, judge
from bot.outbox.receipts import apply_early
from bot.outbox.sending import Result
from bot.world import World
from channels.channel import Sent
from store.models import OutboxRow
from store.scope import Woken

# What is kept of the words once they have done their work.
SAID = case((OutboxRow.secret, ""), else_=OutboxRow.body)


@dataclass(frozen=True, slots=True)
class Outcome:
    """One message, and what its provider said."""

    row: OutboxRow
    result: Result


def record(world: World, lease: Lease, outcomes: Sequence[Outcome], session: Session) -> Woken:
    """Only what is still ours. What has failed for good and matters falls over to SMS."""
    now = world.clock()
    woken = Woken()
    sent = {o.row: o.result.message_id for o in outcomes if isinstance(o.result, Sent)}
    if sent:
        _sent(session, lease, sent, now)
        apply_early(session, [*sent.values()])
    for outcome in outcomes:
        if outcome.row in sent:
            continue
        verdict = judge(outcome.row, outcome.result, now, world.chance.random)
        ours = _not_sent(session, lease, outcome.row, verdict)
        if ours and verdict.status == "failed":
            fall_over(world, session, outcome.row, lease.address, verdict.error_code, woken)
    return woken


def _sent(session: Session, lease: Lease, sent: Mapping[OutboxRow, str], now: datetime) -> None:
    """All in one statement."""
    ids = {row.id: message_id for row, message_id in sent.items()}
    _write(
        session,
        lease,
        [*sent],
        status="sent",
        error_code=None,
        error=None,
        provider_id=case(ids, value=OutboxRow.id),
        body=SAID,
        sent_at=now,
    )


def _not_sent(session: Session, lease: Lease, row: OutboxRow, verdict: Verdict) -> bool:
    """Whether it was ours to write."""
    due = {"due_at": verdict.due_at} if verdict.due_at is not None else {}
    told: dict[str, object] = {
        "status": verdict.status,
        "error_code": verdict.error_code,
        "error": verdict.error,
    }
    if verdict.status == "failed":
        told["body"] = SAID
    return _write(session, lease, [row], **told, **due) > 0


def _write(session: Session, lease: Lease, rows: Sequence[OutboxRow], **changes: object) -> int:
    """Only while the lease is ours; a receipt that was quicker is not taken back. How many were."""
    written = session.execute(
        update(OutboxRow)
        .where(
            these(rows),
            OutboxRow.status == "sending",
            OutboxRow.lease_token == lease.token,
        )
        .values(changes)
        .execution_options(synchronize_session=False)
    )
    return int(written.rowcount)  # type: ignore[attr-defined]
