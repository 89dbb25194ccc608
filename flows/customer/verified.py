"""The badge of a shop that the platform's staff have looked at."""

from flows.message import Message
from flows.visit import Visit

# Words do without it: SMS and USSD have no such letter.
MARK = "✓"
BADGE = Message("shop-verified", mark=MARK)


def badge(visit: Visit) -> tuple[Message, ...]:
    """Nothing for a shop that is not verified."""
    return (BADGE,) if visit.ports.shop.verified else ()
