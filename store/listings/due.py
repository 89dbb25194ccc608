"""Suppliers whose catalogue or standing has changed since their resellers' shops were brought up to date."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import and_, or_, select
from sqlalchemy.orm import Session

from store.listings.mirror import mirror
from store.models import ListingRow, ShopRow
from store.rules import Rules
from store.scope import Scope
from store.standing import taking_orders


def outdated(
    session: Session, rules: Rules, now: datetime, limit: int
) -> Sequence[tuple[UUID, UUID]]:
    """(reseller's shop, supplier's shop)."""
    there, taking = ~ListingRow.withdrawn, taking_orders(now)
    rows = session.execute(
        select(ListingRow.shop_id, ListingRow.owner_id)
        .join(ShopRow, ShopRow.id == ListingRow.owner_id)
        .where(
            or_(
                ListingRow.seen != ShopRow.catalogue_version,
                and_(there, ~taking),
                and_(~there, taking),
            )
        )
        .distinct()
        .limit(limit)
    )
    return [(shop, owner) for shop, owner in rows]


def refresh(scope: Scope, owner_id: UUID) -> None:
    """Under the lock of the reseller's shop: two clocks give out no code twice."""
    own = select(ShopRow.id).where(ShopRow.id == scope.shop.id)
    scope.session.execute(own.with_for_update(key_share=True))
    owner = scope.session.get_one(ShopRow, owner_id)
    mirror(scope.session, scope.shop, owner, scope.now)
