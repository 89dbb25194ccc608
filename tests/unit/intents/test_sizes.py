"""Amounts against what goods are sold in."""

from decimal import Decimal

import pytest

from intents.sizes import converted, is_measure, packs

LOCALES = ("sw", "fr", "en")


@pytest.mark.parametrize(
    ("quantity", "unit", "sold_by", "amount"),
    [
        ("500", "g", "kg", "0.5"),
        ("2", "kilo", "kg", "2"),
        ("3", "lita", "litre", "3"),
        ("2", "kg", "litre", None),
        ("2", "bags", "kg", None),
        ("2", None, "kg", None),
        ("2", "kg", None, None),
    ],
)
def test_an_amount_is_told_in_the_unit_of_sale(
    quantity: str, unit: str | None, sold_by: str | None, amount: str | None
) -> None:
    found = converted(Decimal(quantity), unit, sold_by, LOCALES)
    assert found == (Decimal(amount) if amount else None)


@pytest.mark.parametrize(
    ("quantity", "unit", "size", "count"),
    [
        ("2", "kilo", "1kg", 2),
        ("2", "kg", "500 g", 4),
        ("2", "kg", "50kg", None),
        ("3", "kg", "2kg", None),
        ("1", "kg", "1L", None),
        ("2", "kg", "blue", None),
        ("2", "kg", "5kg bag", None),
        ("2", "bags", "1kg", None),
    ],
)
def test_packs_that_make_up_an_amount(
    quantity: str, unit: str, size: str, count: int | None
) -> None:
    assert packs(Decimal(quantity), unit, size, LOCALES) == count


def test_what_goods_are_not_sold_by_is_no_measure() -> None:
    assert is_measure("lita", LOCALES)
    assert not is_measure("GB", LOCALES)
    assert not is_measure("mfuko", LOCALES)
    assert not is_measure(None, LOCALES)
