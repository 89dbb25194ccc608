"""How the goods reach the customer: ways, areas and fees."""

from store.delivery.areas import nearest
from store.delivery.shop_delivery import ShopDelivery

__all__ = ["ShopDelivery", "nearest"]
