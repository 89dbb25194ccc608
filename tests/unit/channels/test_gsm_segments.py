from itertools import chain

import pytest
from hypothesis import given
from hypothesis import strategies as st

from channels.render.gsm import (
    BASIC,
    EXTENSION,
    LETTERS,
    TYPOGRAPHY,
    Encoding,
    fits,
    is_gsm,
    segments,
    transliterate,
)

gsm_text = st.text(alphabet=sorted(BASIC | EXTENSION), max_size=700)
any_text = st.text(max_size=300)


def test_the_default_alphabet_has_the_128_characters_but_the_escape() -> None:
    assert len(BASIC) == 127


@pytest.mark.parametrize(
    ("text", "encoding", "count", "units"),
    [
        ("", Encoding.GSM7, 0, 0),
        ("a" * 160, Encoding.GSM7, 1, 160),
        ("a" * 161, Encoding.GSM7, 2, 161),
        ("a" * 306, Encoding.GSM7, 2, 306),
        ("a" * 307, Encoding.GSM7, 3, 307),
        ("€" * 80, Encoding.GSM7, 1, 160),
        ("€" * 81, Encoding.GSM7, 2, 162),
        ("a" * 152 + "€" + "a" * 152, Encoding.GSM7, 3, 306),
        ("ŋ" * 70, Encoding.UCS2, 1, 70),
        ("ŋ" * 71, Encoding.UCS2, 2, 71),
        ("ŋ" * 134, Encoding.UCS2, 2, 134),
        ("ŋ" * 135, Encoding.UCS2, 3, 135),
        ("🐟" * 35, Encoding.UCS2, 1, 70),
        ("a" * 160 + "’", Encoding.UCS2, 3, 161),
    ],
)
def test_segments_are_counted_as_networks_count_them(
    text: str, encoding: Encoding, count: int, units: int
) -> None:
    counted = segments(text)
    assert (counted.encoding, counted.count, counted.units) == (encoding, count, units)


@given(gsm_text)
def test_gsm_text_never_costs_less_than_its_septets_need(text: str) -> None:
    counted = segments(text)
    assert counted.encoding is Encoding.GSM7
    if counted.units <= 160:
        assert counted.count == min(counted.units, 1)
    else:
        assert counted.units <= counted.count * 153 < counted.units + 153 + counted.count


@given(any_text, any_text)
def test_more_text_never_costs_less(first: str, second: str) -> None:
    assert segments(first + second).count >= segments(first).count


@given(any_text)
def test_transliterated_with_accents_everything_is_gsm(text: str) -> None:
    assert is_gsm(transliterate(text, accents=True))


@given(gsm_text)
def test_gsm_text_is_left_as_it_is_but_for_line_ends(text: str) -> None:
    kept = text.replace("\r", "").replace("\f", "").replace("`", "'")
    assert transliterate(text, accents=True) == kept


@pytest.mark.parametrize("character", sorted(chain(TYPOGRAPHY, LETTERS)))
def test_every_replacement_is_gsm(character: str) -> None:
    assert is_gsm(transliterate(character, accents=True))


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("“Ségolène’s” – crème brûlée…", '"Ségolène\'s" - crème brulée...'),
        ("Ŋŋamba ɗan ƙasa ẹ̀kọ́", "Ngngamba dan kasa eko"),
        ("Tilapia 🐟👩🏾‍🌾❤️ now", "Tilapia  now"),
        ("1️⃣ pay", "1 pay"),
        ("Ẹ káàbọ̀, kú àárọ̀", "E kaabo, ku aaro"),
        ("déjà vu à côté, où êtes-vous ?", "déjà vu à coté, où etes-vous ?"),
        ("À côté", "A coté"),
        ("ቡና", "??"),
    ],
)
def test_letters_are_written_with_those_that_gsm_has(text: str, plain: str) -> None:
    assert transliterate(text, accents=True) == plain


def test_without_accents_letters_stay_and_only_pictures_and_typography_go() -> None:
    assert transliterate("“Ŋŋoma” 🥁 ẹja", accents=False) == '"Ŋŋoma"  ẹja'


def test_fits_counts_segments() -> None:
    assert fits("a" * 160)
    assert not fits("a" * 161)
    assert fits("a" * 459, 3)
    assert not fits("a" * 460, 3)
