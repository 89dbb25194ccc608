"""Whether a shop may take orders: verified, and neither paused nor suspended nor closed for good."""

from datetime import datetime

from sqlalchemy import ColumnElement, and_, or_

from flows.ports.shop import Standing
from store.models import ShopRow


def standing_of(shop: ShopRow, now: datetime) -> Standing:
    """As it is at this moment: a pause ends by itself."""
    standing = Standing(shop.status)
    over = shop.paused_until is not None and shop.paused_until <= now
    return Standing.LIVE if standing is Standing.PAUSED and over else standing


def takes_orders(shop: ShopRow, now: datetime) -> bool:
    """May a new order be placed? Those that were placed run on all the same."""
    return standing_of(shop, now) is Standing.LIVE


def taking_orders(now: datetime) -> ColumnElement[bool]:
    """The same as `takes_orders`, of the shops in a statement; never unknown."""
    over = and_(ShopRow.paused_until.is_not(None), ShopRow.paused_until <= now)
    paused = ShopRow.status == Standing.PAUSED.value
    return or_(ShopRow.status == Standing.LIVE.value, and_(paused, over))


def is_verified(shop: ShopRow) -> bool:
    """May it show the badge? Not while staff of the platform have stopped it."""
    doing = (Standing.LIVE.value, Standing.PAUSED.value)
    return shop.verified_at is not None and shop.status in doing


def is_platform(shop: ShopRow) -> bool:
    """Is this the platform's own line, on which people open their shops?"""
    return shop.settings.get("platform") is not None


def pause(shop: ShopRow, until: datetime | None) -> None:
    """Take no orders before `until` (UTC); None: before the word OPEN. Only a live shop is paused."""
    if Standing(shop.status) in (Standing.LIVE, Standing.PAUSED):
        shop.status, shop.paused_until = Standing.PAUSED.value, until


def resume(shop: ShopRow) -> None:
    """End a pause. What staff of the platform have decided stays as it is."""
    if Standing(shop.status) is Standing.PAUSED:
        shop.status, shop.paused_until = Standing.LIVE.value, None
