"""What is needed to speak to Paystack."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

# The key of a shop file's [payments] credentials.
SHOP_KEY = "paystack_secret_key"


@dataclass(frozen=True, slots=True)
class PaystackSettings:
    """`api_url` has no trailing slash. The secret key asks for money and signs every webhook. `country`
    (ISO 3166) is the account's; empty: that of whichever shop it is."""

    api_url: str
    secret_key: str = field(repr=False)
    country: str = ""

    def with_own(self, credentials: Mapping[str, str]) -> "PaystackSettings | None":
        """These with a shop's own key in their place, for its own country; None when it brings none. The
        address of the API is never a shop's to choose."""
        own = credentials.get(SHOP_KEY)
        return replace(self, secret_key=own, country="") if own else None
