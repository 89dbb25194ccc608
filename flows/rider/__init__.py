"""How riders take and finish deliveries by phone."""

from flows.rider import carrying, desk, failing, money, offers
from flows.rider.role import rider

__all__ = ["carrying", "desk", "failing", "money", "offers", "rider"]
