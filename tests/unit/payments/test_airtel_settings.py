from collections.abc import Callable

import pytest

from bot import credentials
from bot.rails import build_rails
from bot.settings import Settings, SettingsError
from payments.rail import Ability, Rail
from store.sealing import NoVault

PRODUCTION = {
    "SOKONI_ENV": "production",
    "SECRET_KEY": "a long random text of nobody's",
    "PUBLIC_URL": "https://sokoni.example",
    "DATABASE_URL": "postgresql://sokoni:hidden@db/sokoni",
    "REDIS_URL": "redis://cache:6379/0",
}
ACCOUNT = {"AIRTEL_CLIENT_ID": "client", "AIRTEL_CLIENT_SECRET": "hidden"}


@pytest.fixture
def load(monkeypatch: pytest.MonkeyPatch) -> Callable[..., Settings]:
    def with_environment(**environment: str) -> Settings:
        for name, value in environment.items():
            monkeypatch.setenv(name, value)
        return Settings.load(env_file=None)

    return with_environment


def airtel(settings: Settings) -> Rail | None:
    return build_rails(settings, NoVault()).platform("airtel")


def test_a_bare_machine_has_an_airtel_that_can_do_everything(load: Callable[..., Settings]) -> None:
    settings = load(PORT="8123")
    rail = airtel(settings)
    assert rail is not None
    assert all(rail.can(ability) for ability in Ability)
    known = credentials.airtel(settings)
    assert known is not None
    assert known.api_url == "http://127.0.0.1:8123/emulators/airtel"


def test_in_production_it_is_there_with_its_credentials_only(
    load: Callable[..., Settings],
) -> None:
    assert airtel(load(**PRODUCTION)) is None
    assert "AIRTEL_CLIENT_ID" in credentials.disabled(load(**PRODUCTION))["airtel"]
    rail = airtel(load(**PRODUCTION, **ACCOUNT))
    assert rail is not None
    assert rail.serves("UG", "UGX")
    assert rail.can(Ability.REFUND)
    assert not rail.can(Ability.PAYOUT)


def test_a_key_that_cannot_be_read_does_not_stop_the_server(
    load: Callable[..., Settings],
) -> None:
    keys = {"AIRTEL_DISBURSEMENT_PIN": "1234", "AIRTEL_PUBLIC_KEY": "rubbish"}
    rail = airtel(load(**PRODUCTION, **ACCOUNT, **keys))
    assert rail is not None
    assert not rail.can(Ability.PAYOUT)


@pytest.mark.parametrize("country", ["Uganda", "ug", "U"])
def test_a_country_is_two_letters(load: Callable[..., Settings], country: str) -> None:
    with pytest.raises(SettingsError, match="AIRTEL_COUNTRY"):
        load(AIRTEL_COUNTRY=country)
