"""The accounts at providers of messages and money, as settings, and where each is reached."""

from collections.abc import Mapping
from typing import Any, Literal

from pydantic import Field, SecretStr, field_validator

from bot.providers import OWN_URLS, REAL_URLS, is_loopback
from bot.server_settings import ServerSettings, in_development


def _provider_url(name: str) -> Any:
    """A field whose default is the embedded emulator, or in production the provider itself."""

    def default(data: Mapping[str, Any]) -> str:
        if in_development(data):
            return f"http://127.0.0.1:{data['port']}{OWN_URLS[name]}"
        return REAL_URLS[name]

    return Field(default_factory=default)


class ProviderSettings(ServerSettings):
    """URLs carry no trailing slash. An account that is not set is one that this server lacks."""

    platform_sms_provider: Literal["twilio", "africastalking"] | None = None
    platform_sms_from: str | None = None

    twilio_account_sid: str | None = None
    twilio_auth_token: SecretStr | None = None
    twilio_api_url: str = _provider_url("twilio_api_url")

    at_username: str | None = None
    at_api_key: SecretStr | None = None
    at_webhook_secret: SecretStr | None = None
    at_api_url: str = _provider_url("at_api_url")

    meta_app_secret: SecretStr | None = None
    meta_verify_token: SecretStr | None = None
    meta_access_token: SecretStr | None = None
    meta_api_url: str = _provider_url("meta_api_url")
    meta_api_version: str = Field(default="v26.0", pattern=r"^v[0-9]+\.[0-9]+$")

    mtn_momo_api_url: str = _provider_url("mtn_momo_api_url")
    mtn_momo_target_environment: str | None = None
    mtn_momo_collection_key: SecretStr | None = None
    mtn_momo_disbursement_key: SecretStr | None = None
    mtn_momo_user: str | None = None
    mtn_momo_secret: SecretStr | None = None

    airtel_api_url: str = _provider_url("airtel_api_url")
    airtel_client_id: str | None = None
    airtel_client_secret: SecretStr | None = None
    airtel_webhook_secret: SecretStr | None = None
    airtel_country: str = Field(default="UG", pattern=r"^[A-Z]{2}$")
    airtel_disbursement_pin: SecretStr | None = None
    airtel_public_key: str | None = None

    paystack_api_url: str = _provider_url("paystack_api_url")
    paystack_secret_key: SecretStr | None = None
    paystack_country: str | None = Field(default=None, pattern=r"^[A-Z]{2}$")

    flutterwave_api_url: str = _provider_url("flutterwave_api_url")
    flutterwave_secret_key: SecretStr | None = None
    flutterwave_webhook_hash: SecretStr | None = None

    @field_validator(*OWN_URLS)
    @classmethod
    def _api_without_slash(cls, url: str) -> str:
        return url.rstrip("/")

    def development_faults(self) -> list[str]:
        """One line for each provider that is not on this machine."""
        urls = {name: getattr(self, name) for name in OWN_URLS}
        return [
            f"{name.upper()} is {url}: in development a provider must be on this machine, so that no"
            " real phone is reached; use http://127.0.0.1:PORT, or set SOKONI_ENV=production"
            for name, url in urls.items()
            if not is_loopback(url)
        ]
