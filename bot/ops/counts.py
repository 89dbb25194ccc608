"""What is counted in the books, and under which names."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any, TypeAlias

from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, Metric
from sqlalchemy import ColumnElement, Select, exists, func, or_, select, text
from sqlalchemy.orm import InstrumentedAttribute, Session

from bot.deadletter import is_dead
from bot.hub.money import UNKNOWN_REFERENCE
from bot.outbox.claim import PENDING
from payments.taking.steps import UNKNOWN_CODE
from store.models import (
    AddressRow,
    AttemptRow,
    DeliveryRow,
    FactRow,
    InboxRow,
    OrderRow,
    OutboxRow,
    RefundRow,
    ReviewRow,
    ShopRow,
)
from store.models.orders import OPEN_ORDER
from store.rules import Rules
from store.under_review import is_under_review

Columns: TypeAlias = Mapping[str, InstrumentedAttribute[Any]]

KINDS = ("reply", "alert", "bulk")


def inbox(session: Session, now: datetime) -> Iterator[Metric]:
    received = CounterMetricFamily(
        "sokoni_messages_received", "Messages received today.", labels=("medium", "provider")
    )
    answered = CounterMetricFamily(
        "sokoni_messages_answered", "Messages of today done with.", labels=("medium", "provider")
    )
    counts = (
        select(
            InboxRow.medium,
            InboxRow.address_id,
            func.count().label("received"),
            func.count(InboxRow.done_at).label("answered"),
        )
        .where(InboxRow.received_at >= _midnight(now))
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
    dead = select(func.count()).where(is_dead())
    yield _single(session, dead, "sokoni_dead_letters", "Messages put aside for a fault.")


def outbox(session: Session, now: datetime) -> Iterator[Metric]:
    yield _grouped(
        session,
        "sokoni_outbox",
        "Messages of today to send, by what became of them.",
        {"status": OutboxRow.status, "kind": OutboxRow.kind, "provider": AddressRow.provider},
        OutboxRow.created_at >= _midnight(now),
    )
    yield _grouped(
        session,
        "sokoni_outbox_errors",
        "Messages of today by the provider's last error.",
        {"provider": AddressRow.provider, "code": OutboxRow.error_code},
        OutboxRow.error_code.is_not(None),
        OutboxRow.created_at >= _midnight(now),
    )
    due = select(func.count(), func.min(OutboxRow.due_at)).where(
        OutboxRow.status.in_(PENDING), OutboxRow.due_at <= now
    )
    yield from _queue(session, due, now, "sokoni_outbox_due", "Messages that should have left")
    yield _lag(session, now)
    yield _resting(session, now)
    unknown = select(func.count()).where(FactRow.name == UNKNOWN_CODE, FactRow.at >= _midnight(now))
    yield _single(
        session, unknown, "sokoni_unknown_provider_codes", "Codes of today that no table knows."
    )
    strange = select(func.count()).where(
        FactRow.name == UNKNOWN_REFERENCE, FactRow.at >= _midnight(now)
    )
    yield _single(
        session,
        strange,
        "sokoni_unknown_payment_references",
        "Providers' calls of today about money that nobody asked for, a hundred an hour at most.",
    )


def trade(session: Session, now: datetime) -> Iterator[Metric]:
    """What is open, however old, and all of today's."""
    today = _midnight(now)
    attempts: Columns = {"rail": AttemptRow.rail, "status": AttemptRow.status}
    counted: Sequence[tuple[str, str, Columns, ColumnElement[bool]]] = (
        (
            "sokoni_orders",
            "Orders that are open, and today's.",
            {"status": OrderRow.status},
            or_(text(OPEN_ORDER), OrderRow.created_at >= today),
        ),
        (
            "sokoni_deliveries",
            "Deliveries of today.",
            {"status": DeliveryRow.status},
            DeliveryRow.created_at >= today,
        ),
        (
            "sokoni_payment_attempts",
            "Tries at taking money that are asked about, and today's.",
            attempts,
            or_(AttemptRow.next_poll_at.is_not(None), AttemptRow.created_at >= today),
        ),
        (
            "sokoni_refunds",
            "Money to give back, and what was given back today.",
            {"status": RefundRow.status},
            or_(RefundRow.settled_at.is_(None), RefundRow.created_at >= today),
        ),
    )
    for name, meaning, by, which in counted:
        yield _grouped(session, name, meaning, by, which)
    held = select(func.count()).where(AttemptRow.status == "review", AttemptRow.got.is_not(None))
    yield _single(session, held, "sokoni_payments_held", "Payments of another sum than was asked.")
    yield _grouped(
        session,
        "sokoni_payment_reviews",
        "Payments, refunds and payouts at which a person must look.",
        {"kind": ReviewRow.kind},
        ReviewRow.closed_at.is_(None),
    )
    polls = select(func.count(), func.min(AttemptRow.next_poll_at)).where(
        AttemptRow.next_poll_at <= now
    )
    yield from _queue(session, polls, now, "sokoni_payments_due", "Payments to be asked about")


def shops(session: Session, rules: Rules) -> Iterator[Metric]:
    unhappy = select(func.count()).select_from(ShopRow).where(is_under_review(rules))
    yield _single(
        session, unhappy, "sokoni_shops_under_review", "Shops whose buyers are not content."
    )


def _lag(session: Session, now: datetime) -> GaugeMetricFamily:
    """How late what should have left is, by how urgent it is."""
    family = GaugeMetricFamily(
        "sokoni_outbox_lag_seconds",
        "Age of the oldest message that should have left.",
        labels=("kind",),
    )
    due = (
        select(OutboxRow.kind, func.min(OutboxRow.due_at))
        .where(OutboxRow.status.in_(PENDING), OutboxRow.due_at <= now)
        .group_by(OutboxRow.kind)
    )
    oldest = {row.kind: row[1] for row in session.execute(due)}
    for kind in KINDS:
        family.add_metric([kind], _age(oldest.get(kind), now))
    return family


def _resting(session: Session, now: datetime) -> GaugeMetricFamily:
    """Leased with something due and nothing in flight: nobody sends there until the lease ends."""
    family = GaugeMetricFamily(
        "sokoni_addresses_resting",
        "Addresses with something to send that wait for their provider or their pace.",
        labels=("provider",),
    )
    of_it = OutboxRow.address_id == AddressRow.id
    due = exists().where(of_it, OutboxRow.status.in_(PENDING), OutboxRow.due_at <= now)
    flying = exists().where(of_it, OutboxRow.status == "sending")
    resting = (
        select(AddressRow.provider, func.count())
        .where(
            AddressRow.lease_until > now, due.correlate(AddressRow), ~flying.correlate(AddressRow)
        )
        .group_by(AddressRow.provider)
    )
    for provider, count in session.execute(resting):
        family.add_metric([provider], float(count))
    return family


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
    counted: Select[int, datetime] | Select[int, datetime | None],
    now: datetime,
    name: str,
    meaning: str,
) -> Iterator[GaugeMetricFamily]:
    """How many wait, and since when the oldest does."""
    row = session.execute(counted).one()
    count = row[0]
    oldest: datetime | None = row[1]
    yield GaugeMetricFamily(name, f"{meaning}.", value=float(count))
    age = _age(oldest, now)
    yield GaugeMetricFamily(f"{name}_oldest_seconds", f"{meaning}: age of the oldest.", value=age)


def _midnight(now: datetime) -> datetime:
    """Whole days are counted: what came before lies in months that need not be read."""
    return now.replace(hour=0, minute=0, second=0, microsecond=0)


def _age(oldest: datetime | None, now: datetime) -> float:
    """In seconds; 0 where there is none."""
    return max(0.0, (now - oldest).total_seconds()) if oldest is not None else 0.0
