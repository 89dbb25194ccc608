"""The numbers of the whole installation, counted in the books whenever somebody asks.

They are the same from whichever process is asked, and survive every restart.
"""

import threading
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import datetime
from typing import Any, TypeAlias

from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, Metric
from prometheus_client.registry import Collector
from sqlalchemy import ColumnElement, Select, func, select
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError
from sqlalchemy.orm import InstrumentedAttribute, Session

from bot.limits.refusal import LIMITED
from payments.steps import UNKNOWN_CODE
from store.models import (
    AddressRow,
    AttemptRow,
    DeliveryRow,
    FactRow,
    InboxRow,
    OrderRow,
    OutboxRow,
    RefundRow,
)
from store.patience import unhurried
from store.transaction import Sessions

Columns: TypeAlias = Mapping[str, InstrumentedAttribute[Any]]

WAITING_TO_GO = ("queued", "sending", "unknown")


# Counting takes longer as the books grow; it may take a twentieth of one connection's time.
REST_PER_SECOND = 20


class Books(Collector):
    """Counts when it is asked. With the database away it says so, and nothing else.

    What was counted is given again for twenty times as long as counting took: while the books are
    small that is no time at all.
    """

    def __init__(
        self,
        sessions: Sessions,
        clock: Callable[[], datetime],
        stopwatch: Callable[[], float] = time.monotonic,
    ) -> None:
        self._sessions = sessions
        self._clock = clock
        self._stopwatch = stopwatch
        self._lock = threading.Lock()
        self._kept: list[Metric] = []
        self._kept_until = float("-inf")

    def describe(self) -> Iterable[Metric]:
        """Nothing is counted when the collector is registered: the database may be away."""
        return ()

    def collect(self) -> Iterator[Metric]:
        with self._lock:
            started = self._stopwatch()
            if started >= self._kept_until:
                self._kept = self._count()
                ended = self._stopwatch()
                self._kept_until = ended + REST_PER_SECOND * (ended - started)
            yield from self._kept

    def _count(self) -> list[Metric]:
        up = GaugeMetricFamily("sokoni_database_up", "Whether the books could be read.")
        try:
            with unhurried(), self._sessions() as session, session.begin():
                found = [
                    *_inbox(session, self._clock()),
                    *_outbox(session, self._clock()),
                    *_trade(session),
                ]
        except (DBAPIError, PoolTimeoutError):
            up.add_metric((), 0)
            return [up]
        up.add_metric((), 1)
        return [up, *found]


def _inbox(session: Session, now: datetime) -> Iterator[Metric]:
    received = CounterMetricFamily(
        "sokoni_messages_received", "Messages received.", labels=("medium", "provider")
    )
    answered = CounterMetricFamily(
        "sokoni_messages_answered", "Messages done with.", labels=("medium", "provider")
    )
    counts = (
        select(
            InboxRow.medium,
            InboxRow.address_id,
            func.count().label("received"),
            func.count(InboxRow.done_at).label("answered"),
        )
        .group_by(InboxRow.medium, InboxRow.address_id)
        .subquery()
    )
    for medium, provider, came, done in session.execute(
        select(
            counts.c.medium,
            AddressRow.provider,
            func.sum(counts.c.received),
            func.sum(counts.c.answered),
        )
        .join(AddressRow, AddressRow.id == counts.c.address_id)
        .group_by(counts.c.medium, AddressRow.provider)
    ):
        received.add_metric((medium, provider), float(came))
        answered.add_metric((medium, provider), float(done))
    yield received
    yield answered
    waiting = select(func.count(), func.min(InboxRow.received_at)).where(InboxRow.done_at.is_(None))
    yield from _queue(session, waiting, now, "sokoni_messages_waiting", "Messages not yet answered")
    dead = select(func.count()).where(InboxRow.failure.not_in(LIMITED))
    yield _single(session, dead, "sokoni_dead_letters", "Messages put aside for a fault.")


def _outbox(session: Session, now: datetime) -> Iterator[Metric]:
    yield _grouped(
        session,
        "sokoni_outbox",
        "Messages to send, by what became of them.",
        {"status": OutboxRow.status, "kind": OutboxRow.kind, "provider": AddressRow.provider},
    )
    yield _grouped(
        session,
        "sokoni_outbox_errors",
        "Messages by the provider's last error.",
        {"provider": AddressRow.provider, "code": OutboxRow.error_code},
        OutboxRow.error_code.is_not(None),
    )
    due = select(func.count(), func.min(OutboxRow.due_at)).where(
        OutboxRow.status.in_(WAITING_TO_GO), OutboxRow.due_at <= now
    )
    yield from _queue(session, due, now, "sokoni_outbox_due", "Messages that should have left")
    unknown = select(func.count()).where(FactRow.name == UNKNOWN_CODE)
    yield _single(
        session, unknown, "sokoni_unknown_provider_codes", "Provider codes that no table knows."
    )


def _trade(session: Session) -> Iterator[Metric]:
    attempts: Columns = {"rail": AttemptRow.rail, "status": AttemptRow.status}
    yield _grouped(session, "sokoni_orders", "Orders.", {"status": OrderRow.status})
    yield _grouped(session, "sokoni_deliveries", "Deliveries.", {"status": DeliveryRow.status})
    yield _grouped(session, "sokoni_payment_attempts", "Tries at taking money.", attempts)
    yield _grouped(session, "sokoni_refunds", "Money to give back.", {"status": RefundRow.status})
    held = select(func.count()).where(AttemptRow.got.is_not(None))
    yield _single(session, held, "sokoni_payments_held", "Payments of another sum than was asked.")


def _grouped(
    session: Session, name: str, meaning: str, by: Columns, *only: ColumnElement[bool]
) -> GaugeMetricFamily:
    """A count per combination of `by`. A provider is that of the message's address."""
    statement = select(*by.values(), func.count()).where(*only).group_by(*by.values())
    if "provider" in by:
        statement = statement.select_from(OutboxRow).join(
            AddressRow, AddressRow.id == OutboxRow.address_id
        )
    family = GaugeMetricFamily(name, meaning, labels=tuple(by))
    for *labels, count in session.execute(statement):
        family.add_metric([str(label) for label in labels], float(count))
    return family


def _single(session: Session, counted: Select[int], name: str, meaning: str) -> GaugeMetricFamily:
    return GaugeMetricFamily(name, meaning, value=float(session.scalar(counted) or 0))


def _queue(
    session: Session,
    counted: Select[int, datetime],
    now: datetime,
    name: str,
    meaning: str,
) -> Iterator[GaugeMetricFamily]:
    """How many wait, and since when the oldest does."""
    row = session.execute(counted).one()
    count = row[0]
    oldest: datetime | None = row[1]
    yield GaugeMetricFamily(name, f"{meaning}.", value=float(count))
    age = max(0.0, (now - oldest).total_seconds()) if oldest is not None else 0.0
    yield GaugeMetricFamily(f"{name}_oldest_seconds", f"{meaning}: age of the oldest.", value=age)
