"""The catalogues that understanding is measured with."""

import pytest

from scripts.bench.goods import goods


def test_a_large_catalogue_has_as_many_different_names_always_the_same() -> None:
    shelf = goods(20_000)
    assert len({entry.name for entry in shelf.entries}) == 20_000
    assert len({entry.sku for entry in shelf.entries}) == 20_000
    assert goods(20_000) == shelf


def test_more_than_there_are_names_is_refused() -> None:
    with pytest.raises(ValueError, match="there are"):
        goods(1_000_000)
