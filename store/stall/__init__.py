"""What staff put on sale, rename and hide by phone."""

from store.stall.stall import ShopStall

__all__ = ["ShopStall"]
