"""What a shop's model sets, number by number, and that it sets nothing else."""

import ast
from decimal import Decimal
from pathlib import Path

import pytest

from store.shopfile import read_text
from store.shopfile.presets import FREE_FROM, HALF_FROM, PER_KM, PRESETS, ROADS

ROOT = Path(__file__).parents[3]
PACKAGES = ("bot", "channels", "flows", "intents", "payments", "store")

SHOP = """
[shop]
slug = "a-shop"
name = "A Shop"
country = "{country}"
currency = "{currency}"
timezone = "Africa/Kampala"
owner = "+256700000101"
{more}
"""


def read(model: str, currency: str = "UGX", more: str = ""):
    country = {"UGX": "UG", "NGN": "NG", "KES": "KE"}[currency]
    more = f'model = "{model}"\n{more}' if model else more
    return read_text(SHOP.format(country=country, currency=currency, more=more), "a.toml")


# model, currency: commission and that of wholesale prices in hundredths of a percent, the minimum order in
# minor units, the most of one thing, whether each order is accepted by hand.
ROWS = [
    ("marketplace", "UGX", 1000, None, 30_000, 5, False),
    ("marketplace", "NGN", 1000, None, None, 5, False),
    ("marketplace", "KES", 1000, None, None, 5, False),
    ("reseller", "UGX", 0, None, None, None, False),
    ("reseller", "NGN", 0, None, None, None, False),
    ("reseller", "KES", 0, None, None, None, False),
    ("wholesale", "UGX", 700, 300, None, None, False),
    ("wholesale", "NGN", 700, 300, None, None, False),
    ("wholesale", "KES", 700, 300, None, None, False),
    ("", "UGX", 700, 300, None, None, False),
]


@pytest.mark.parametrize(
    ("model", "currency", "commission", "wholesale", "minimum", "most", "accept"),
    ROWS,
    ids=[f"{row[0] or 'none named'} {row[1]}" for row in ROWS],
)
def test_a_model_sets_these_numbers(
    model: str,
    currency: str,
    commission: int,
    wholesale: int | None,
    minimum: int | None,
    most: int | None,
    accept: bool,
) -> None:
    file = read(model, currency)
    assert file.commission == commission
    assert file.terms.wholesale_commission == wholesale
    assert file.minimum_order == minimum
    assert file.terms.most_of_one == most
    assert file.terms.accept_each is accept


@pytest.mark.parametrize("model", sorted(PRESETS))
def test_a_file_may_say_otherwise(model: str) -> None:
    more = "commission = 4.5\nminimum_order = 12000\nmost_of_one = 9\naccept_each = true"
    file = read(model, more=more)
    assert (file.commission, file.minimum_order) == (450, 12_000)
    assert file.terms.wholesale_commission is None
    assert (file.terms.most_of_one, file.terms.accept_each) == (9, True)
    assert read(model, more="minimum_order = 0").minimum_order is None


ROAD_ROWS = [
    ("UGX", "pickup", 0, "30 min"),
    ("UGX", "standard", 5_000, "60-90 min"),
    ("UGX", "express", 10_000, "30-45 min"),
]


@pytest.mark.parametrize(
    ("currency", "kind", "fee", "eta"), ROAD_ROWS, ids=[f"{r[0]} {r[1]}" for r in ROAD_ROWS]
)
def test_a_currency_sets_the_ways_of_delivery(currency: str, kind: str, fee: int, eta: str) -> None:
    found = {road.value: (cost, said) for road, cost, said in ROADS[currency]}
    assert found[kind] == (fee, eta)


def test_ugandas_fees_have_their_presets() -> None:
    assert (FREE_FROM["UGX"], HALF_FROM["UGX"], PER_KM["UGX"]) == (200_000, 100_000, 500)


def test_rates_are_exact() -> None:
    assert all(isinstance(preset.commission, Decimal) for preset in PRESETS.values())


def test_no_code_asks_what_model_a_shop_is() -> None:
    """A model is a set of settings: what is done differs by those, and never by its name."""
    asking = [
        f"{path.relative_to(ROOT)}:{node.lineno}"
        for package in PACKAGES
        for path in (ROOT / package).rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Compare | ast.Match) and _names_a_model(node)
    ]
    assert asking == []


def _names_a_model(node: ast.Compare | ast.Match) -> bool:
    """Whether a shop's `.model` is compared, or anything with a name that only a model has."""
    sides = [node.left, *node.comparators] if isinstance(node, ast.Compare) else [node.subject]
    asked = any(isinstance(side, ast.Attribute) and side.attr == "model" for side in sides)
    constants = {c.value for c in ast.walk(node) if isinstance(c, ast.Constant)}
    return asked or bool(constants & {"marketplace", "reseller"})
