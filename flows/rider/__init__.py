"""How riders take and finish deliveries by phone."""

from flows.rider import (
    bringing_back,
    carrying,
    day,
    desk,
    failing,
    handing_over,
    money,
    offers,
    passing,
)
from flows.rider.role import rider

__all__ = [
    "bringing_back",
    "carrying",
    "day",
    "desk",
    "failing",
    "handing_over",
    "money",
    "offers",
    "passing",
    "rider",
]
