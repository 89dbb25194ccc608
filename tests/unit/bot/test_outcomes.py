"""What one try at sending means for a message: a rule for every outcome."""

from datetime import UTC, datetime, timedelta

import pytest

from bot.outbox.outcome import LONGEST_DELAY, MOST_ATTEMPTS, UNKNOWN, delay, judge
from channels.channel import ChannelError, Sent
from store.models import OutboxRow

NOW = datetime(2026, 11, 25, 9, 0, tzinfo=UTC)

SENT = Sent("SM1")
PERMANENT = ChannelError("not a mobile number", permanent=True, code="21614")
BUSY = ChannelError("too many requests", permanent=False, code="20429")
LOST = ChannelError("no answer in time", permanent=False, unknown=True)


@pytest.mark.parametrize(
    ("kind", "attempts", "error", "result", "status"),
    [
        ("reply", 1, None, SENT, "sent"),
        ("reply", MOST_ATTEMPTS, UNKNOWN, SENT, "sent"),
        ("reply", 1, None, PERMANENT, "failed"),
        ("bulk", 1, None, PERMANENT, "failed"),
        ("reply", 1, None, BUSY, "queued"),
        ("bulk", 1, None, BUSY, "queued"),
        ("reply", MOST_ATTEMPTS - 1, None, BUSY, "queued"),
        ("reply", MOST_ATTEMPTS, None, BUSY, "failed"),
        ("reply", 1, None, LOST, "unknown"),
        ("alert", 1, None, LOST, "unknown"),
        ("bulk", 1, None, LOST, "failed"),
        ("reply", 2, UNKNOWN, LOST, "failed"),
        ("alert", 2, UNKNOWN, LOST, "failed"),
        ("reply", 2, "too many requests", LOST, "unknown"),
        ("reply", 2, UNKNOWN, BUSY, "queued"),
        ("reply", MOST_ATTEMPTS, None, LOST, "failed"),
    ],
)
def test_every_outcome_has_its_rule(
    kind: str, attempts: int, error: str | None, result: Sent | ChannelError, status: str
) -> None:
    row = OutboxRow(kind=kind, attempts=attempts, error=error)
    verdict = judge(row, result, NOW, lambda: 0.5)
    assert verdict.status == status
    assert (verdict.due_at is not None) == (status in ("queued", "unknown"))
    assert (verdict.provider_id == "SM1") == (status == "sent")
    if isinstance(result, ChannelError):
        assert verdict.error_code == result.code
        assert verdict.error


def test_what_is_known_to_be_unknown_stays_so_after_a_known_failure() -> None:
    """Sent once more after a lost answer, refused for now, and lost again: it is not tried a third
    time, since the first may have arrived."""
    row = OutboxRow(kind="reply", attempts=2, error=UNKNOWN)
    refused = judge(row, BUSY, NOW, lambda: 0.0)
    row.error, row.attempts = refused.error, 3
    assert judge(row, LOST, NOW, lambda: 0.0).status == "failed"


@pytest.mark.parametrize(
    ("attempts", "retry_after", "jitter", "seconds"),
    [
        (1, None, 0.0, 2),
        (2, None, 0.0, 4),
        (3, None, 1.0, 12),
        (1, 30.0, 0.0, 30),
        (6, 1.0, 0.0, 64),
        (50, None, 0.0, LONGEST_DELAY),
        (0, None, 0.0, 2),
    ],
)
def test_delays_double_with_jitter_up_to_the_longest_and_heed_the_provider(
    attempts: int, retry_after: float | None, jitter: float, seconds: float
) -> None:
    assert delay(attempts, retry_after, jitter) == seconds


def test_a_message_is_due_again_after_its_delay() -> None:
    row = OutboxRow(kind="reply", attempts=1, error=None)
    assert judge(row, BUSY, NOW, lambda: 0.0).due_at == NOW + timedelta(seconds=2)
