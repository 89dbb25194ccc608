"""Shops that must be looked at, because their buyers are not content."""

from collections.abc import Sequence

from sqlalchemy import ColumnElement, and_, select
from sqlalchemy.orm import Session

from flows.ports.ratings import LEAST_SHOWN
from flows.ports.shop import Standing
from store.models import ShopRow
from store.rules import Rules


def is_under_review(rules: Rules) -> ColumnElement[bool]:
    """In business, judged by enough buyers, and below what is asked of a shop: from the rating that made it
    so until others have mended it."""
    return and_(
        ShopRow.status.in_((Standing.LIVE.value, Standing.PAUSED.value)),
        ShopRow.raters >= max(rules.ratings.judged, LEAST_SHOWN),
        ShopRow.stars * 100 < ShopRow.raters * int(rules.ratings.least * 100),
    )


def under_review(session: Session, rules: Rules) -> Sequence[ShopRow]:
    """The worst first."""
    worst = ShopRow.stars * 1000 / ShopRow.raters
    return session.scalars(
        select(ShopRow).where(is_under_review(rules)).order_by(worst, ShopRow.slug)
    ).all()
