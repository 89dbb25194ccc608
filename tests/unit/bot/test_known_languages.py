"""Languages by their own names."""

from pathlib import Path

import pytest

from bot.languages import KnownLanguages


@pytest.fixture
def languages(tmp_path: Path) -> KnownLanguages:
    for tag in ("en", "sw", "fr"):
        (tmp_path / tag / "LC_MESSAGES").mkdir(parents=True)
    (tmp_path / "lg").mkdir()
    return KnownLanguages(tmp_path)


@pytest.mark.parametrize(
    ("tag", "name"),
    [
        ("en", "English"),
        ("sw", "Kiswahili"),
        ("fr", "Français"),
        ("lg", "Luganda"),
        ("pcm", "Pidgin"),
        ("xx", "Xx"),
        ("not a tag", "Not a tag"),
    ],
)
def test_a_language_is_called_as_its_speakers_call_it(languages, tag: str, name: str) -> None:
    assert languages.name(tag) == name
    assert languages.name(tag) == name


def test_only_languages_with_texts_are_offered_in_the_shops_order(languages) -> None:
    assert languages.names(("sw", "lg", "en")) == [("sw", "Kiswahili"), ("en", "English")]
