"""Areas by the names that people write."""

import pytest

from flows.ports.delivery import Area
from store.delivery import nearest
from store.terms import Zone

ZONES = (
    Zone("Near", ("Kamwokya", "Bukoto", "Kololo", "Mulago")),
    Zone("Town", ("Wandegeya", "Nakasero", "Old Kampala", "Makerere", "Nakawa")),
    Zone("Far", ("Ntinda", "Kyanja", "Najjera", "Kisaasi", "Naalya", "Bugolobi")),
    Zone("Entebbe"),
)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Kamwokya", "Kamwokya"),
        ("kamwokya", "Kamwokya"),
        ("Kamwocha", "Kamwokya"),
        ("kamokya", "Kamwokya"),
        ("kamyokya", "Kamwokya"),
        ("I am in Kamwokya near the mosque", "Kamwokya"),
        ("ntida", "Ntinda"),
        ("Wandegya", "Wandegeya"),
        ("najera", "Najjera"),
        ("kisasi", "Kisaasi"),
        ("old kampala", "Old Kampala"),
        ("OLD KAMPALA, police station", "Old Kampala"),
        ("Kólólo", "Kololo"),
        ("entebe", "Entebbe"),
    ],
)
def test_a_place_is_found_as_it_is_misspelt(text: str, name: str):
    found = nearest(text, ZONES)
    assert [area.name for area in found] == [name]


@pytest.mark.parametrize(
    "text", ["Jinja", "Mbarara", "Gulu", "Kampala", "", "!!!", "my house", "near the mosque", "12"]
)
def test_a_place_that_is_not_covered_is_not_found(text: str):
    assert nearest(text, ZONES) == ()


def test_two_places_that_are_equally_near_are_both_named():
    zones = (Zone("A", ("Kyanja East", "Kyanja West")),)
    found = nearest("kyanja", zones)
    assert {area.name for area in found} == {"Kyanja East", "Kyanja West"}


def test_an_area_knows_its_zone():
    assert nearest("Ntinda", ZONES) == (Area("Ntinda", "Far"),)
    assert nearest("Entebbe", ZONES) == (Area("Entebbe", "Entebbe"),)
