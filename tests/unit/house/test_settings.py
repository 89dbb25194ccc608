from datetime import time, timedelta
from pathlib import Path

import pytest

from bot import credentials
from bot.providers import is_loopback
from bot.settings import Settings, SettingsError
from bot.vault import key_of
from store.quiet import Quiet

PRODUCTION = {
    "SOKONI_ENV": "production",
    "SECRET_KEY": "a long random text",
    "PUBLIC_URL": "https://sokoni.example/",
    "DATABASE_URL": "postgresql://sokoni:hidden@db/sokoni",
    "REDIS_URL": "redis://cache:6379/0",
}


@pytest.fixture
def load(monkeypatch: pytest.MonkeyPatch):
    def with_environment(**environment: str) -> Settings:
        for name, value in environment.items():
            monkeypatch.setenv(name, value)
        return Settings.load(env_file=None)

    return with_environment


def test_a_bare_machine_gets_a_development_server_with_every_provider_emulated(load) -> None:
    settings = load(PORT="8123")
    assert settings.public_url == "http://127.0.0.1:8123"
    assert settings.database_url == "sqlite:///var/sokoni.db"
    assert settings.redis_url is None
    assert settings.spool_dir == Path("var/spool")
    accounts = credentials.accounts(settings)
    assert accounts["twilio"].base_url == "http://127.0.0.1:8123/emulators/twilio"
    assert accounts["africastalking"].webhook_secret
    mtn = credentials.mtn(settings)
    assert mtn is not None
    assert mtn.api_url == "http://127.0.0.1:8123/emulators/mtn-momo"
    assert credentials.disabled(settings) == {}


def test_production_speaks_to_the_real_providers(load) -> None:
    settings = load(**PRODUCTION, TWILIO_ACCOUNT_SID="AC1", TWILIO_AUTH_TOKEN="t")
    assert settings.public_url == "https://sokoni.example"
    assert credentials.accounts(settings)["twilio"].base_url == "https://api.twilio.com"
    assert settings.at_api_url == "https://api.africastalking.com"
    assert credentials.messaging_urls(settings)["meta"] == "https://graph.facebook.com/v26.0"
    assert settings.web_concurrency == 2


def test_production_names_everything_that_is_missing_at_once(load) -> None:
    with pytest.raises(SettingsError) as refusal:
        load(SOKONI_ENV="production", PUBLIC_URL="http://sokoni.example")
    for name in ("SECRET_KEY", "PUBLIC_URL", "DATABASE_URL", "REDIS_URL"):
        assert name in str(refusal.value)


@pytest.mark.parametrize("name", ["SECRET_KEY", "PUBLIC_URL", "DATABASE_URL", "REDIS_URL"])
def test_production_does_not_start_without(load, name: str) -> None:
    with pytest.raises(SettingsError, match=name):
        load(**(PRODUCTION | {name: ""}))


def test_production_does_not_start_with_the_key_of_development(load) -> None:
    development = load().secret_key.get_secret_value()
    with pytest.raises(SettingsError, match="SECRET_KEY"):
        load(**(PRODUCTION | {"SECRET_KEY": development}))


WEAK = "can be guessed"

UNSAFE = [
    ("SECRET_KEY", "short", WEAK),
    ("SECRET_KEY", "a" * 40, WEAK),
    ("SECRET_KEY", "ababababababababababab", WEAK),
    ("METRICS_TOKEN", "metrics", WEAK),
    ("AT_WEBHOOK_SECRET", "hidden", WEAK),
    ("AT_WEBHOOK_SECRET", "a-long/random-secret-1", "stands in a path"),
    ("AT_WEBHOOK_SECRET", "a-long%20random-secret", "stands in a path"),
    ("PUBLIC_URL", "http://sokoni.example", "https://"),
    ("PUBLIC_URL", "sokoni.example", "https://"),
    ("PUBLIC_URL", "https://", "a host alone"),
    ("PUBLIC_URL", "https://[sokoni", "https://"),
    ("PUBLIC_URL", "https://sokoni.example/shops", "a host alone"),
    ("PUBLIC_URL", "https://sokoni.example?a=1", "a host alone"),
    ("PUBLIC_URL", "https://sokoni.example#a", "a host alone"),
    ("PUBLIC_URL", "https://me:word@sokoni.example", "a host alone"),
    ("DATABASE_URL", "sqlite:///var/sokoni.db", "must be PostgreSQL's"),
    ("DATABASE_URL", "mysql://db/sokoni", "must be PostgreSQL's"),
    ("TWILIO_API_URL", "http://api.twilio.com", "https://"),
    ("AT_API_URL", "http://api.africastalking.com", "https://"),
    ("META_API_URL", "http://graph.facebook.com", "https://"),
    ("MTN_MOMO_API_URL", "http://proxy.momoapi.mtn.com", "https://"),
    ("MTN_MOMO_API_URL", "http://127.0.0.1@evil.example", "https://"),
    ("AIRTEL_API_URL", "http://openapi.airtel.africa", "https://"),
    ("SPOOL_DIR", "/dev/shm/spool", "in memory"),
    ("SPOOL_DIR", "/run/sokoni/spool", "in memory"),
    ("FLASK_DEBUG", "1", "unset it"),
    ("CREDENTIAL_KEYS", "not-a-key", "keys new"),
    ("CREDENTIAL_KEYS", key_of("a") + key_of("b"), "keys new"),
]


@pytest.mark.parametrize(("name", "value", "said"), UNSAFE)
def test_production_does_not_start_with_what_is_unsafe(
    load, name: str, value: str, said: str
) -> None:
    with pytest.raises(SettingsError, match=name) as refusal:
        load(**(PRODUCTION | {name: value}))
    assert said in str(refusal.value)
    if name.endswith(("KEY", "KEYS", "SECRET", "TOKEN")):
        assert value not in str(refusal.value)


def test_production_does_not_start_with_a_spool_that_others_may_write_into(
    load, tmp_path: Path
) -> None:
    tmp_path.chmod(0o777)
    with pytest.raises(SettingsError, match="chmod 700"):
        load(**PRODUCTION, SPOOL_DIR=str(tmp_path))
    tmp_path.chmod(0o755)
    assert load(**PRODUCTION, SPOOL_DIR=str(tmp_path)).production


@pytest.mark.parametrize(
    "safe",
    [
        {"PUBLIC_URL": "https://sokoni.example:8443/"},
        {"DATABASE_URL": "postgres://db/sokoni"},
        {"TWILIO_API_URL": "http://127.0.0.1:9000"},
        {"FLASK_DEBUG": "0"},
        {"CREDENTIAL_KEYS": f"{key_of('a')}, {key_of('b')},"},
    ],
)
def test_production_starts_with_what_is_safe(load, safe: dict[str, str]) -> None:
    assert load(**(PRODUCTION | safe)).production


def test_development_seals_with_a_key_of_its_own_and_production_with_none(load) -> None:
    assert load().keys == (key_of("for development only, never in production"),)
    assert load(**PRODUCTION).keys == ()
    assert load(CREDENTIAL_KEYS=key_of("a")).keys == (key_of("a"),)


@pytest.mark.parametrize(
    "name",
    [
        "TWILIO_API_URL",
        "AT_API_URL",
        "MTN_MOMO_API_URL",
        "META_API_URL",
        "AIRTEL_API_URL",
        "PAYSTACK_API_URL",
        "FLUTTERWAVE_API_URL",
    ],
)
def test_development_refuses_a_provider_that_is_not_on_this_machine(load, name: str) -> None:
    with pytest.raises(SettingsError, match=name):
        load(**{name: "https://api.provider.example"})
    assert load(**{name: "http://127.0.0.1:9000/"}) is not None


@pytest.mark.parametrize(
    ("url", "stays"),
    [
        ("http://127.0.0.1:9000", True),
        ("http://localhost", True),
        ("http://[::1]:9000/path", True),
        ("http://127.1.2.3", True),
        ("https://api.twilio.com", False),
        ("http://127.0.0.1@evil.example", False),
        ("http://127.0.0.1.evil.example", False),
        ("http://localhost.evil.example", False),
        ("http://10.0.0.1", False),
        ("http://0x7f000001", False),
        ("http://[::1", False),
        ("nonsense", False),
    ],
)
def test_only_loopback_addresses_count_as_this_machine(url: str, stays: bool) -> None:
    assert is_loopback(url) is stays


def test_an_own_url_without_credentials_disables_the_provider_and_says_what_is_missing(
    load,
) -> None:
    settings = load(TWILIO_API_URL="http://127.0.0.1:9000", AT_API_KEY="key")
    assert "twilio" not in credentials.accounts(settings)
    assert "africastalking" not in credentials.accounts(settings)
    assert "TWILIO_ACCOUNT_SID, TWILIO_AUTH_TOKEN" in credentials.disabled(settings)["twilio"]
    assert "AT_USERNAME" in credentials.disabled(settings)["africastalking"]


def test_production_never_uses_demo_credentials(load) -> None:
    settings = load(**PRODUCTION)
    assert credentials.accounts(settings) == {}
    assert credentials.mtn(settings) is None
    assert set(credentials.disabled(settings)) == set(credentials.NEEDS)


MTN = {"MTN_MOMO_COLLECTION_KEY": "c", "MTN_MOMO_USER": "u", "MTN_MOMO_SECRET": "s"}


def test_mtn_needs_its_market_only_at_the_real_api(load) -> None:
    settings = load(**PRODUCTION, **MTN)
    assert "MTN_MOMO_TARGET_ENVIRONMENT" in credentials.disabled(settings)["mtn-momo"]
    sandbox = credentials.mtn(load(MTN_MOMO_API_URL="https://sandbox.momodeveloper.mtn.com"))
    assert sandbox is not None
    assert sandbox.target_environment == "sandbox"
    assert sandbox.disbursement_key is None


def test_the_environment_wins_over_the_file_even_when_empty(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / ".env"
    file.write_text("PORT=9001\nREDIS_URL=redis://file/0\nUNKNOWN=1\n", encoding="utf-8")
    monkeypatch.setenv("REDIS_URL", "")
    settings = Settings.load(env_file=file)
    assert settings.port == 9001
    assert settings.redis_url is None


@pytest.mark.parametrize("text", ["", "10,5", "10,10", "0,10", "-1,2", "ten"])
def test_poll_times_must_rise(load, text: str) -> None:
    if not text:
        assert load(PAYMENT_POLL_SECONDS=text).poll_seconds == (10, 30, 60, 120, 180, 300)
        return
    with pytest.raises(SettingsError, match="PAYMENT_POLL_SECONDS"):
        load(PAYMENT_POLL_SECONDS=text)


@pytest.mark.parametrize(
    "name", ["HOLD_MINUTES", "RIDER_OFFER_SECONDS", "LINE_LEASE_SECONDS", "PORT", "LOG_LEVEL"]
)
def test_a_wrong_value_is_named_and_not_repeated(load, name: str) -> None:
    with pytest.raises(SettingsError) as refusal:
        load(**{name: "-7777777"})
    assert str(refusal.value).splitlines()[1].startswith(f"{name}: ")
    assert "7777777" not in str(refusal.value)


def test_the_platforms_number_is_set_whole_or_not_at_all(load) -> None:
    with pytest.raises(SettingsError, match="PLATFORM_SMS_FROM"):
        load(PLATFORM_SMS_PROVIDER="twilio")


def test_the_numbers_of_trade_come_from_the_settings(load) -> None:
    rules = load(HOLD_MINUTES="20", RIDER_OFFER_SECONDS="60", SELLER_REMINDER_SECONDS="5").rules()
    assert rules.misses_asked == 3
    assert load(MISSES_ASKED="0").rules().misses_asked == 0
    assert rules.hold == timedelta(minutes=20)
    assert rules.rider_offer == timedelta(minutes=1)
    assert rules.riders_give_up == timedelta(minutes=5)
    assert rules.quiet == Quiet(time(21), time(8))
    own = load(QUIET_FROM="22:30", QUIET_UNTIL="06:00").rules()
    assert own.quiet == Quiet(time(22, 30), time(6))
    assert rules.seller_reminders == tuple(timedelta(seconds=s) for s in (5, 15, 30))


def test_settings_can_be_printed_without_giving_secrets_away(load) -> None:
    keys = key_of("a")
    given = {"AT_API_KEY": "the-key", "MTN_MOMO_SECRET": "the-secret", "CREDENTIAL_KEYS": keys}
    printed = repr(load(**PRODUCTION, **given))
    for secret in ("a long random text", "hidden", "the-key", "the-secret", keys):
        assert secret not in printed
