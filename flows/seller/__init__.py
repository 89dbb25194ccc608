"""How sellers run their shop by phone: one machine, one short word per act."""

from flows.seller import aliases, desk, floor, listing, orders, shelf, shop, talks, unaccepted
from flows.seller.role import seller

__all__ = [
    "aliases", "desk", "floor", "listing", "orders", "seller", "shelf", "shop", "talks", "unaccepted",
]  # fmt: skip
