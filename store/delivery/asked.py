"""Where customers want goods brought and the shop does not go: counted for a week, told once, forgotten."""

from collections import Counter
from collections.abc import Sequence
from datetime import datetime, time, timedelta
from uuid import UUID

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from flows.happenings import AreasAsked
from flows.ports.places import AskedArea
from store.days import local_date, moment
from store.delivery.areas import nearest
from store.late import put_down
from store.misses.hearing import asker, spelt
from store.models import AreaAskedRow
from store.rules import Rules
from store.scope import Scope
from store.terms import terms_of

WEEK = timedelta(days=7)
# By the shop's own clock, when its people read messages.
MORNING = time(9)
MOST_TOLD = 3


def hear(scope: Scope, mention: str, person: UUID) -> None:
    """Have it counted. Written with the turn's end, as a new row that waits for nobody."""
    words = spelt(scope, mention)
    if not words:
        return
    row = {
        "shop_id": scope.shop.id,
        "words": words,
        "asker": asker(scope.shop.id, words, person),
        "tell_at": moment(scope, local_date(scope) + WEEK, MORNING),
    }
    put_down(scope.session, AreaAskedRow, row)


def to_tell(
    session: Session, rules: Rules, now: datetime, limit: int
) -> Sequence[tuple[UUID, UUID]]:
    """Shops of which the oldest such wish is a week old."""
    rows = session.scalars(
        select(AreaAskedRow.shop_id)
        .where(AreaAskedRow.tell_at <= now)
        .group_by(AreaAskedRow.shop_id)
        .order_by(func.min(AreaAskedRow.tell_at))
        .limit(limit)
    )
    return [(shop_id, shop_id) for shop_id in rows]


def tell(scope: Scope, shop_id: UUID) -> None:
    """All that was asked for until now, where enough people did. Of two clocks the second finds
    nothing."""
    mine = AreaAskedRow.shop_id == shop_id
    rows = scope.session.execute(
        select(AreaAskedRow.id, AreaAskedRow.words, AreaAskedRow.asker, AreaAskedRow.tell_at)
        .where(mine)
        .order_by(AreaAskedRow.id)
        .with_for_update(skip_locked=True)
    ).all()
    if not any(row.tell_at <= scope.now for row in rows):
        return
    scope.session.execute(
        delete(AreaAskedRow)
        .where(AreaAskedRow.id.in_([row.id for row in rows]))
        .execution_options(synchronize_session=False)
    )
    found = _counted(scope, [(row.words, row.asker) for row in rows])
    told = [area for area in found if area.people >= scope.rules.areas_told_from]
    if told:
        scope.tell(AreasAsked(tuple(told[:MOST_TOLD])))


def asked_for(scope: Scope, limit: int) -> Sequence[AskedArea]:
    """What was asked for since the seller was last told, most people first."""
    rows = scope.session.execute(
        select(AreaAskedRow.words, AreaAskedRow.asker).where(AreaAskedRow.shop_id == scope.shop.id)
    )
    return _counted(scope, [(row.words, row.asker) for row in rows])[:limit]


def _counted(scope: Scope, asked: Sequence[tuple[str, str]]) -> Sequence[AskedArea]:
    """Each person once for each place; without what the shop has come to deliver to."""
    terms = terms_of(scope.shop)
    people = Counter(words for words, _ in set(asked))
    return [
        AskedArea(words.title(), count)
        for words, count in sorted(people.items(), key=lambda pair: (-pair[1], pair[0]))
        if not nearest(words, terms.all_zones, terms.delivery)
    ]
