"""Shops that are opened by a message, and the platform's word that makes them live."""

from store.founding.founding import ShopFounding

__all__ = ["ShopFounding"]
