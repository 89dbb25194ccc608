"""A shop as flows see it."""

from datetime import datetime
from zoneinfo import ZoneInfo

from flows.money import Money
from flows.ports.ratings import Average
from flows.ports.shop import ShopInfo, Standing
from store.hours import as_written, is_open, next_opening, read_week
from store.models import ShopRow
from store.standing import is_verified, standing_of
from store.terms import terms_of


def shop_info(shop: ShopRow, now: datetime) -> ShopInfo:
    """The shop as flows see it at this moment."""
    week, zone = read_week(shop.hours), ZoneInfo(shop.timezone)
    opened = is_open(week, zone, now) and not shop.closed_by_seller
    least = shop.minimum_order
    return ShopInfo(
        slug=shop.slug,
        name=shop.name,
        country=shop.country,
        currency=shop.currency,
        locales=tuple(shop.locales),
        timezone=shop.timezone,
        location=shop.location,
        hours=as_written(shop.hours),
        is_open=opened,
        opens_at=None if opened else next_opening(week, zone, now),
        minimum_order=Money(least, shop.currency) if least else None,
        takes_cash="cash" in terms_of(shop).rails,
        standing=(standing := standing_of(shop, now)),
        paused_until=shop.paused_until if standing is Standing.PAUSED else None,
        rating=Average.of(shop.stars, shop.raters),
        verified=is_verified(shop),
    )
