"""What is sealed opens with its key, for its owner, and not otherwise."""

import json

import pytest

from bot.ops.logging import configure
from bot.vault import FernetVault, is_key, key_of, new_key

OLD, NEW = key_of("old"), key_of("new")
OWNER, VALUES = "sms twilio +256312000077", {"account_sid": "AC2", "auth_token": "töken"}


def test_what_is_sealed_comes_back_whole_and_cannot_be_read_meanwhile() -> None:
    vault = FernetVault([NEW])
    sealed = vault.seal(VALUES, OWNER)
    assert vault.unseal(sealed, OWNER) == VALUES
    assert "AC2" not in sealed
    assert sealed != vault.seal(VALUES, OWNER)


def test_a_turn_costs_no_second_opening() -> None:
    vault = FernetVault([NEW])
    sealed = vault.seal(VALUES, OWNER)
    assert vault.unseal(sealed, OWNER) is vault.unseal(sealed, OWNER)


def test_a_seal_moved_to_another_row_does_not_open() -> None:
    vault = FernetVault([NEW])
    assert vault.unseal(vault.seal(VALUES, OWNER), "sms twilio +256312000078") is None


@pytest.mark.parametrize("place", [5, 30, -5])
def test_a_seal_that_was_tampered_with_does_not_open(place: int) -> None:
    vault = FernetVault([NEW])
    sealed = vault.seal(VALUES, OWNER)
    other = "A" if sealed[place] != "A" else "B"
    at = place % len(sealed)
    assert vault.unseal(sealed[:at] + other + sealed[at + 1 :], OWNER) is None
    for nonsense in ("", "plain", "\x00", sealed[:-9]):
        assert vault.unseal(nonsense, OWNER) is None


def test_older_keys_open_and_only_the_first_seals() -> None:
    sealed = FernetVault([OLD]).seal(VALUES, OWNER)
    both = FernetVault([NEW, OLD])
    assert both.unseal(sealed, OWNER) == VALUES
    assert not both.is_current(sealed)
    again = both.seal(VALUES, OWNER)
    assert both.is_current(again)
    assert FernetVault([NEW]).unseal(again, OWNER) == VALUES
    assert FernetVault([OLD]).unseal(again, OWNER) is None


def test_a_secret_is_found_by_the_digest_of_any_key() -> None:
    before = FernetVault([OLD]).digest("path")
    both = FernetVault([NEW, OLD])
    assert before in both.digests("path")
    assert both.digest("path") == FernetVault([NEW]).digest("path") != before
    assert "path" not in before
    assert both.digest("path") != both.digest("paths")


def test_a_lost_key_is_said_once_and_counted(capfd: pytest.CaptureFixture[str]) -> None:
    configure("INFO", readable=False)
    try:
        vault = FernetVault([NEW])
        sealed = FernetVault([OLD]).seal(VALUES, OWNER)
        for _ in range(3):
            assert vault.unseal(sealed, OWNER) is None
    finally:
        configure("WARNING")
    [line] = capfd.readouterr().err.splitlines()
    said = json.loads(line)
    assert said["level"] == "error"
    assert "CREDENTIAL_KEYS" in said["event"]
    assert "+256312000077" not in line
    assert vault.unopened == 1
    vault.unseal(vault.seal(VALUES, OWNER), OWNER)
    assert vault.unopened == 0


@pytest.mark.parametrize(
    ("text", "good"),
    [
        (NEW, True),
        (key_of("for development"), True),
        ("", False),
        ("short", False),
        (NEW[:-4], False),
        ("é" * 44, False),
        (NEW + OLD, False),
    ],
)
def test_a_key_is_known_by_its_form(text: str, good: bool) -> None:
    assert is_key(text) is good


def test_every_new_key_is_another() -> None:
    made = {new_key() for _ in range(5)}
    assert len(made) == 5
    assert all(map(is_key, made))
