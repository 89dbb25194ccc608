"""What the weather is called."""

import pytest

from intents.weather import _words, read_weather


@pytest.mark.parametrize(
    ("text", "locales", "sky"),
    [
        ("rain", ("en",), "rain"),
        ("RAINING", ("lg",), "rain"),
        ("heavy rain", ("en",), "storm"),
        ("fine", ("fr",), "fine"),
        ("Enkuba", ("lg",), "rain"),
        ("tempête", ("fr",), "storm"),
        ("òjò", ("yo",), "rain"),
        ("ojo", ("yo",), "rain"),
        ("mvua", ("sw", "en"), "rain"),
        ("mvua", ("en",), None),
        ("snow", ("en",), None),
        ("", ("en",), None),
        ("rain", ("xx",), "rain"),
    ],
)
def test_weather_by_its_words(text: str, locales: tuple[str, ...], sky: str | None) -> None:
    assert read_weather(text, locales) == sky


@pytest.mark.parametrize("locale", ["en", "fr", "sw", "pcm", "lg", "ha", "yo"])
def test_every_language_has_a_word_for_each_weather(locale: str) -> None:
    assert set(_words(locale).values()) == {"rain", "storm", "fine"}
