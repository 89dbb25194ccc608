"""[dispatch] of a shop file: the numbers, what is usual without them, and what is wrong."""

import pytest

from store.dispatch.terms import DispatchTerms
from store.models import ShopRow
from store.shopfile import ShopFileError, read_text
from store.terms import as_settings, terms_of

SHOP = '[shop]\nslug = "a"\nname = "A"\ncountry = "UG"\nowner = "0700000101"\n'


def read(written: str) -> DispatchTerms:
    terms = read_text(f"{SHOP}[dispatch]\n{written}", "a.toml").terms
    assert terms_of(ShopRow(settings=as_settings(terms), own_areas=[])).dispatch == terms.dispatch
    return terms.dispatch


@pytest.mark.parametrize(
    ("written", "name", "value"),
    [
        ("", "pick_up_minutes", 20),
        ("", "pass_on_minutes", 10),
        ("pick_up_minutes = 45", "pick_up_minutes", 45),
        ("pass_on_minutes = 5", "pass_on_minutes", 5),
        ("", "most_at_once", 3),
        ("most_at_once = 6", "most_at_once", 6),
        ("", "cash_limit", 300_000),
        ('cash_limit = "500,000"', "cash_limit", 500_000),
        ("cash_limit = 0", "cash_limit", None),
        ("", "again_fee", 0),
        ("again_fee = 2000", "again_fee", 2000),
    ],
)
def test_what_a_file_says_and_what_is_usual(written: str, name: str, value: object) -> None:
    assert getattr(read(written), name) == value


@pytest.mark.parametrize(
    ("written", "wrong"),
    [
        ("pick_up_minutes = 0", "dispatch.pick_up_minutes"),
        ("pass_on_minutes = 9999", "dispatch.pass_on_minutes"),
        ("pickup_minutes = 20", "did you mean pick_up_minutes"),
    ],
)
def test_mistakes_are_named(written: str, wrong: str) -> None:
    with pytest.raises(ShopFileError) as error:
        read(written)
    assert wrong in str(error.value)
