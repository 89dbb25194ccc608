"""An option that is called by its name, with small words around it."""

import pytest

from intents.choices import LAST, read_choice, read_place
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


@pytest.mark.parametrize(
    ("text", "locales", "place"),
    [
        ("the 3rd one please", ("en",), 3),
        ("i go take the first one", ("pcm", "en"), 1),
        ("the one wey dey last", ("pcm", "en"), LAST),
        ("je prends la seconde", ("fr", "en"), 2),
        ("celui du bas", ("fr", "en"), LAST),
        ("option un", ("fr", "en"), 1),
        ("nipe hiyo ya kwanza", ("sw", "en"), 1),
        ("ile ya mwisho", ("sw", "en"), LAST),
        ("zan ɗauki na uku", ("ha", "en"), 3),
        ("ta ƙarshe", ("ha", "en"), LAST),
    ],
)
def test_an_option_is_known_by_its_place(text: str, locales: tuple[str, ...], place: int) -> None:
    assert read_place(text, locales) == place


@pytest.mark.parametrize(
    ("text", "locales"),
    [("le moins cher", ("fr", "en")), ("pickup kwanza", ("sw", "en")), ("na gode", ("ha", "en"))],
)
def test_what_says_more_or_less_than_a_place_points_at_none(
    text: str, locales: tuple[str, ...]
) -> None:
    assert read_place(text, locales) is None
