"""How a rider's day went, and the cash that is to be handed over."""

from flows.happenings import RiderDayEnded
from flows.message import Elastic, Message
from flows.notices.notice import Notice, Rider
from flows.ports.shop import ShopInfo
from flows.ports.trade import RiderDay


def ended(happening: RiderDayEnded, shop: ShopInfo) -> tuple[Notice, ...]:
    return (Notice(Rider(happening.rider), told(happening.day, shop)),)


def told(day: RiderDay, shop: ShopInfo) -> Message:
    """All of it in one SMS, whatever the shop's name costs."""
    facts = Message(
        "rider-day",
        shop=Elastic((shop.name,)),
        drops=day.drops,
        failed=day.failed,
        earned=day.earned,
    )
    return Message("rider-day-cash", facts=facts, holds=day.holds) if day.holds else facts
