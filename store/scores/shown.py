"""Scores as the shop's people and the platform's staff see them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import ScalarSelect, and_, func, select
from sqlalchemy.orm import Session

from flows.ports.scores import Grade, Part, Score
from flows.ports.shop import Standing
from store.models import PersonRow, RiderRow, RiderScoreRow, ShopRow, ShopScoreRow
from store.rules import Rules
from store.scope import Scope

# The newest score is held against the one of a week before; what is older than this is no news.
WEEK, LATELY = timedelta(days=7), timedelta(days=10)


class ShopScores:
    """Implements flows.ports.scores.ScoresPort."""

    def __init__(self, scope: Scope) -> None:
        self._scope = scope

    def latest(self) -> Score:
        rows = self._scope.session.scalars(
            select(ShopScoreRow)
            .where(
                ShopScoreRow.shop_id == self._scope.shop.id,
                ShopScoreRow.day >= self._scope.now.date() - LATELY,
            )
            .order_by(ShopScoreRow.day.desc())
        ).all()
        if not rows:
            new = ShopScoreRow(day=self._scope.now.date(), grade=Grade.NEW.value, orders=0)
            return score_of(new, self._scope.rules)
        week_ago = rows[0].day - WEEK
        before = next((row.score for row in rows if row.day <= week_ago), None)
        return score_of(rows[0], self._scope.rules, before)


def score_of(row: ShopScoreRow, rules: Rules, before: int | None = None) -> Score:
    found = {part: getattr(row, part.value) for part in Part}
    terms = rules.scores
    return Score(
        day=row.day,
        grade=Grade(row.grade),
        score=row.score,
        parts={part: got for part, got in found.items() if got is not None},
        orders=row.orders,
        days=terms.within.days,
        least=terms.least_orders,
        floor=int(min(terms.grades.values()) * 100),
        before=before,
    )


@dataclass(frozen=True, slots=True)
class Scored:
    """A shop with its newest score."""

    shop: ShopRow
    row: ShopScoreRow


def shop_scores(session: Session, grade: Grade | None = None) -> Sequence[Scored]:
    """Those of the last night, the worst first and those without any score last; only those of `grade`,
    where one is given."""
    query = (
        select(ShopRow, ShopScoreRow)
        .join(ShopScoreRow, ShopScoreRow.shop_id == ShopRow.id)
        .where(ShopScoreRow.day == last_night())
        .order_by(ShopScoreRow.score.is_(None), ShopScoreRow.score, ShopRow.slug)
    )
    if grade is not None:
        query = query.where(ShopScoreRow.grade == grade)
    return [Scored(shop, row) for shop, row in session.execute(query)]


def last_night() -> ScalarSelect[date]:
    """The newest day of which there are scores."""
    return select(func.max(ShopScoreRow.day)).scalar_subquery()


def on_probation(session: Session) -> Sequence[Scored]:
    """Of those in business."""
    doing = (Standing.LIVE.value, Standing.PAUSED.value)
    found = shop_scores(session, Grade.PROBATION)
    return [each for each in found if each.shop.status in doing]


@dataclass(frozen=True, slots=True)
class RiderScored:
    """A rider of a shop, with the newest score where there is one. `phone` is E.164."""

    shop: str
    rider: RiderRow
    phone: str | None
    row: RiderScoreRow | None


def rider_scores(session: Session, slug: str | None = None) -> Sequence[RiderScored]:
    """Active riders by shop, in the order in which the shop named them."""
    newest = select(func.max(RiderScoreRow.day)).scalar_subquery()
    of_last_night = and_(RiderScoreRow.rider_id == RiderRow.id, RiderScoreRow.day == newest)
    query = (
        select(ShopRow.slug, RiderRow, PersonRow.phone, RiderScoreRow)
        .join(RiderRow, RiderRow.shop_id == ShopRow.id)
        .join(PersonRow, PersonRow.id == RiderRow.person_id)
        .outerjoin(RiderScoreRow, of_last_night)
        .where(RiderRow.active)
        .order_by(ShopRow.slug, RiderRow.position, RiderRow.id)
    )
    if slug is not None:
        query = query.where(ShopRow.slug == slug)
    return [RiderScored(*row) for row in session.execute(query)]
