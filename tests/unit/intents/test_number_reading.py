from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intents.folding import tidy, tokenise
from intents.language_files import speech
from intents.numbers import Number, read_number


def read(text: str) -> Number | None:
    language = speech(("en",))
    return read_number(tokenise(tidy(text), language), 0, language.numbers)


def value(text: str) -> Decimal | None:
    number = read(text)
    return number.value if number else None


@given(st.integers(0, 999_999_999_999))
def test_any_figure_reads_back(number: int) -> None:
    assert value(str(number)) == number


@given(st.integers(1000, 999_999_999))
def test_thousands_may_be_grouped(number: int) -> None:
    assert value(f"{number:,}") == number
    assert value(f"{number:,}".replace(",", ".")) == number


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("1.5", "1.5"),
        ("2,5", "2.5"),
        ("1/2", "0.5"),
        ("½", "0.5"),
        ("1 1/2", "1.5"),
        ("3/4", "0.75"),
        ("half", "0.5"),
        ("two and a half", "2.5"),
        ("2 and half", "2.5"),
        ("a dozen", "12"),
        ("half a dozen", "6"),
        ("2 dozen", "24"),
        ("twenty-five", "25"),
        ("two hundred and five", "205"),
        ("a hundred", "100"),
        ("5k", "5000"),
        ("2 thousand", "2000"),
        ("one million two hundred thousand", "1200000"),
        ("two three", "2"),
        ("ten and 3", "10"),
    ],
)
def test_numbers_as_people_write_them(text: str, meant: str) -> None:
    assert value(text) == Decimal(meant)


@pytest.mark.parametrize("text", ["rice", "1/0", "k", "and", "9" * 40])
def test_what_is_no_number_is_not_read_as_one(text: str) -> None:
    assert read(text) is None


def test_an_article_counts_as_one_and_says_that_it_was_one() -> None:
    number = read("a rice")
    assert number is not None
    assert (number.value, number.article) == (1, True)
