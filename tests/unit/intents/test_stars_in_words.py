"""How many stars, said in words."""

import pytest

from intents.stars import read_stars


@pytest.mark.parametrize(
    ("text", "locale", "stars"),
    [
        ("five stars", "en", 5),
        ("Three stars, so so", "en", 3),
        ("4 stars", "en", 4),
        ("nyota tano", "sw", 5),
        ("cinq étoiles", "fr", 5),
        ("five stars", "lg", 5),
        ("ten stars", "en", None),
        ("i want to rate", "en", None),
        ("a good shop", "en", None),
        ("two bags came, four stars", "en", None),
        ("", "en", None),
    ],
)
def test_one_number_is_the_stars(text: str, locale: str, stars: int | None) -> None:
    assert read_stars(text, (locale,)) == stars
