"""Everything that may differ between two installations, read from the environment and `.env`.

Each field is the environment variable of the same name; docs/settings.md describes every one. What is
not set takes the value that needs nothing else: in development the server's own emulators stand in
for every provider.
"""

import hashlib
import itertools
from collections.abc import Mapping
from dataclasses import replace
from datetime import time, timedelta
from functools import cached_property
from pathlib import Path
from typing import Any, Literal, Self

from pydantic import (
    Field,
    NonNegativeFloat,
    PositiveFloat,
    PositiveInt,
    SecretStr,
    ValidationError,
    field_validator,
    model_validator,
)
from pydantic_settings import SettingsConfigDict

from bot import production, redis_url
from bot.payout_settings import by_currency, payout_terms
from bot.production import DEVELOPMENT_SECRET_KEY
from bot.providers import OWN_URLS, REAL_URLS, is_loopback
from bot.rule_settings import RuleSettings
from bot.vault import is_key, key_of
from store.quiet import QUIET, Quiet
from store.rules import Rules


class SettingsError(Exception):
    """The server cannot start with these settings. One line per fault, each saying what to do."""


def _in_development(data: Mapping[str, Any]) -> bool:
    return bool(data["sokoni_env"] == "development")


def _own_url(data: Mapping[str, Any]) -> str:
    return f"http://127.0.0.1:{data['port']}" if _in_development(data) else ""


def _own_database(data: Mapping[str, Any]) -> str:
    return f"sqlite:///{data['sokoni_data']}/sokoni.db" if _in_development(data) else ""


def _own_secret(data: Mapping[str, Any]) -> SecretStr:
    return SecretStr(DEVELOPMENT_SECRET_KEY if _in_development(data) else "")


def _own_keys(data: Mapping[str, Any]) -> SecretStr:
    secret = data["secret_key"].get_secret_value()
    return SecretStr(key_of(secret) if _in_development(data) else "")


def _provider_url(name: str) -> Any:
    """A field whose default is the embedded emulator, or in production the provider itself."""

    def default(data: Mapping[str, Any]) -> str:
        if _in_development(data):
            return f"http://127.0.0.1:{data['port']}{OWN_URLS[name]}"
        return REAL_URLS[name]

    return Field(default_factory=default)


class Settings(RuleSettings):
    """Times are in seconds unless the name says otherwise; URLs carry no trailing slash."""

    model_config = SettingsConfigDict(
        extra="ignore", frozen=True, hide_input_in_errors=True, env_file_encoding="utf-8"
    )

    sokoni_env: Literal["development", "production"] = "development"
    sokoni_data: Path = Path("var")
    port: int = Field(default=8000, ge=1, le=65535)
    public_url: str = Field(default_factory=_own_url)
    database_url: str = Field(default_factory=_own_database, repr=False)
    redis_url: str | None = Field(default=None, repr=False)
    secret_key: SecretStr = Field(default_factory=_own_secret)
    credential_keys: SecretStr = Field(default_factory=_own_keys)
    spool_dir: Path = Field(default_factory=lambda data: data["sokoni_data"] / "spool")
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = "INFO"
    metrics_token: SecretStr | None = None
    web_concurrency: PositiveInt = Field(
        default_factory=lambda data: 1 if _in_development(data) or not data["redis_url"] else 2
    )

    payment_poll_seconds: str = "10,30,60,120,180,300"
    payment_window_seconds: PositiveFloat | None = None
    hold_minutes: PositiveFloat = 15
    rider_offer_seconds: PositiveFloat = 180
    seller_reminder_seconds: PositiveFloat = 600
    picture_retry_seconds: PositiveFloat = 10
    misses_asked: int = Field(default=3, ge=0)
    line_lease_seconds: PositiveFloat = 30
    day_told_at: time = time(21)
    quiet_from: time = QUIET.begins
    quiet_until: time = QUIET.ends

    payout_least: str = ""
    payout_fee_percent: str = ""
    payout_fee_least: str = ""
    payout_approval_above: str = ""
    payout_hold_hours: NonNegativeFloat = 24
    risk_large_amounts: str = "UGX=1000000"
    warnings: PositiveInt = 3
    suspended_days: PositiveInt = 7

    sender_messages_per_minute: PositiveInt = 30
    sender_hops_per_minute: PositiveInt = 90
    line_turns_per_second: PositiveInt = 50
    visitor_pages_per_minute: PositiveInt = 120
    pages_per_minute: PositiveInt = 6000
    visitor_pictures_per_minute: PositiveInt = 600
    pictures_per_minute: PositiveInt = 30000
    visitor_header: str | None = None

    messages_kept_months: int = Field(default=13, ge=4)
    facts_kept_months: int = Field(default=25, ge=4)
    audit_kept_months: int = Field(default=24, ge=13)

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

    @classmethod
    def load(cls, env_file: Path | None = Path(".env")) -> Self:
        """Read the environment, which wins over `env_file`. Raises SettingsError."""
        try:
            return cls(_env_file=env_file)  # type: ignore[call-arg]
        except ValidationError as error:
            raise SettingsError(_explain(error)) from None

    @model_validator(mode="before")
    @classmethod
    def _empty_is_unset(cls, data: Mapping[str, Any]) -> dict[str, Any]:
        return {name: value for name, value in data.items() if value != ""}

    @field_validator("public_url", *OWN_URLS)
    @classmethod
    def _without_slash(cls, url: str) -> str:
        return url.rstrip("/")

    @field_validator("redis_url")
    @classmethod
    def _leads_to_redis(cls, url: str | None) -> str | None:
        if url is not None:
            redis_url.check(url)
        return url

    @field_validator("payment_poll_seconds")
    @classmethod
    def _rising_numbers(cls, text: str) -> str:
        try:
            seconds = [float(part) for part in text.split(",")]
        except ValueError:
            seconds = []
        if not seconds or seconds[0] <= 0 or any(a >= b for a, b in itertools.pairwise(seconds)):
            raise ValueError('give rising numbers with commas between them, such as "10,30,60"')
        return text

    @field_validator(
        "payout_least",
        "payout_fee_percent",
        "payout_fee_least",
        "payout_approval_above",
        "risk_large_amounts",
    )
    @classmethod
    def _by_currency(cls, text: str) -> str:
        by_currency(text)
        return text

    @model_validator(mode="after")
    def _fit_to_run(self) -> Self:
        faults = production.faults(self) if self.production else self._development_faults()
        if (self.platform_sms_provider is None) != (self.platform_sms_from is None):
            faults.append("PLATFORM_SMS_PROVIDER and PLATFORM_SMS_FROM: set both, or neither")
        if faults:
            raise ValueError("\n".join(faults))
        return self

    def _development_faults(self) -> list[str]:
        urls = {name: getattr(self, name) for name in OWN_URLS}
        return [
            f"{name.upper()} is {url}: in development a provider must be on this machine, so that no"
            " real phone is reached; use http://127.0.0.1:PORT, or set SOKONI_ENV=production"
            for name, url in urls.items()
            if not is_loopback(url)
        ]

    @field_validator("credential_keys")
    @classmethod
    def _whole_keys(cls, keys: SecretStr) -> SecretStr:
        if not all(map(is_key, _listed(keys))):
            raise ValueError(
                "give keys as `flask --app wsgi keys new` prints them, with commas between them"
            )
        return keys

    @property
    def keys(self) -> tuple[str, ...]:
        """What credentials are sealed with: the first seals, all of them open."""
        return _listed(self.credential_keys)

    @property
    def production(self) -> bool:
        return self.sokoni_env == "production"

    @cached_property
    def challenge_key(self) -> bytes:
        """What the digests of codes that were sent to people are keyed with."""
        secret = self.secret_key.get_secret_value().encode()
        return hashlib.sha256(b"challenges:" + secret).digest()

    @cached_property
    def stop_key(self) -> bytes:
        """What the digests are keyed with by which a STOP is known whose sender is forgotten."""
        return hashlib.sha256(b"stops:" + self.secret_key.get_secret_value().encode()).digest()

    @property
    def poll_seconds(self) -> tuple[float, ...]:
        """When a payment attempt is asked about, counted from its submission."""
        return tuple(float(part) for part in self.payment_poll_seconds.split(","))

    @property
    def line_lease(self) -> timedelta:
        """How long one delivery keeps an address to itself without renewing."""
        return timedelta(seconds=self.line_lease_seconds)

    def rules(self) -> Rules:
        """The numbers of trade. A seller is reminded after one, three and six times the setting; the
        seller is told that no rider came after five offers' time, where no setting says when; a picture is
        tried again after one, six, sixty and 360 times."""
        picture = timedelta(seconds=self.picture_retry_seconds)
        reminder = timedelta(seconds=self.seller_reminder_seconds)
        offer = timedelta(seconds=self.rider_offer_seconds)
        give_up = self.rule_riders_give_up_minutes
        return replace(
            self.further_rules(),
            hold=timedelta(minutes=self.hold_minutes),
            rider_offer=offer,
            riders_give_up=timedelta(minutes=give_up) if give_up else 5 * offer,
            seller_reminders=(reminder, 3 * reminder, 6 * reminder),
            picture_pauses=(picture, 6 * picture, 60 * picture, 360 * picture),
            misses_asked=self.misses_asked,
            payouts=payout_terms(
                self.payout_least,
                self.payout_fee_percent,
                self.payout_fee_least,
                self.payout_approval_above,
            ),
            payout_hold=timedelta(hours=self.payout_hold_hours),
            day_told=self.day_told_at,
            quiet=Quiet(self.quiet_from, self.quiet_until),
            risk=replace(self.risk_rules(), large=by_currency(self.risk_large_amounts)),
            warnings=self.warnings,
            suspended_for=timedelta(days=self.suspended_days),
        )

    def is_set(self, name: str) -> bool:
        """Whether the environment or `.env` names this setting, other than as empty."""
        return name in self.model_fields_set


def _listed(keys: SecretStr) -> tuple[str, ...]:
    return tuple(key.strip() for key in keys.get_secret_value().split(",") if key.strip())


def _explain(error: ValidationError) -> str:
    lines = []
    for fault in error.errors():
        if fault["type"] == "default_factory_not_called":
            continue
        message = fault["msg"].removeprefix("Value error, ")
        name = ".".join(str(part) for part in fault["loc"]).upper()
        lines.append(f"{name}: {message}" if name else message)
    return "The server cannot start:\n" + "\n".join(lines)
