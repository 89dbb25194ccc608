"""What links have people write and dial, and how it is read again."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.ways import ALPHABET, By, Opening, Way, dial_code, opening_text, read_code, read_opening

OWN = Way(By.WHATSAPP, "+256312000001")
KEYWORD = Way(By.SMS, "20880", "KATO")
DIALLED = Way(By.USSD, "*284*77#")
EXTENSION = Way(By.USSD, "*284*20#", "1")
SHOP = "Mama Njeri's"


@pytest.mark.parametrize(
    ("way", "code", "dialled"),
    [
        (DIALLED, None, "*284*77#"),
        (DIALLED, 12, "*284*77*12#"),
        (EXTENSION, None, "*284*20*1#"),
        (EXTENSION, 999, "*284*20*1*999#"),
    ],
    ids=["shop", "product", "shop on a shared code", "product on a shared code"],
)
def test_what_is_dialled(way: Way, code: int | None, dialled: str) -> None:
    assert dial_code(way, code) == dialled


@pytest.mark.parametrize(
    ("way", "code", "token", "text"),
    [
        (OWN, None, None, "Hi Mama Njeri's"),
        (OWN, 12, None, "Mama Njeri's #12"),
        (OWN, 12, "k7f2q9", "Mama Njeri's #12 #k7f2q9"),
        (OWN, None, "k7f2q9", "Mama Njeri's #k7f2q9"),
        (KEYWORD, None, None, "KATO"),
        (KEYWORD, 12, None, "KATO #12"),
        (KEYWORD, 12, "k7f2q9", "KATO #12 #k7f2q9"),
    ],
    ids=[
        "own",
        "own product",
        "own shared",
        "own shop shared",
        "word",
        "word product",
        "word shared",
    ],
)
def test_what_is_written(way: Way, code: int | None, token: str | None, text: str) -> None:
    assert opening_text(way, SHOP, code, token) == text


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("hi mama njeri's", Opening()),
        ("Hi, Mama Njeri's!", Opening()),
        ("MAMA NJERI'S  # 12", Opening("12")),
        ("#12 #k7f2q9", Opening("12", "k7f2q9")),
        ("#K7F2Q9", Opening("", "k7f2q9")),
        ("#k7fio9", Opening("", "k7f109")),
        ("mama-njeri #12.", Opening("12")),
        ("Mama Njeri's", None),
        ("please send order #12", None),
        ("#1001", None),
        ("12", None),
        ("", None),
        ("Kato #12", None),
    ],
    ids=[
        "greeting", "comma", "capitals and blanks", "keyword taken off", "token alone", "read from paper",
        "slug", "the name is no opening", "another sentence", "an order", "a number", "nothing",
        "another shop",
    ],
)  # fmt: skip
def test_openings_are_read_and_nothing_else(text: str, read: Opening | None) -> None:
    assert read_opening(text, (SHOP, "mama-njeri")) == read


@given(
    st.text(st.characters(exclude_characters="#", exclude_categories=["C", "Z"]), min_size=1),
    st.none() | st.integers(1, 999),
    st.none() | st.text(ALPHABET, min_size=5, max_size=5).map(lambda drawn: drawn + "z"),
)
def test_what_is_written_is_read_again(name: str, code: int | None, token: str | None) -> None:
    read = read_opening(opening_text(OWN, name, code, token), (name,))
    assert read is not None or name.rstrip(".,:;!-").casefold() != name.casefold()
    if read is not None and (code or token):
        assert read == Opening(str(code or ""), token or "")


@pytest.mark.parametrize(
    ("text", "code"), [("12", "12"), (" 7. ", "7"), ("0", None), ("1001", None), ("12 rice", None)]
)
def test_a_code_that_stands_alone(text: str, code: str | None) -> None:
    assert read_code(text) == code
