"""A row's terms are read once, and again as soon as another document says so."""

from dataclasses import replace

from store.models import ShopRow
from store.terms import Terms, as_settings, terms_of


def test_terms_are_read_once_while_nothing_changes() -> None:
    shop = ShopRow(settings=as_settings(Terms(tax=18)), own_areas=[])
    assert terms_of(shop) is terms_of(shop)
    assert terms_of(shop).tax == 18


def test_another_document_is_read_anew() -> None:
    shop = ShopRow(settings=as_settings(Terms()), own_areas=[])
    before = terms_of(shop)
    shop.settings = as_settings(replace(before, tax=16))
    assert terms_of(shop).tax == 16
    shop.own_areas = [{"name": "Mukono", "fee": 8000}]
    assert [zone.name for zone in terms_of(shop).own_areas] == ["Mukono"]
    shop.own_areas = []
    assert terms_of(shop).own_areas == ()


def test_every_row_has_terms_of_its_own() -> None:
    one, other = (ShopRow(settings=as_settings(Terms(tax=tax)), own_areas=[]) for tax in (5, 7))
    assert (terms_of(one).tax, terms_of(other).tax) == (5, 7)
