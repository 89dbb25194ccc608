"""Who hears of what happened, and in which words."""

from flows.notices.notice import (
    Customer,
    Haste,
    Notice,
    OwnPhone,
    Phone,
    Recipient,
    Rider,
    Sellers,
    promotion,
)
from flows.notices.table import notices

__all__ = [
    "Customer",
    "Haste",
    "Notice",
    "OwnPhone",
    "Phone",
    "Recipient",
    "Rider",
    "Sellers",
    "notices",
    "promotion",
]
