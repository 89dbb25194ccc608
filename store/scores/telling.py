"""Whoever has fallen to probation hears of it, once, and not at night."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from flows.happenings import ScoreFell
from flows.ports.scores import Grade
from store.models import ShopScoreRow
from store.quiet import next_allowed
from store.rules import Rules
from store.scope import Scope
from store.scores.shown import score_of


def fallen(
    session: Session, rules: Rules, now: datetime, limit: int
) -> Sequence[tuple[UUID, UUID]]:
    """Shops whose people are to be told."""
    rows = session.scalars(
        select(ShopScoreRow.shop_id)
        .where(ShopScoreRow.tell_at <= now)
        .order_by(ShopScoreRow.tell_at)
        .limit(limit)
    )
    return [(shop, shop) for shop in rows]


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
