"""When the shop opens, and what is said while it is closed."""

from datetime import timedelta

from flows.message import Clock, Message
from flows.visit import Visit

# Up to here the hour alone says which opening is meant.
SOON = timedelta(hours=18)


def closed_notice(visit: Visit) -> tuple[Message, ...]:
    """Nothing while the shop is open. Orders are taken all the same."""
    shop, now = visit.ports.shop, visit.ports.now
    if shop.is_open:
        return ()
    if shop.opens_at is None:
        return (Message("shop-closed"),)
    soon = shop.opens_at - now < SOON
    return (Message("shop-opens-at", opens=Clock(shop.opens_at) if soon else shop.opens_at),)
