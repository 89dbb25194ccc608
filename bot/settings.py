"""Everything that may differ between two installations, read from the environment and `.env`.

Each field is the environment variable of the same name; docs/settings.md describes every one. What is
not set takes the value that needs nothing else: in development the server's own emulators stand in
for every provider.
"""

import itertools
from collections.abc import Mapping
from dataclasses import replace
from datetime import time, timedelta
from pathlib import Path
from typing import Any, Self

from pydantic import (
    Field,
    NonNegativeFloat,
    PositiveFloat,
    PositiveInt,
    ValidationError,
    field_validator,
    model_validator,
)
from pydantic_settings import SettingsConfigDict

from bot import production
from bot.payout_settings import by_currency, payout_terms
from bot.provider_settings import ProviderSettings
from bot.rule_settings import RuleSettings
from store.quiet import QUIET, Quiet
from store.rules import Rules


class SettingsError(Exception):
    """The server cannot start with these settings. One line per fault, each saying what to do."""


class Settings(ProviderSettings, RuleSettings):
    """Times are in seconds unless the name says otherwise; URLs carry no trailing slash."""

    model_config = SettingsConfigDict(
        extra="ignore", frozen=True, hide_input_in_errors=True, env_file_encoding="utf-8"
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
        faults = production.faults(self) if self.production else self.development_faults()
        if (self.platform_sms_provider is None) != (self.platform_sms_from is None):
            faults.append("PLATFORM_SMS_PROVIDER and PLATFORM_SMS_FROM: set both, or neither")
        if faults:
            raise ValueError("\n".join(faults))
        return self

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


def _explain(error: ValidationError) -> str:
    lines = []
    for fault in error.errors():
        if fault["type"] == "default_factory_not_called":
            continue
        message = fault["msg"].removeprefix("Value error, ")
        name = ".".join(str(part) for part in fault["loc"]).upper()
        lines.append(f"{name}: {message}" if name else message)
    return "The server cannot start:\n" + "\n".join(lines)
