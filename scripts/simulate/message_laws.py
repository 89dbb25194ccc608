"""What must be true of messages when the day is over."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from bot.deadletter import is_dead
from bot.outbox.claim import PENDING
from scripts.simulate.day import Day
from store.models import InboxRow, OutboxRow

# A message that has been due for longer is forgotten.
SOON = timedelta(minutes=10)
# The same words sooner than this have the same cause.
ONE_CAUSE = timedelta(minutes=3)


def dead(day: Day, session: Session) -> Sequence[object]:
    return session.execute(select(InboxRow.text, InboxRow.failure).where(is_dead())).all()


def unanswered(day: Day, session: Session) -> Sequence[object]:
    return session.execute(select(InboxRow.text).where(InboxRow.done_at.is_(None))).all()


def unsent(day: Day, session: Session) -> Sequence[object]:
    wanted = select(OutboxRow.status, OutboxRow.body).where(
        OutboxRow.status.in_(PENDING), OutboxRow.due_at < day.daytime.now - SOON
    )
    return session.execute(wanted).all()


def twice(day: Day, session: Session) -> Sequence[object]:
    """The same words to the same person for the same message of theirs, or at the same moment."""
    wanted = (
        select(OutboxRow.body, func.count())
        .where(OutboxRow.status.in_(("sent", "delivered", "read")))
        .group_by(
            OutboxRow.person_id, OutboxRow.address_id, OutboxRow.trace, OutboxRow.body,
            OutboxRow.created_at,
        )
        .having(func.count() > 1)
    )  # fmt: skip
    return session.execute(wanted).all()


def arrived_twice(day: Day, session: Session) -> Sequence[object]:
    """More messages on the handsets than were sent. What a provider takes before its line breaks is sent
    again: nobody can know better, and there may be no more of these than lines that broke."""
    sent = session.scalar(
        select(func.count()).select_from(OutboxRow).where(OutboxRow.provider_id.is_not(None))
    )
    arrived, broke = day.mail.total(), day.luck.struck["a message to a provider: dropped"]
    too_many = arrived - (sent or 0) > broke
    return [f"{arrived} arrived, {sent} were sent, {broke} lines broke"] if too_many else []


def told_again(day: Day, session: Session) -> Sequence[object]:
    """What nobody asked for, in the same words to the same person within a few minutes. Later than that
    it has another cause: a second rider may give an order up as the first one did."""
    wanted = (
        select(OutboxRow.person_id, OutboxRow.address_id, OutboxRow.body, OutboxRow.created_at)
        .where(OutboxRow.kind == "alert", OutboxRow.status.in_(("sent", "delivered", "read")))
        .order_by(OutboxRow.created_at)
    )
    told: dict[tuple[object, ...], datetime] = {}
    again = []
    for person, address, body, at in session.execute(wanted):
        before = told.get((person, address, body))
        if before is not None and at - before < ONE_CAUSE:
            again.append(body)
        told[person, address, body] = at
    return again
