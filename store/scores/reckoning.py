"""The nightly run: one row for every shop and rider of whom something can be said, written once a day."""

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, time
from uuid import UUID

from sqlalchemy import and_, delete, func, select
from sqlalchemy.orm import Session

from flows.ports.scores import Grade, Part, RiderPart
from store.insertion import INSERTS
from store.models import RiderScoreRow, ShopScoreRow
from store.rules import Rules
from store.scores.counted import counted
from store.scores.judging import Judged, judge_rider, judge_shop
from store.scores.ridden import ridden

Written = dict[str, object]


def reckon(session: Session, rules: Rules, now: datetime) -> int:
    """Score the weeks before today (UTC); how many shops and riders there were. What was reckoned today
    already stays as it is, by whoever."""
    day = now.astimezone(UTC).date()
    if _is_done(session, day):
        return 0
    until = datetime.combine(day, time(), tzinfo=UTC)
    since = until - rules.scores.within
    shops = _shops(session, rules, day, since, until, now)
    riders = _riders(session, rules, day, since, until)
    _insert(session, ShopScoreRow, shops)
    _insert(session, RiderScoreRow, riders)
    return len(shops) + len(riders)


def forget(session: Session, before: date) -> None:
    """Scores of days before that one."""
    for table in (ShopScoreRow, RiderScoreRow):
        session.execute(delete(table).where(table.day < before))


def _is_done(session: Session, day: date) -> bool:
    tables = (ShopScoreRow.day, RiderScoreRow.day)
    return any(
        session.scalar(select(column).where(column == day).limit(1)) is not None
        for column in tables
    )


def _shops(
    session: Session, rules: Rules, day: date, since: datetime, until: datetime, now: datetime
) -> Sequence[Written]:
    before = _grades(session, day, since.date())
    rows = []
    for shop, found in counted(session, rules, since, until).items():
        judged = judge_shop(found, rules.scores)
        fell = judged.grade is Grade.PROBATION and before.get(shop) != Grade.PROBATION
        rows.append(
            {
                "shop_id": shop,
                "day": day,
                "orders": judged.cases,
                "tell_at": now if fell else None,
                **_said(judged, Part),
            }
        )
    return rows


def _riders(
    session: Session, rules: Rules, day: date, since: datetime, until: datetime
) -> Sequence[Written]:
    rows = []
    for rider, found in ridden(session, since, until).items():
        judged = judge_rider(found, rules.scores)
        rows.append(
            {
                "rider_id": rider,
                "shop_id": found.shop_id,
                "day": day,
                "jobs": judged.cases,
                **_said(judged, RiderPart),
            }
        )
    return rows


def _said(
    judged: Judged[Part] | Judged[RiderPart], kinds: type[Part] | type[RiderPart]
) -> dict[str, object]:
    """The grade, the score, and a column for every part."""
    parts: Mapping[str, int] = {part.value: got for part, got in judged.parts.items()}
    columns = {kind.value: parts.get(kind.value) for kind in kinds}
    return {"grade": judged.grade.value, "score": judged.score, **columns}


def _grades(session: Session, day: date, since: date) -> Mapping[UUID, str]:
    """Every shop's last grade before that day; one that had none for weeks begins anew."""
    scored = and_(
        ShopScoreRow.day < day, ShopScoreRow.day >= since, ShopScoreRow.grade != Grade.NEW
    )
    last = (
        select(ShopScoreRow.shop_id, func.max(ShopScoreRow.day).label("day"))
        .where(scored)
        .group_by(ShopScoreRow.shop_id)
        .subquery()
    )
    rows = session.execute(
        select(ShopScoreRow.shop_id, ShopScoreRow.grade).join(
            last, and_(last.c.shop_id == ShopScoreRow.shop_id, last.c.day == ShopScoreRow.day)
        )
    )
    return {shop: grade for shop, grade in rows}  # noqa: C416 - rows are not tuples to the type checker


def _insert(
    session: Session, table: type[ShopScoreRow] | type[RiderScoreRow], rows: Sequence[Written]
) -> None:
    """By a thousand to a statement. Whoever was quicker has written the same."""
    insert = INSERTS[session.get_bind().dialect.name]
    if rows:
        session.execute(insert(table.__table__).on_conflict_do_nothing(), rows)
