"""How many words that are no code somebody may try in an hour: codes are not to be guessed."""

from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import select

from store.limits import count
from store.models import LimitRow
from store.scope import Scope

WITHIN = timedelta(hours=1)


def blocked_until(scope: Scope, person_id: UUID) -> datetime | None:
    """When this person may try again; None while they may."""
    since: datetime | None = scope.session.scalar(
        select(LimitRow.since).where(
            LimitRow.key == _key(scope, person_id),
            LimitRow.count >= scope.rules.coupon_tries,
            LimitRow.since > scope.now - WITHIN,
        )
    )
    return since + WITHIN if since is not None else None


def count_wrong(scope: Scope, person_id: UUID) -> None:
    count(scope.session, _key(scope, person_id), scope.now, WITHIN)


def _key(scope: Scope, person_id: UUID) -> str:
    return f"coupon:{scope.shop.id}:{person_id}"
