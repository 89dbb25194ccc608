"""What is needed to speak to Airtel Money."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace


@dataclass(frozen=True, slots=True)
class AirtelSettings:
    """`api_url` has no trailing slash. `client_id` and `client_secret` are an application's of Airtel's
    developer portal, `country` (ISO 3166) is where its account is. `webhook_secret` is the private key of
    that application's callback authentication: without it nothing tells a forged call from a true one.

    Without `disbursement_pin` (the account's own) and `public_key` (the key that Airtel gives to seal it,
    PEM or the base64 of its DER) money can be taken, and whole payments reversed, but none sent."""

    api_url: str
    client_id: str
    client_secret: str = field(repr=False)
    country: str = "UG"
    webhook_secret: str | None = field(default=None, repr=False)
    disbursement_pin: str | None = field(default=None, repr=False)
    public_key: str | None = field(default=None, repr=False)

    def with_own(self, credentials: Mapping[str, str]) -> "AirtelSettings | None":
        """These with a shop's own laid over them; None when it brings none for this rail. The address
        of the API is never a shop's to choose."""
        own = {SHOP_KEYS[key]: credentials[key] for key in SHOP_KEYS if credentials.get(key)}
        if not own:
            return None
        if "client_id" not in own:
            return replace(self, **own)
        # Another account: none of the platform's secrets may speak, or send money, for it.
        alone = AirtelSettings(self.api_url, "", "", self.country)
        return replace(alone, **own)


# Keys of a shop file's [payments] credentials -> fields above.
SHOP_KEYS: Mapping[str, str] = {
    "airtel_client_id": "client_id",
    "airtel_client_secret": "client_secret",
    "airtel_country": "country",
    "airtel_webhook_secret": "webhook_secret",
    "airtel_disbursement_pin": "disbursement_pin",
    "airtel_public_key": "public_key",
}
