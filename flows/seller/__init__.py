"""How sellers run their shop by phone: one machine, one short word per act."""

from flows.seller import (
    aliases,
    cash,
    desk,
    floor,
    listing,
    money,
    orders,
    shelf,
    shop,
    talks,
    unaccepted,
)
from flows.seller.role import seller

__all__ = [
    "aliases", "cash", "desk", "floor", "listing", "money", "orders", "seller", "shelf", "shop", "talks",
    "unaccepted",
]  # fmt: skip
