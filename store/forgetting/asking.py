"""A customer asks to be forgotten, and is once the goodbye has left."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from flows.happenings import NotForgotten
from flows.ports.refusals import Refusal
from store.falling_due import falling_due
from store.forgetting.hindrances import hindrance
from store.forgetting.taking_out import WAITING, UnfinishedError, forget
from store.forgetting.whereabouts import shops_of
from store.ids import new_id
from store.insertion import insert_if_new
from store.models import ForgettingRow, InboxRow, OutboxRow, PersonRow, PointsRow
from store.scope import Scope
from store.stops import digests_of

# How long until one looks again whether the goodbye has left.
AGAIN = timedelta(seconds=20)


class PersonForgetting:
    """Implements flows.ports.forgetting.ForgettingPort. `key` is the server's secret."""

    def __init__(self, scope: Scope, person: PersonRow, key: bytes) -> None:
        self._scope = scope
        self._person = person
        self._key = key

    def hindered(self) -> Refusal | None:
        return hindrance(self._scope.session, self._person, self._shops())

    def points(self) -> int:
        lost = select(func.sum(PointsRow.balance)).where(
            PointsRow.shop_id.in_(self._shops()), PointsRow.person_id == self._person.id
        )
        return int(self._scope.session.scalar(lost) or 0)

    def forget(self) -> Refusal | None:
        if (why := self.hindered()) is not None:
            return why
        scope = self._scope
        insert_if_new(
            scope.session,
            ForgettingRow,
            id=new_id(),
            shop_id=scope.shop.id,
            person_id=self._person.id,
            digests=list(digests_of(self._person, self._key)),
            asked_at=scope.now,
            due_at=scope.now + scope.rules.goodbye,
        )
        return None

    def _shops(self) -> Sequence[UUID]:
        return shops_of(self._scope.session, self._person)


to_forget = falling_due(
    ForgettingRow.due_at, ForgettingRow.shop_id, ForgettingRow.id, ForgettingRow.done_at.is_(None)
)
"""Who asked for it, the first first."""


def forget_now(scope: Scope, forgetting_id: UUID) -> None:
    """Once everything has left and is answered; what could not leave in all that time is not waited for.
    Who has begun something new meanwhile stays, and is told why."""
    session, now = scope.session, scope.now
    row = session.scalar(
        select(ForgettingRow)
        .where(ForgettingRow.id == forgetting_id, ForgettingRow.done_at.is_(None))
        .with_for_update()
    )
    if row is None:
        return
    patient = now < row.asked_at + scope.rules.goodbye_waits
    if patient and _busy(session, row.person_id, row.asked_at - scope.rules.goodbye_waits):
        row.due_at = now + AGAIN
        return
    person = session.scalars(
        select(PersonRow).where(PersonRow.id == row.person_id).with_for_update()
    ).one()
    row.done_at = now
    digests = [str(digest) for digest in row.digests]
    try:
        forget(session, person, digests)
    except UnfinishedError as error:
        row.digests = []
        scope.tell(NotForgotten(str(person.id), error.why))


def _busy(session: Session, person_id: UUID, since: datetime) -> bool:
    """Whether something to them waits to leave, or something of theirs to be answered."""
    waiting = (
        select(OutboxRow.id).where(
            OutboxRow.person_id == person_id,
            OutboxRow.status.in_(WAITING),
            OutboxRow.created_at > since,
        ),
        select(InboxRow.id).where(
            InboxRow.person_id == person_id,
            InboxRow.done_at.is_(None),
            InboxRow.received_at > since,
        ),
    )
    return any(session.scalar(query.limit(1)) is not None for query in waiting)
