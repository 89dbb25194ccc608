"""The accounts through which this server speaks to its providers, and which providers it lacks."""

from collections.abc import Mapping
from dataclasses import dataclass

from pydantic import SecretStr

from bot.providers import REAL_URLS
from bot.settings import Settings
from channels.channel import Account
from channels.meta.app import app_account
from payments.airtel.settings import AirtelSettings
from payments.flutterwave.settings import FlutterwaveSettings
from payments.mtn_momo.settings import MtnSettings
from payments.paystack.settings import PaystackSettings

# A key for the embedded emulator alone: nobody has its other half.
EMULATED_AIRTEL_KEY = (
    "MIGfMA0GCSqGSIb3DQEBAQUAA4GNADCBiQKBgQC1RF96muO5ktSeI5itmJaVtweZJ75D5QOO"
    "MieUbWGbvazCctFDp3O9r0057cW/jCKjGBJu5pKObURKfn7g0SUcjvllNFby2kG40FUF3Fvd"
    "FctrRfA5FV2I5/Ya2NuRh5wPzqdCyUJ2qcJKTo0AroNCz8Sh3PT2PmWMjSbOff+K7QIDAQAB"
)


@dataclass(frozen=True, slots=True)
class Needs:
    """What a provider cannot do without, and what stands in for it at the embedded emulator."""

    url: str
    credentials: tuple[str, ...]
    demo: Mapping[str, str]


NEEDS: Mapping[str, Needs] = {
    "twilio": Needs(
        "twilio_api_url",
        ("twilio_account_sid", "twilio_auth_token"),
        {
            "twilio_account_sid": "AC00000000000000000000000000000001",
            "twilio_auth_token": "development-token",
        },
    ),
    "africastalking": Needs(
        "at_api_url",
        ("at_username", "at_api_key"),
        {
            "at_username": "sandbox",
            "at_api_key": "development-key",
            "at_webhook_secret": "development-secret",
        },
    ),
    "meta": Needs(
        "meta_api_url",
        ("meta_app_secret", "meta_access_token"),
        {
            "meta_app_secret": "development-app-secret",
            "meta_access_token": "development-access-token",
            "meta_verify_token": "development-verify-token",
        },
    ),
    "mtn-momo": Needs(
        "mtn_momo_api_url",
        ("mtn_momo_collection_key", "mtn_momo_user", "mtn_momo_secret"),
        {
            "mtn_momo_target_environment": "sandbox",
            "mtn_momo_collection_key": "development-collection",
            "mtn_momo_disbursement_key": "development-disbursement",
            "mtn_momo_user": "00000000-0000-4000-8000-000000000001",
            "mtn_momo_secret": "development-secret",
        },
    ),
    "airtel": Needs(
        "airtel_api_url",
        ("airtel_client_id", "airtel_client_secret"),
        {
            "airtel_client_id": "development-client",
            "airtel_client_secret": "development-secret",
            "airtel_webhook_secret": "development-webhook-secret",
            "airtel_disbursement_pin": "0000",
            "airtel_public_key": EMULATED_AIRTEL_KEY,
        },
    ),
    "paystack": Needs(
        "paystack_api_url",
        ("paystack_secret_key",),
        {"paystack_secret_key": "sk_test_development"},
    ),
    "flutterwave": Needs(
        "flutterwave_api_url",
        ("flutterwave_secret_key", "flutterwave_webhook_hash"),
        {
            "flutterwave_secret_key": "FLWSECK_TEST-development",
            "flutterwave_webhook_hash": "development-webhook-hash",
        },
    ),
}


MESSAGING = ("twilio", "africastalking", "meta")


@dataclass(frozen=True, slots=True)
class Credentials:
    """A provider's settings as text, the demo ones where the embedded emulator answers."""

    url: str
    values: Mapping[str, str]
    missing: tuple[str, ...]

    def __getitem__(self, name: str) -> str:
        return self.values[name]

    def get(self, name: str) -> str | None:
        return self.values.get(name)


def credentials(settings: Settings, provider: str) -> Credentials:
    """What is known for `provider`; `missing` names the settings without which it is disabled."""
    needs = NEEDS[provider]
    given = {name: text for name in needs.demo if (text := _text(settings, name)) is not None}
    if not given and not settings.production and not settings.is_set(needs.url):
        given = dict(needs.demo)
    url = str(getattr(settings, needs.url))
    if provider == "mtn-momo" and url != REAL_URLS[needs.url]:
        given.setdefault("mtn_momo_target_environment", "sandbox")
    wanted = needs.credentials
    if provider == "mtn-momo":
        wanted = (*wanted, "mtn_momo_target_environment")
    return Credentials(url, given, tuple(name.upper() for name in wanted if name not in given))


def accounts(settings: Settings) -> Mapping[str, Account]:
    """Messaging provider -> the platform's account, without those that are disabled."""
    known = {name: _account(settings, name) for name in MESSAGING}
    return {name: account for name, account in known.items() if account is not None}


def messaging_urls(settings: Settings) -> Mapping[str, str]:
    """Messaging provider -> the base URL of its API, for lines with accounts of their own."""
    return {name: _api_url(settings, name) for name in MESSAGING}


def _api_url(settings: Settings, provider: str) -> str:
    """Meta's version is part of every path."""
    url = str(getattr(settings, NEEDS[provider].url))
    return f"{url}/{settings.meta_api_version}" if provider == "meta" else url


def _account(settings: Settings, provider: str) -> Account | None:
    """The platform's account at a messaging provider; None when it is disabled."""
    known = credentials(settings, provider)
    if known.missing:
        return None
    name, secret = NEEDS[provider].credentials
    url = _api_url(settings, provider)
    if provider == "meta":
        return app_account(known[name], known[secret], url)
    return Account(
        provider=provider,
        id=known[name],
        secret=known[secret],
        base_url=url,
        webhook_secret=known.get("at_webhook_secret"),
    )


def mtn(settings: Settings) -> MtnSettings | None:
    """The platform's account at MTN MoMo; None when it is disabled."""
    known = credentials(settings, "mtn-momo")
    if known.missing:
        return None
    return MtnSettings(
        api_url=known.url,
        target_environment=known["mtn_momo_target_environment"],
        collection_key=known["mtn_momo_collection_key"],
        user=known["mtn_momo_user"],
        secret=known["mtn_momo_secret"],
        disbursement_key=known.get("mtn_momo_disbursement_key"),
    )


def airtel(settings: Settings) -> AirtelSettings | None:
    """The platform's account at Airtel Money; None when it is disabled."""
    known = credentials(settings, "airtel")
    if known.missing:
        return None
    return AirtelSettings(
        api_url=known.url,
        client_id=known["airtel_client_id"],
        client_secret=known["airtel_client_secret"],
        country=settings.airtel_country,
        webhook_secret=known.get("airtel_webhook_secret"),
        disbursement_pin=known.get("airtel_disbursement_pin"),
        public_key=known.get("airtel_public_key"),
    )


def paystack(settings: Settings) -> PaystackSettings | None:
    """The platform's account at Paystack; None when it is disabled."""
    known = credentials(settings, "paystack")
    if known.missing:
        return None
    return PaystackSettings(
        known.url, known["paystack_secret_key"], settings.paystack_country or ""
    )


def flutterwave(settings: Settings) -> FlutterwaveSettings | None:
    """The platform's account at Flutterwave; None when it is disabled."""
    known = credentials(settings, "flutterwave")
    if known.missing:
        return None
    return FlutterwaveSettings(
        known.url, known["flutterwave_secret_key"], known["flutterwave_webhook_hash"]
    )


def disabled(settings: Settings) -> Mapping[str, str]:
    """Provider -> one line on why it is disabled and what would enable it."""
    lines = {}
    for provider in NEEDS:
        missing = credentials(settings, provider).missing
        if missing:
            lines[provider] = f"{provider} is disabled: set {', '.join(missing)} to use it"
    return lines


def _text(settings: Settings, name: str) -> str | None:
    value = getattr(settings, name)
    if isinstance(value, SecretStr):
        return value.get_secret_value()
    return None if value is None else str(value)
