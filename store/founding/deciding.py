"""Staff of the platform look at new shops: live, or not."""

from collections.abc import Callable

from sqlalchemy import delete, select

from flows.happenings import ShopRejected, ShopVerified
from flows.ports.refusals import UnknownShop
from flows.ports.shop import Standing
from store.models import LineRow, ShopRow
from store.scope import Scope

# The same transaction, at another shop.
At = Callable[[ShopRow], Scope]


def verify(scope: Scope, at: At, slug: str) -> ShopRow | UnknownShop:
    """Live from now on, with the badge; one that was live without it gets it. Saying it again changes
    nothing, and only who was waiting is told."""
    shop = _locked(scope, slug)
    if shop is None or shop.status not in (Standing.PENDING.value, Standing.LIVE.value):
        return UnknownShop(slug)
    if shop.status == Standing.PENDING.value:
        shop.status = Standing.LIVE.value
        at(shop).tell(ShopVerified())
    if shop.verified_at is None:
        shop.verified_at = scope.now
    return shop


def reject(scope: Scope, at: At, slug: str, reason: str) -> ShopRow | UnknownShop:
    """Closed for good, and its words are free for others. Only what is not live yet can be rejected."""
    shop = _locked(scope, slug)
    if shop is None or shop.status != Standing.PENDING.value:
        return UnknownShop(slug)
    at(shop).tell(ShopRejected(reason))
    shop.status = Standing.CLOSED.value
    scope.session.execute(delete(LineRow).where(LineRow.shop_id == shop.id))
    return shop


def _locked(scope: Scope, slug: str) -> ShopRow | None:
    return scope.session.scalar(
        select(ShopRow)
        .where(ShopRow.slug == slug)
        .with_for_update()
        .execution_options(populate_existing=True)
    )
