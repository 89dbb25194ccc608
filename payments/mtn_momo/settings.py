"""What is needed to speak to MTN MoMo."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace


@dataclass(frozen=True, slots=True)
class MtnSettings:
    """`api_url` has no trailing slash. `target_environment` is MTN's name of the market ("mtnuganda")
    or "sandbox". `user` is the API user's UUID and `secret` its API key. Without a
    `disbursement_key` money can be taken but not sent back."""

    api_url: str
    target_environment: str
    collection_key: str = field(repr=False)
    user: str
    secret: str = field(repr=False)
    disbursement_key: str | None = field(default=None, repr=False)

    def with_own(self, credentials: Mapping[str, str]) -> "MtnSettings | None":
        """These with a shop's own laid over them; None when it brings none for this rail. The address
        of the API is never a shop's to choose."""
        own = {key: credentials[key] for key in SHOP_KEYS if credentials.get(key)}
        if not own:
            return None
        renamed = {SHOP_KEYS[key]: value for key, value in own.items()}
        # A shop that is paid into its own account must not refund from the platform's.
        if "collection_key" in renamed:
            renamed.setdefault("disbursement_key", "")
        merged = replace(self, **renamed)
        return replace(merged, disbursement_key=merged.disbursement_key or None)


# Keys of a shop file's [payments] credentials -> fields above.
SHOP_KEYS: Mapping[str, str] = {
    "mtn_momo_target_environment": "target_environment",
    "mtn_momo_collection_key": "collection_key",
    "mtn_momo_disbursement_key": "disbursement_key",
    "mtn_momo_user": "user",
    "mtn_momo_secret": "secret",
}
