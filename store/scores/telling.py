"""Whoever has fallen to probation hears of it, once, and not at night."""

from uuid import UUID

from sqlalchemy import select

from flows.happenings import ScoreFell
from flows.ports.scores import Grade
from store.falling_due import falling_due
from store.models import ShopScoreRow
from store.quiet import next_allowed
from store.scope import Scope
from store.scores.shown import score_of

fallen = falling_due(ShopScoreRow.tell_at, ShopScoreRow.shop_id, ShopScoreRow.shop_id)
"""Shops whose people are to be told."""


def tell_fall(scope: Scope, _: UUID) -> None:
    """Of the newest such score, if it still is the newest of all: what has been mended meanwhile, or has
    become another day's news, is not told."""
    rows = scope.session.scalars(
        select(ShopScoreRow)
        .where(ShopScoreRow.shop_id == scope.shop.id, ShopScoreRow.tell_at <= scope.now)
        .order_by(ShopScoreRow.day.desc())
        .with_for_update()
    ).all()
    if not rows:
        return
    morning = next_allowed(scope.shop, scope.now, scope.rules.quiet)
    for row in rows:
        row.tell_at = morning if morning > scope.now else None
    newest = scope.session.scalar(
        select(ShopScoreRow)
        .where(ShopScoreRow.shop_id == scope.shop.id)
        .order_by(ShopScoreRow.day.desc())
        .limit(1)
    )
    if morning <= scope.now and newest is not None and newest.grade == Grade.PROBATION:
        scope.tell(ScoreFell(score_of(newest, scope.rules)))
