"""Whose request it is: an account speaks for its own addresses and no others."""

from dataclasses import replace

import pytest

from bot.accounts import Accounts, claim_of
from bot.vault import FernetVault, new_key
from channels.channel import Account
from channels.meta.app import app_account
from store.models import AddressRow

TWILIO = Account("twilio", "AC1", "token", "https://twilio.example")
AT = Account("africastalking", "sandbox", "key", "https://at.example", "platform-path")
META_URL = "https://graph.example/v26.0"
META = app_account("app-secret", "token", META_URL)
OWN_META = app_account("own-secret", "own-token", META_URL)
ACCOUNTS = Accounts(
    {"twilio": TWILIO, "africastalking": AT, "meta": META},
    {
        "twilio": "https://twilio.example",
        "africastalking": "https://at.example",
        "meta": META_URL,
    },
)
OWN_AT = {"username": "njeri", "api_key": "k"}


def _address(provider: str, **credentials: str) -> AddressRow:
    return AddressRow(provider=provider, channel="sms", address="1", credentials=credentials)


@pytest.mark.parametrize(
    ("provider", "credentials", "account"),
    [
        ("twilio", {}, TWILIO),
        ("africastalking", {}, AT),
        (
            "twilio",
            {"account_sid": "AC2", "auth_token": "own"},
            Account("twilio", "AC2", "own", "https://twilio.example"),
        ),
        ("twilio", {"account_sid": "AC2"}, TWILIO),
        (
            "africastalking",
            {**OWN_AT, "webhook_secret": "path"},
            Account("africastalking", "njeri", "k", "https://at.example", "path"),
        ),
        ("africastalking", {"webhook_secret": "path"}, replace(AT, webhook_secret="path")),
        ("meta", {}, META),
        ("meta", {"app_secret": "own-secret", "access_token": "own-token"}, OWN_META),
        ("meta", {"access_token": "own-token"}, replace(META, secret="own-token")),
        ("meta", {"app_secret": "own-secret"}, META),
        ("nobody", {}, None),
    ],
)
def test_an_address_belongs_to_its_own_account_or_the_platforms(
    provider: str, credentials: dict[str, str], account: Account | None
) -> None:
    assert ACCOUNTS.of(_address(provider, **credentials)) == account


@pytest.mark.parametrize(
    ("account", "credentials", "opens"),
    [
        (AT, {}, True),
        (AT, {"webhook_secret": "path"}, False),
        (replace(AT, webhook_secret="path"), {"webhook_secret": "path"}, True),
        (replace(AT, webhook_secret="path"), {}, False),
        (replace(AT, webhook_secret="other"), {"webhook_secret": "path"}, False),
        (AT, OWN_AT, False),
        (replace(AT, id="njeri"), OWN_AT, False),
        (replace(AT, id="njeri", webhook_secret="p"), {**OWN_AT, "webhook_secret": "p"}, True),
    ],
)
def test_a_secret_path_opens_only_what_it_was_given_for(
    account: Account, credentials: dict[str, str], opens: bool
) -> None:
    assert ACCOUNTS.opens(account, _address("africastalking", **credentials)) is opens


def test_a_twilio_account_does_not_speak_for_anothers_line() -> None:
    own = _address("twilio", account_sid="AC2", auth_token="own")
    assert not ACCOUNTS.opens(TWILIO, own)
    assert ACCOUNTS.opens(replace(TWILIO, id="AC2", secret="own"), own)
    assert not ACCOUNTS.opens(replace(TWILIO, id="AC2"), _address("twilio"))


def test_anothers_id_beside_a_token_of_ones_own_opens_nothing_of_the_others() -> None:
    """Shop B may write A's AccountSid into its file; what it then signs is its own."""
    hers = _address("twilio", account_sid="AC2", auth_token="hers")
    pretended = ACCOUNTS.of(_address("twilio", account_sid="AC2", auth_token="mine"))
    assert pretended is not None
    assert not ACCOUNTS.opens(pretended, hers)


def test_an_address_whose_seal_does_not_open_is_not_the_platforms() -> None:
    vault = FernetVault([new_key()])
    accounts = replace(ACCOUNTS, vault=vault)
    own = _address("twilio")
    own.sealed = vault.seal({"account_sid": "AC2", "auth_token": "own"}, own.owner_name)
    opened = accounts.of(own)
    assert opened is not None
    assert opened.id == "AC2"
    own.sealed = FernetVault([new_key()]).seal({"account_sid": "AC2"}, own.owner_name)
    assert accounts.of(own) is None
    assert not accounts.opens(TWILIO, own)
    assert not accounts.owns("AC1", own)


def test_what_an_account_is_found_by_again_is_no_secret() -> None:
    for account in (TWILIO, AT, META, OWN_META, replace(TWILIO, owner="some-row")):
        for secret in (account.secret, account.webhook_secret or account.secret):
            assert secret not in claim_of(account)


def test_an_app_of_meta_speaks_for_the_lines_that_it_signs_for() -> None:
    own = _address("meta", app_secret="own-secret", access_token="own-token")
    by_token = _address("meta", access_token="own-token")
    opened = [
        [ACCOUNTS.opens(account, address) for address in (own, by_token, _address("meta"))]
        for account in (META, OWN_META)
    ]
    assert opened == [[False, True, True], [True, False, False]]


def test_an_address_of_a_provider_that_is_off_opens_to_nobody() -> None:
    nobody = Accounts({}, {})
    assert nobody.of(_address("twilio")) is None
    assert not nobody.opens(TWILIO, _address("twilio"))
