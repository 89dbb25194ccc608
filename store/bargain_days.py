"""What one person said today about the price of one thing: found, or begun."""

from datetime import date
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import select

from store.ids import new_id
from store.insertion import insert_if_new
from store.models import BargainRow
from store.scope import Scope


def today(scope: Scope) -> date:
    """The shop's own day."""
    return scope.now.astimezone(ZoneInfo(scope.shop.timezone)).date()


def find(scope: Scope, person_id: UUID, sku: str) -> BargainRow | None:
    """Today's, locked until the transaction ends."""
    return scope.session.scalar(
        select(BargainRow)
        .where(
            BargainRow.shop_id == scope.shop.id,
            BargainRow.person_id == person_id,
            BargainRow.sku == sku,
            BargainRow.day == today(scope),
        )
        .with_for_update()
    )


def begin(scope: Scope, person_id: UUID, sku: str, listed: int) -> BargainRow:
    """Today's, made where there is none; two that begin at once begin the same. `listed` is the price,
    in minor units."""
    row = find(scope, person_id, sku)
    if row is None:
        insert_if_new(
            scope.session,
            BargainRow,
            id=new_id(),
            shop_id=scope.shop.id,
            person_id=person_id,
            sku=sku,
            day=today(scope),
            listed=listed,
            counters=0,
            offers=0,
            created_at=scope.now,
        )
        row = find(scope, person_id, sku)
    if row is None:
        raise LookupError(f"what was said about {sku} is gone")
    return row
