"""Which rails are in trouble: what became of the newest attempts, as the books tell every process."""

import threading
from collections.abc import Collection
from datetime import datetime, timedelta

from sqlalchemy import case, func, select
from sqlalchemy.orm import Session

from payments.taking.steps import SUBMITTED, UNKNOWN
from store.models import AttemptRow

WITHIN = timedelta(minutes=15)
# Fewer say nothing about a rail; below this share of answers it is in trouble.
LEAST_TRIES = 5
LEAST_ANSWERED = 0.5
# What was found is good for so long in one process.
GOOD_FOR = timedelta(seconds=10)
# An answer to a request takes no longer than this.
ANSWERED_BY = timedelta(seconds=30)


class Health:
    """Looked up once in a while per process. Thread-safe."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._found: frozenset[str] = frozenset()
        self._until: datetime | None = None

    def troubled(self, session: Session, now: datetime) -> Collection[str]:
        """The rails of which, in the last 15 min and of at least 5 requests, most were not answered.
        What a wallet's holder does with a prompt says nothing about the rail."""
        with self._lock:
            fresh = self._until is not None and self._until - GOOD_FOR <= now < self._until
            if fresh:
                return self._found
        found = frozenset(_look(session, now))
        with self._lock:
            self._found, self._until = found, now + GOOD_FOR
        return found


def _look(session: Session, now: datetime) -> Collection[str]:
    silent = AttemptRow.status.in_([SUBMITTED.value, UNKNOWN.value])
    rows = session.execute(
        select(
            AttemptRow.rail,
            func.count().label("tries"),
            func.sum(case((silent, 1), else_=0)).label("silent"),
        )
        .where(
            AttemptRow.created_at > now - WITHIN - ANSWERED_BY,
            AttemptRow.submitted_at > now - WITHIN,
            AttemptRow.submitted_at <= now - ANSWERED_BY,
        )
        .group_by(AttemptRow.rail)
    )
    return [
        rail
        for rail, tries, silent in rows
        if tries >= LEAST_TRIES and silent > tries * (1 - LEAST_ANSWERED)
    ]
