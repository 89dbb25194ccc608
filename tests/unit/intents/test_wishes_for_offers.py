"""People ask for what is cheaper in set phrases; a plain "any discount?" is the beginning of a bargain."""

import tomllib

import pytest

from intents.language_files import LOCALES
from intents.wish import Wish, Wished
from intents.wishes import read_wish

CODES = ("en", "fr", "sw", "pcm", "lg", "ha", "yo")
PHRASES = [
    (code, phrase)
    for code in CODES
    for phrase in tomllib.loads((LOCALES / code / "wishes.toml").read_text())["offers"]
]


@pytest.mark.parametrize(("code", "phrase"), PHRASES)
def test_every_phrase_is_understood_as_it_is_listed(code: str, phrase: str) -> None:
    assert read_wish(f"{phrase.capitalize()}?", (code,)) == Wished(Wish.OFFERS)


@pytest.mark.parametrize(
    "text",
    ["any discount", "can I get a discount", "order", "meals", "sale", "stop promotions", "coffee"],
)
def test_what_means_something_else_is_left_alone(text: str) -> None:
    assert read_wish(text, ("en",)) is None
