"""What is needed to speak to Flutterwave."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace


@dataclass(frozen=True, slots=True)
class FlutterwaveSettings:
    """`api_url` has neither a version nor a trailing slash. `webhook_hash` is the secret hash of the
    account's dashboard, which every webhook repeats."""

    api_url: str
    secret_key: str = field(repr=False)
    webhook_hash: str = field(repr=False)

    def with_own(self, credentials: Mapping[str, str]) -> "FlutterwaveSettings | None":
        """A shop's own account in the place of this one; None when it does not bring all of it. The
        address of the API is never a shop's to choose."""
        own = {field: credentials.get(key, "") for key, field in SHOP_KEYS.items()}
        return replace(self, **own) if all(own.values()) else None


# Keys of a shop file's [payments] credentials -> fields above.
SHOP_KEYS: Mapping[str, str] = {
    "flutterwave_secret_key": "secret_key",
    "flutterwave_webhook_hash": "webhook_hash",
}
