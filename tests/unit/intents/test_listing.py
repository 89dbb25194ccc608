"""Goods as sellers write them, in seven languages' numbers."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intents.listing import LONGEST_NAME, Listing, read_listing

ALL = ("en", "fr", "sw", "pcm", "lg", "ha", "yo")


@pytest.mark.parametrize(
    ("text", "listing"),
    [
        ("Ankara gown 15000 x5", Listing("Ankara gown", Decimal(15000), 5)),
        ("Ankara gown 15,000/= x5", Listing("Ankara gown", Decimal(15000), 5)),
        ("ankara gown 15k 5pcs", Listing("Ankara gown", Decimal(15000), 5, "pcs")),
        ("Ankara gown 15000 5", Listing("Ankara gown", Decimal(15000), 5)),
        ("gown N15000 ×3", Listing("Gown", Decimal(15000), 3)),
        ("gown for 15000", Listing("Gown", Decimal(15000))),
        ("15000 gown", Listing("Gown", Decimal(15000))),
        ("mangoes 500 each", Listing("Mangoes", Decimal(500))),
        ("tomatoes @ 8000 10 baskets", Listing("Tomatoes", Decimal(8000), 10, "baskets")),
        ("Rice 5kg Ugx24000 per bag x10", Listing("Rice 5kg", Decimal(24000), 10, "bag")),
        ("Eggs 15000 per tray x30", Listing("Eggs", Decimal(15000), 30, "tray")),
        ("Sugar 1 kg 4,500 x 40", Listing("Sugar 1 kg", Decimal(4500), 40)),
        ("shoes size 42 15000", Listing("Shoes size 42", Decimal(15000))),
        ("iPhone 12 128GB 950000 x2", Listing("iPhone 12 128GB", Decimal(950000), 2)),
        ("Chair\n20000", Listing("Chair", Decimal(20000))),
        ("Chair 20000\nstrong wood, 4 legs", Listing("Chair", Decimal(20000))),
        ("Gown, 15.000 F, 5 pièces", Listing("Gown", Decimal(15000), 5, "pieces")),
    ],
)
def test_what_stands_under_a_picture(text: str, listing: Listing) -> None:
    assert read_listing(text, ALL) == listing


@pytest.mark.parametrize(
    ("text", "locale", "listing"),
    [
        ("gown fifteen thousand x3", "en", Listing("Gown", Decimal(15000), 3)),
        ("robe quinze mille x2", "fr", Listing("Robe", Decimal(15000), 2)),
        ("kitenge elfu kumi na tano x5", "sw", Listing("Kitenge", Decimal(15000), 5)),
        ("gown fifteen thousand x3", "pcm", Listing("Gown", Decimal(15000), 3)),
        ("engoye emitwalo ebiri x3", "lg", Listing("Engoye", Decimal(20000), 3)),
        ("zani dubu biyar x6", "ha", Listing("Zani", Decimal(5000), 6)),
        ("aso oke egberun mewa x4", "yo", Listing("Aso oke", Decimal(10000), 4)),
    ],
)
def test_a_price_in_words(text: str, locale: str, listing: Listing) -> None:
    assert read_listing(text, (locale,)) == listing


@pytest.mark.parametrize(
    "text", ["Veil 15OOO x2", "Veil 15ooo", "belt 1e9 x5", "belt 15oo0 x5", "gown UGX15o00"]
)
def test_a_price_with_letters_among_its_digits_is_none(text: str) -> None:
    assert read_listing(text, ALL) is None


@pytest.mark.parametrize(
    "text", ["gown 15000x5", "gown UGX15000each", "gown15000", "gown 15000per piece"]
)
def test_a_price_with_its_own_words_glued_to_it_is_one(text: str) -> None:
    found = read_listing(text, ALL)
    assert found is not None
    assert (found.name, found.price) == ("Gown", 15000)


@pytest.mark.parametrize(
    "text", ["Go\x1bwn 15000", "\u202eGown 15000", "Go\u2066wn\u2069 15000", "Go\x07wn 15000"]
)
def test_what_cannot_be_seen_is_no_part_of_a_name(text: str) -> None:
    assert read_listing(text, ALL) == Listing("Gown", Decimal(15000))


@pytest.mark.parametrize("text", ["", "rice", "Ankara gown", "15000", "x5", "gown x5", "gown 0"])
def test_without_goods_or_a_price_it_is_no_listing(text: str) -> None:
    assert read_listing(text, ALL) is None


@given(st.text(max_size=120))
def test_any_text_is_read_or_is_not(text: str) -> None:
    found = read_listing(text, ALL)
    if found is not None:
        assert found.price > 0
        assert 0 < len(found.name) <= LONGEST_NAME
        assert found.count is None or found.count > 0
