"""Who sells and who rides for a shop: invited, joined and taken out by phone."""

from store.team.desk import ShopTeam
from store.team.joining import ShopJoining

__all__ = ["ShopJoining", "ShopTeam"]
