"""How sellers run their shop by phone: one machine, one short word per act."""

from flows.seller import desk, listing, orders, shelf, shop, talks, unaccepted
from flows.seller.role import seller

__all__ = ["desk", "listing", "orders", "seller", "shelf", "shop", "talks", "unaccepted"]
