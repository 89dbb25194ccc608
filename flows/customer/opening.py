"""When the shop opens, and what is said while it is closed."""

from datetime import datetime, timedelta

from flows.explain import explain
from flows.message import Clock, Message
from flows.ports.refusals import NotTaking
from flows.ports.shop import Standing
from flows.visit import Visit

# Up to here the hour alone says which opening is meant.
SOON = timedelta(hours=18)


def closed_notice(visit: Visit) -> tuple[Message, ...]:
    """Nothing while the shop is open. Outside its hours orders are taken all the same; while it is
    paused, or not live, they are not."""
    shop = visit.ports.shop
    if shop.standing is not Standing.LIVE:
        return (explain(NotTaking(shop.standing.value, shop.paused_until)),)
    if visit.ports.shop.is_open:
        return ()
    opens = _opening(visit)
    return (Message("shop-closed") if opens is None else Message("shop-opens-at", opens=opens),)


def next_word(visit: Visit) -> Message:
    """When the shop will say yes to an order that was just placed."""
    if visit.ports.shop.is_open:
        return Message("placed-soon", shop=visit.ports.shop.name)
    opens = _opening(visit)
    return Message("placed-closed") if opens is None else Message("placed-opens-at", opens=opens)


def _opening(visit: Visit) -> Clock | datetime | None:
    opens = visit.ports.shop.opens_at
    if opens is None:
        return None
    return Clock(opens) if opens - visit.ports.now < SOON else opens
