"""What is kept only so long."""

from datetime import datetime, timedelta

from sqlalchemy import null, update
from sqlalchemy.orm import Session

from bot.outbox.receipts import settle_early
from store import limits
from store.models import InboxRow, OutboxRow

BODIES_KEPT = timedelta(days=90)
EARLY_RECEIPTS_KEPT = timedelta(days=1)


def tidy(session: Session, now: datetime) -> None:
    """Blank old bodies, forget receipts that nobody claimed and counts of long ago."""
    old = now - BODIES_KEPT
    session.execute(
        update(OutboxRow)
        .where(OutboxRow.created_at < old, OutboxRow.body != "")
        .values(body="", payload=null())
    )
    session.execute(
        update(InboxRow)
        .where(InboxRow.received_at < old, InboxRow.text != "", InboxRow.done_at.is_not(None))
        .values(text="", payload={}, answer=None)
    )
    settle_early(session, now - EARLY_RECEIPTS_KEPT)
    limits.forget(session, now)
