"""Who hears of what happened, and in which words."""

from flows.notices.notice import Customer, Haste, Notice, OwnPhone, Recipient, Rider, Sellers
from flows.notices.table import notices

__all__ = ["Customer", "Haste", "Notice", "OwnPhone", "Recipient", "Rider", "Sellers", "notices"]
