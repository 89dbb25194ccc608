"""An option that is called by its name, with small words around it."""

import pytest

from intents.choices import read_choice
from intents.language import Language, merge


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("pick up", "pickup"),
        ("I will pick it up please", "pickup"),
        ("Cash!", "cash"),
        ("pls let me pay in cash", "cash"),
        ("mtn momo", "mtn-momo"),
        ("wait, change the address", "address"),
        ("deliver", "standard"),
        ("FAST DELIVERY", "express"),
        ("skip", "skip"),
        ("place the order", "confirm"),
    ],
)
def test_a_name_is_known_with_small_words_around_it(text: str, name: str) -> None:
    assert name in read_choice(text, ("en",))


@pytest.mark.parametrize(
    "text",
    ["", "...", "yes please", "no delivery", "not cash", "do you deliver to kololo", "how much is delivery",
     "can i pick it up tomorrow morning at eight from your shop", "cash and 2 milk"],
)  # fmt: skip
def test_a_sentence_that_says_more_names_no_option(text: str) -> None:
    assert not read_choice(text, ("en",))


def test_a_phrase_can_stand_for_options_of_several_people() -> None:
    assert {"pickup", "as-pickup"} <= read_choice("pickup", ("en",))


def test_two_languages_both_keep_their_names_of_an_option() -> None:
    first = Language("a", choices={"cash": frozenset({("cash",)})})
    second = Language("b", choices={"cash": frozenset({("pesa",)}), "skip": frozenset({("ruka",)})})
    merged = merge([first, second])
    assert merged.choices["cash"] == {("cash",), ("pesa",)}
    assert merged.choices["skip"] == {("ruka",)}
