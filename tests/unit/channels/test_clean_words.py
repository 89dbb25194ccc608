import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from channels.clean import LONGEST, LONGEST_ID, clean, message_id

anything = st.text(alphabet=st.characters(exclude_categories=[]), max_size=200)


@given(anything)
def test_cleaned_text_can_be_stored_and_encoded(text: str) -> None:
    kept = clean(text)
    kept.encode("utf-8")
    assert "\x00" not in kept
    assert all(c in "\n\t" or unicodedata.category(c) not in {"Cc", "Cs"} for c in kept)
    assert kept == unicodedata.normalize("NFC", kept)


def test_newlines_and_tabs_stay_and_other_line_ends_become_newlines() -> None:
    assert clean("a\r\nb\rc\td\x00\x07") == "a\nb\nc\td"


def test_what_nobody_sees_is_not_kept() -> None:
    """A keyword with a blank of no width behind it is that keyword, and nobody turns around what a seller
    reads. What joins the parts of an emoji stays."""
    assert clean("MAMA\u200b 2\ufeff soap") == "MAMA 2 soap"
    assert clean("\u202e1001 KO\u202c \u20661\u2069") == "1001 KO 1"
    assert clean("\U0001f469\u200d\U0001f33e") == "\U0001f469\u200d\U0001f33e"


def test_long_text_is_cut() -> None:
    assert len(clean("x" * 100_000)) == LONGEST


def test_a_long_message_id_is_hashed_and_distinct_ones_stay_distinct() -> None:
    first, second = message_id("s:" + "1*" * 200), message_id("s:" + "1*" * 201)
    assert first != second
    assert len(first) == len(second) == 64
    assert message_id("SM" + "0" * 32) == "SM" + "0" * 32
    assert len(message_id("x" * LONGEST_ID)) == LONGEST_ID
