"""What of a fee depends on when and for whom it is asked."""

from datetime import datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import select

from flows.ports.orders import OrderStatus
from flows.ports.places import Weather
from store.delivery_terms import DeliveryTerms
from store.hours import is_open, read_week
from store.models import OrderRow, ShopRow
from store.scope import Scope


def is_peak(shop: ShopRow, terms: DeliveryTerms, now: datetime) -> bool:
    """Within the shop's dear hours, by its own clock; never where it has none."""
    return bool(terms.peak) and is_open(read_week(terms.peak), ZoneInfo(shop.timezone), now)


def weather(shop: ShopRow, now: datetime) -> Weather | None:
    """As somebody said it is, until that has run out by itself."""
    if shop.weather is None or shop.weather_until is None or shop.weather_until <= now:
        return None
    return Weather(shop.weather)


def first_order(scope: Scope, person: UUID) -> bool:
    """Whether this person never had an order here that stood."""
    earlier = select(OrderRow.id).where(
        OrderRow.shop_id == scope.shop.id,
        OrderRow.person_id == person,
        OrderRow.status != OrderStatus.CANCELLED,
    )
    return scope.session.scalar(earlier.limit(1), execution_options={"autoflush": False}) is None
