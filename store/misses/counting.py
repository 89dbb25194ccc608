"""How many different people asked for the same words, and for how long that is remembered."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import delete, distinct, func, select, update
from sqlalchemy.orm import Session

from store.falling_due import Subject
from store.insertion import insert_if_new
from store.models import MissHeardRow, MissRow
from store.rules import Rules
from store.scope import Scope

OPEN, ALIASED, DISMISSED = "open", "aliased", "dismissed"
WEEK = timedelta(days=7)
# What nobody asks for any more is forgotten: open words sooner than those that were decided about.
OPEN_KEPT, DECIDED_KEPT = timedelta(days=30), timedelta(days=180)
# Rows of one transaction.
MOST = 500


def uncounted(session: Session, rules: Rules, now: datetime, limit: int) -> Sequence[Subject]:
    """Shops at which somebody asked in vain since it was last counted."""
    shop = MissHeardRow.shop_id
    rows = session.scalars(select(shop).where(~MissHeardRow.counted).distinct().limit(limit))
    return [(shop, shop) for shop in rows]


def count(scope: Scope, _: UUID) -> None:
    """Count what was heard at this shop. What enough people asked for is to be put to the seller."""
    heard = scope.session.execute(
        select(MissHeardRow.id, MissHeardRow.words, MissHeardRow.at)
        .where(MissHeardRow.shop_id == scope.shop.id, ~MissHeardRow.counted)
        .order_by(MissHeardRow.id)
        .limit(MOST)
        .with_for_update(skip_locked=True)
    ).all()
    for words in sorted({row.words for row in heard}):
        _count(scope, words, [row.at for row in heard if row.words == words])
    scope.session.execute(
        update(MissHeardRow)
        .where(MissHeardRow.id.in_([row.id for row in heard]))
        .values(counted=True)
        .execution_options(synchronize_session=False)
    )


def _count(scope: Scope, words: str, times: Sequence[datetime]) -> None:
    insert_if_new(
        scope.session,
        MissRow,
        shop_id=scope.shop.id,
        words=words,
        people=0,
        state=OPEN,
        first_at=min(times),
        last_at=max(times),
    )
    row = locked(scope, words)
    if row is None:
        return
    row.people = people_within_a_week(scope, words)
    row.last_at = max(row.last_at, *times)
    enough = 0 < scope.rules.misses_asked <= row.people
    if enough and row.state == OPEN and row.asked_at is None and row.ask_at is None:
        row.ask_at = scope.now


def people_within_a_week(scope: Scope, words: str) -> int:
    """How many different people asked for these words."""
    counted = select(func.count(distinct(MissHeardRow.asker))).where(
        MissHeardRow.shop_id == scope.shop.id,
        MissHeardRow.words == words,
        MissHeardRow.at > scope.now - WEEK,
    )
    return scope.session.scalar(counted) or 0


def locked(scope: Scope, words: str) -> MissRow | None:
    """What is known of these words."""
    return scope.session.scalar(
        select(MissRow)
        .where(MissRow.shop_id == scope.shop.id, MissRow.words == words)
        .with_for_update()
    )


def settle(scope: Scope, words: str, state: str) -> bool:
    """The seller has decided about these words. False where nobody asked for them."""
    row = locked(scope, words)
    if row is None:
        return False
    row.state, row.ask_at = state, None
    return True


def forget(session: Session, now: datetime) -> None:
    """Who asked is forgotten after a week, the words when nobody asks for them any more."""
    session.execute(delete(MissHeardRow).where(MissHeardRow.at < now - WEEK))
    for which, kept in (
        (MissRow.state == OPEN, OPEN_KEPT),
        (MissRow.state != OPEN, DECIDED_KEPT),
    ):
        session.execute(delete(MissRow).where(MissRow.last_at < now - kept, which))
