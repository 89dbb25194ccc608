import pytest
from hypothesis import given
from hypothesis import strategies as st

from intents.folding import PRODUCT, READ_AT_MOST, fold, folded, tidy, tokenise
from intents.language_files import speech

ENGLISH = speech(("en",))


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("RICE", "rice"),
        ("Sùgàr", "sugar"),
        ("ẹ̀kọ́", "eko"),
        ("ƙwai", "kwai"),
        ("pleaseeee", "please"),
        ("don’t", "dont"),
        ("plz", "please"),
        ("wanna", "want to"),
        ("👍🏿", "yes"),
        ("2kg", "2 kg"),
        ("5,000/=", "5,000 / ="),
    ],
)
def test_one_way_to_write_a_word(written: str, read: str) -> None:
    assert folded(written, ENGLISH) == read


@given(st.text())
def test_folding_twice_changes_nothing_more(text: str) -> None:
    assert fold(fold(text)) == fold(fold(fold(text)))
    assert len(tidy(text)) <= READ_AT_MOST


@given(st.text(max_size=80))
def test_every_token_lies_where_it_says(text: str) -> None:
    clean = tidy(text)
    for token in tokenise(clean, ENGLISH):
        assert 0 <= token.start < token.end <= len(clean)


def test_nobody_can_write_the_mask_for_goods() -> None:
    assert PRODUCT not in folded(f"how much is {PRODUCT}", ENGLISH)
