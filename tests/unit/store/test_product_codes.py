"""Codes for USSD and posters: given out once, and kept."""

from hypothesis import given
from hypothesis import strategies as st

from store.shopfile.codes import allot
from store.shopfile.values import ProductEntry


def entry(sku: str, code: int | None = None) -> ProductEntry:
    return ProductEntry(sku=sku, name=sku, category="Other", price=1, code=code)


def test_the_files_own_codes_come_first():
    assert allot([entry("a"), entry("b", 1), entry("c")], {}) == {"a": 2, "b": 1, "c": 3}


def test_a_code_once_given_is_kept():
    assert allot([entry("new"), entry("old")], {"old": 1}) == {"old": 1, "new": 2}


def test_a_stated_code_is_taken_from_who_had_it():
    assert allot([entry("a"), entry("b", 1)], {"a": 1}) == {"a": 2, "b": 1}


def test_what_is_no_longer_sold_keeps_its_code_unless_it_is_wanted():
    assert allot([entry("a")], {"gone": 1}) == {"a": 2, "gone": 1}
    assert allot([entry("a", 1)], {"gone": 1}) == {"a": 1, "gone": None}


def test_the_thousandth_product_has_none():
    codes = allot([entry(f"p{n}") for n in range(1000)], {})
    assert codes["p998"] == 999
    assert codes["p999"] is None


@given(
    st.lists(
        st.tuples(st.integers(0, 30), st.none() | st.integers(1, 40)), unique_by=lambda e: e[0]
    ),
    st.dictionaries(st.integers(0, 30).map(str), st.integers(1, 40)),
)
def test_no_code_is_given_twice_and_a_second_time_changes_nothing(wanted, kept):
    seen: set[int] = set()
    entries = []
    for sku, code in wanted:
        stated = code if code not in seen else None
        seen.add(stated or 0)
        entries.append(entry(str(sku), stated))
    kept = {
        sku: code
        for place, (sku, code) in enumerate(kept.items())
        if code not in list(kept.values())[:place]
    }
    codes = allot(entries, kept)
    given = [code for code in codes.values() if code is not None]
    assert len(given) == len(set(given))
    assert set(codes) == {each.sku for each in entries} | set(kept)
    assert allot(entries, codes) == codes
