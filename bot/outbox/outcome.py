"""What became of one try at sending, and what that means for the message. A table of its own, so that
no outcome is without a rule."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from channels.channel import ChannelError, Sent
from store.models import OutboxRow

MOST_ATTEMPTS = 8
FIRST_DELAY = 2.0
LONGEST_DELAY = 300.0
# What a row carries once nobody knows whether it was sent.
UNKNOWN = "outcome unknown"


@dataclass(frozen=True, slots=True)
class Verdict:
    """The message's new status, and when it is due again (only for "queued" and "unknown")."""

    status: str
    due_at: datetime | None = None
    provider_id: str | None = None
    error_code: str | None = None
    error: str | None = None


def judge(
    row: OutboxRow, result: Sent | ChannelError, now: datetime, jitter: Callable[[], float]
) -> Verdict:
    """`jitter` gives 0 to 1. A permanent error fails; an unknown outcome is sent once more, but never
    bulk; everything else backs off, and gives up visibly."""
    if isinstance(result, Sent):
        return Verdict("sent", provider_id=result.message_id)
    code, reason = result.code, result.reason
    if result.permanent:
        return Verdict("failed", None, None, code, reason)
    if result.unknown and (row.kind == "bulk" or row.error == UNKNOWN):
        return Verdict("failed", None, None, code, f"{UNKNOWN}: {reason}"[:300])
    if row.attempts >= MOST_ATTEMPTS:
        return Verdict("failed", None, None, code, f"gave up: {reason}"[:300])
    due = now + timedelta(seconds=delay(row.attempts, result.retry_after, jitter()))
    if result.unknown:
        return Verdict("unknown", due, None, code, UNKNOWN)
    # Once unknown, it stays so: what was refused now may have left before.
    return Verdict("queued", due, None, code, UNKNOWN if row.error == UNKNOWN else reason)


def delay(attempts: int, retry_after: float | None, jitter: float) -> float:
    """Seconds before the next try: doubling, with up to half of it added, or what the provider asks."""
    doublings: int = max(0, attempts - 1)
    backoff = min(LONGEST_DELAY, FIRST_DELAY * 2.0**doublings) * (1 + jitter / 2)
    return max(backoff, retry_after or 0.0)
