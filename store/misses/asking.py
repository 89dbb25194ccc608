"""The seller is asked what words mean that customers use: seldom, by day, and once."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import distinct, func, select
from sqlalchemy.orm import Session

from flows.happenings import AskedInVain
from flows.ports.trade import Missed
from store.aliases import names_goods
from store.catalogue import SNAPSHOTS
from store.falling_due import Subject
from store.misses.counting import ALIASED, OPEN, WEEK, people_within_a_week
from store.misses.offers import offers
from store.models import MissHeardRow, MissRow
from store.rules import Rules
from store.scope import Scope

# A shop gets one such message in this time, and only while its people are awake (its own hours).
APART = timedelta(hours=24)
FROM_HOUR, TO_HOUR = 8, 20


def to_ask(session: Session, rules: Rules, now: datetime, limit: int) -> Sequence[Subject]:
    """Shops whose seller is to be asked about words."""
    rows = session.scalars(
        select(MissRow.shop_id).where(MissRow.ask_at <= now).distinct().limit(limit)
    )
    return [(shop, shop) for shop in rows]


def ask(scope: Scope, _: UUID) -> None:
    """Put to the seller what most people asked for; the rest waits for another day, and all of it at
    night for the morning."""
    waiting = scope.session.scalars(
        select(MissRow)
        .where(MissRow.shop_id == scope.shop.id, MissRow.ask_at.is_not(None))
        .order_by(MissRow.words)
        .with_for_update()
    ).all()
    snapshot = SNAPSHOTS.of(scope.session, scope.shop)
    for row in waiting:
        row.people = people_within_a_week(scope, row.words)
        if names_goods(snapshot, row.words):
            # The shop has come to sell it in the meantime, or its file to name it.
            row.state, row.people = ALIASED, 0
    wanted = [row for row in waiting if 0 < scope.rules.misses_asked <= row.people]
    later = _not_before(scope)
    for row in waiting:
        row.ask_at = (later or scope.now + APART) if row in wanted else None
    if wanted and later is None:
        chosen = max(wanted, key=lambda row: (row.people, row.last_at))
        chosen.asked_at, chosen.ask_at = scope.now, None
        scope.tell(AskedInVain(chosen.words, chosen.people, offers(scope, chosen.words)))


def _not_before(scope: Scope) -> datetime | None:
    """When the seller may be asked; None when that is now."""
    asked = scope.session.scalar(
        select(func.max(MissRow.asked_at)).where(MissRow.shop_id == scope.shop.id)
    )
    if asked is not None and asked > scope.now - APART:
        return asked + APART
    here = scope.now.astimezone(ZoneInfo(scope.shop.timezone))
    if FROM_HOUR <= here.hour < TO_HOUR:
        return None
    morning = here.replace(hour=FROM_HOUR, minute=0, second=0, microsecond=0)
    return morning if here.hour < FROM_HOUR else morning + timedelta(days=1)


def most_asked(scope: Scope, limit: int) -> Sequence[Missed]:
    """The week's open words, by how many people asked for them."""
    people = func.count(distinct(MissHeardRow.asker)).label("people")
    same = (MissHeardRow.shop_id == MissRow.shop_id) & (MissHeardRow.words == MissRow.words)
    rows = scope.session.execute(
        select(MissRow.words, people)
        .join(MissHeardRow, same)
        .where(
            MissRow.shop_id == scope.shop.id,
            MissRow.state == OPEN,
            MissHeardRow.at > scope.now - WEEK,
        )
        .group_by(MissRow.words)
        .order_by(people.desc(), MissRow.words)
        .limit(limit)
    )
    return [Missed(row.words, row.people) for row in rows]
