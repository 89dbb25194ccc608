"""Cash on delivery: the rider or the shop takes the money, so nothing is asked of a provider."""

from payments.cash.rail import Cash

__all__ = ["Cash"]
