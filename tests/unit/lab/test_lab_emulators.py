"""Which providers a development server carries within itself, and for whom."""

import pytest
from flask import Flask

from bot.lab.emulators import build, mount
from bot.providers import OWN_URLS
from bot.settings import Settings

PATHS = set(OWN_URLS.values())
TOKEN = "/emulators/mtn-momo/collection/token/"


def settings(**given: object) -> Settings:
    return Settings(_env_file=None, **given)


def test_a_server_without_settings_carries_every_provider() -> None:
    emulators = build(settings())
    assert set(emulators.apps) == PATHS


def test_a_provider_whose_url_is_elsewhere_is_not_carried() -> None:
    emulators = build(settings(twilio_api_url="http://127.0.0.1:9999"))
    assert emulators.twilio is None
    assert set(emulators.apps) == PATHS - {"/emulators/twilio"}


def test_another_servers_emulator_is_not_taken_for_the_own_one() -> None:
    url = "http://127.0.0.1:9999/emulators/africastalking"
    given = {"at_api_url": url, "at_username": "sandbox", "at_api_key": "key"}
    assert build(settings(**given)).africastalking is None


def test_the_server_named_explicitly_is_still_the_own_one() -> None:
    url = "http://localhost:8000/emulators/twilio"
    given = {"twilio_account_sid": "AC" + "0" * 32, "twilio_auth_token": "token"}
    assert build(settings(twilio_api_url=url, **given)).twilio is not None


@pytest.mark.parametrize(
    ("remote", "host", "status"),
    [
        ("127.0.0.1", "127.0.0.1:8000", 401),
        ("::1", "[::1]:8000", 401),
        ("192.0.2.7", "127.0.0.1:8000", 403),
        ("127.0.0.1", "elsewhere.example", 403),
    ],
)
def test_the_emulated_apis_answer_this_machine_only(remote: str, host: str, status: int) -> None:
    app = Flask("outer")
    mount(app, build(settings()))
    environ = {"REMOTE_ADDR": remote}
    answer = app.test_client().post(TOKEN, headers={"Host": host}, environ_overrides=environ)
    assert answer.status_code == status
