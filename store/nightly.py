"""The SMS at the end of a shop's day, to its people and its riders: once, where there is something to say."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from flows.happenings import DayEnded
from store.days import local_date, moment, shop_day
from store.models import ShopRow
from store.rider_days import tell_riders
from store.rules import Rules
from store.scope import Scope

# A clock that stood still for longer does not tell of a day that is long over.
TOO_LATE = timedelta(hours=12)


def ending(
    session: Session, rules: Rules, now: datetime, limit: int
) -> Sequence[tuple[UUID, UUID]]:
    """Shops whose day is to be told, and those of which nobody has reckoned yet when it is."""
    rows = session.scalars(
        select(ShopRow.id)
        .where(or_(ShopRow.tell_day_at.is_(None), ShopRow.tell_day_at <= now))
        .order_by(ShopRow.tell_day_at)
        .limit(limit)
    )
    return [(shop_id, shop_id) for shop_id in rows]


def tell_day(scope: Scope, shop_id: UUID) -> None:
    """Of two clocks the second finds it told: the row's lock and the moment in it decide."""
    due = scope.session.scalar(
        select(ShopRow.tell_day_at).where(ShopRow.id == shop_id).with_for_update(key_share=True)
    )
    if due is not None and due > scope.now:
        return
    scope.shop.tell_day_at = _next(scope)
    if due is None or scope.now - due > TOO_LATE:
        return
    tell_riders(scope, local_date(scope, due))
    day = shop_day(scope, local_date(scope, due))
    if day.orders or day.came or day.went:
        scope.tell(DayEnded(day))


def _next(scope: Scope) -> datetime:
    """The first such moment that is still to come."""
    today = local_date(scope)
    at = moment(scope, today, scope.rules.day_told)
    if at > scope.now:
        return at
    return moment(scope, today + timedelta(days=1), scope.rules.day_told)
