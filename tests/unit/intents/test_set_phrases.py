"""Whole messages that are set phrases, with a number or words of the writer's own."""

from pathlib import Path

import pytest

from intents.errors import LanguageDataError
from intents.wish import Wish, Wished
from intents.wish_phrases import arranged, phrases
from intents.wishes import read_wish


@pytest.mark.parametrize(
    ("text", "wished"),
    [
        ("use my points", Wished(Wish.USE_POINTS)),
        ("Please use my points", Wished(Wish.USE_POINTS)),
        ("USE MY POINST", Wished(Wish.USE_POINTS)),
        ("use my pointz", Wished(Wish.USE_POINTS)),
        ("use 500 points", Wished(Wish.USE_POINTS, number=500)),
        ("use 1,500 points!", Wished(Wish.USE_POINTS, number=1500)),
        ("use five points", None),
        ("save this list as Monthly Food", Wished(Wish.SAVE_LIST, rest="Monthly Food")),
        ("save this list as", None),
        ("I use my points", None),
        ("", None),
        ("?!", None),
    ],
)
def test_a_message_is_one_of_the_phrases_or_none(
    text: str, wished: Wished | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    listed = {
        ("use", "my", "points"): Wish.USE_POINTS,
        ("use", "#", "points"): Wish.USE_POINTS,
        ("save", "this", "list", "as", "..."): Wish.SAVE_LIST,
    }
    monkeypatch.setattr("intents.wishes.phrases", lambda _: arranged(listed))
    assert read_wish(text, ("en",)) == wished


def test_a_list_of_a_wish_that_does_not_exist_is_named(tmp_path: Path) -> None:
    (tmp_path / "xx").mkdir()
    (tmp_path / "xx" / "wishes.toml").write_text('fly = ["fly me home"]')
    with pytest.raises(LanguageDataError, match=r"wishes\.toml"):
        phrases(("xx",), tmp_path)


def test_every_language_s_phrases_are_read() -> None:
    for code in ("en", "fr", "sw", "pcm", "lg", "ha", "yo"):
        assert all(phrase for phrase in phrases((code,)).wishes)


SHELF = (Wish.SAVE_LIST, Wish.LISTS, Wish.BUY_LIST, Wish.WISHLIST, Wish.TELL_WHEN_BACK)


@pytest.mark.parametrize("code", ["en", "fr", "sw", "pcm", "lg", "ha", "yo"])
def test_wishes_and_lists_are_asked_for_in_every_language(code: str) -> None:
    own = phrases((code,)).wishes
    assert set(SHELF) <= set(own.values())
    for phrase, wish in own.items():
        if wish not in SHELF:
            continue
        said = " ".join("Monthly Food" if part == "..." else part for part in phrase)
        found = read_wish(said, (code,))
        assert found is not None
        assert found.wish is wish, said
        assert found.rest in ("", "Monthly Food"), said


@pytest.mark.parametrize(
    ("text", "wish", "rest"),
    [
        ("Save this as my monthly list", Wish.SAVE_LIST, "monthly list"),
        ("save this list", Wish.SAVE_LIST, ""),
        ("my monthly list", Wish.BUY_LIST, ""),
        ("tell me when it's back", Wish.TELL_WHEN_BACK, ""),
        ("my wish list please", Wish.WISHLIST, ""),
        ("MY LISTS", Wish.LISTS, ""),
    ],
)
def test_as_people_write_it(text: str, wish: Wish, rest: str) -> None:
    assert read_wish(text, ("en",)) == Wished(wish, rest=rest)


def test_what_is_a_phrase_itself_is_no_slip_of_another() -> None:
    one, many = read_wish("share", ("en",)), read_wish("my shares please", ("en",))
    assert one is not None
    assert many is not None
    assert (one.wish, many.wish) == (Wish.SHARE, Wish.MY_SHARES)
