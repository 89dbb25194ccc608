"""Sale prices, breaks and promotions in a shop file: what is right is read, what is wrong is named."""

from datetime import UTC, datetime

import pytest

from flows.ports.promotions import PromotionKind
from store.prices.deal import Deal
from store.shopfile import ShopFileError, read_text

SHOP = """
[shop]
slug = "njeri"
name = "Mama Njeri"
country = "UG"
[[suppliers]]
key = "kilimo"
name = "Kilimo"
phone = "0700000111"
[[products]]
sku = "oil"
name = "Oil"
category = "Kitchen"
brand = "Mukwano"
price = 9000
{oil}
[[products]]
sku = "rice"
name = "Rice"
price = 24000
[[products.variants]]
sku = "rice-5kg"
attributes = {{ size = "5kg" }}
{rice}
{promotions}
"""


def read(oil: str = "", rice: str = "", promotions: str = ""):
    return read_text(SHOP.format(oil=oil, rice=rice, promotions=promotions), "njeri.toml")


def promotion(text: str):
    [found] = read(promotions=f'[[promotions]]\nname = "FRIDAY"\n{text}').promotions
    return found


def mistakes(**parts: str) -> list[tuple[str, str]]:
    with pytest.raises(ShopFileError) as raised:
        read(**parts)
    return [(mistake.key, mistake.reason) for mistake in raised.value.mistakes]


def test_a_sale_holds_all_of_its_last_day_by_the_shop_s_clock():
    oil = "sale_price = 8500\nsale_from = 2026-11-26\nsale_until = 2026-11-29\n"
    [found, _] = read(oil + "breaks = { 10 = 7900, 5 = 8200 }").products
    assert found.deal == Deal(
        8500,
        datetime(2026, 11, 25, 21, tzinfo=UTC),
        datetime(2026, 11, 29, 21, tzinfo=UTC),
        ((5, 8200), (10, 7900)),
    )


def test_an_hour_may_be_written_too():
    [found, _] = read('sale_price = 8500\nsale_until = "2026-11-29T18:30"').products
    assert found.deal.ends == datetime(2026, 11, 29, 15, 30, tzinfo=UTC)


@pytest.mark.parametrize(("written", "modifier"), [("-500", -500), ('"+1,000"', 1000), ("0", 0)])
def test_a_variant_may_cost_so_much_more_or_less(written: str, modifier: int):
    [_, rice] = read(rice=f"modifier = {written}").products
    assert rice.variants[0].modifier == modifier


def test_what_else_a_product_is_known_by():
    oil = 'cost = 7200\nminimum = 6\nfeatured = true\ntags = ["kitchen", "frying"]'
    [found, _] = read(oil).products
    known = (found.cost, found.minimum, found.featured, found.tags, found.brand)
    assert known == (7200, 6, True, ("kitchen", "frying"), "Mukwano")


@pytest.mark.parametrize(
    ("oil", "key", "reason"),
    [
        ("sale_price = 9000", "sale_price", "is not below the price"),
        ("sale_price = 0", "sale_price", "must be more than nothing"),
        ("sale_until = 2026-11-29", "sale_price", "is missing"),
        ("sale_price = 8000\nsale_until = 5", "sale_until", "must be a day"),
        (
            "sale_price = 8000\nsale_from = 2026-11-29\nsale_until = 2026-11-27",
            "sale_until",
            "is before sale_from",
        ),
        ("breaks = { 1 = 8000 }", "breaks.1", "must be a number of pieces"),
        ("breaks = { many = 8000 }", "breaks.many", "must be a number of pieces"),
        ("breaks = { 5 = 9500 }", "breaks.5", "is not below the price"),
        ("breaks = { 5 = 8000, 10 = 8000 }", "breaks.10", "is not below the price of fewer"),
        ("minimum = 0", "minimum", "must be between"),
        (
            'supplier = "kilimo"\nbase_price = 8400\nsale_price = 8300',
            "sale_price",
            "is below the supplier's base price",
        ),
    ],
)
def test_a_price_that_cannot_be_is_named(oil: str, key: str, reason: str):
    [(found, why)] = mistakes(oil=oil)
    assert found == f"products[0].{key}"
    assert reason in why


@pytest.mark.parametrize(
    ("rice", "key", "reason"),
    [
        ("price = 20000\nmodifier = 500", "modifier", "either a price or a modifier"),
        ("modifier = -24000", "modifier", "leaves nothing"),
        ('modifier = "lots"', "modifier", "must be an amount"),
    ],
)
def test_a_modifier_that_cannot_be_is_named(rice: str, key: str, reason: str):
    assert any(
        found == f"products[1].variants[0].{key}" and reason in why
        for found, why in mistakes(rice=rice)
    )


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("percent = 10", PromotionKind.PERCENTAGE),
        ('amount = "2,000"', PromotionKind.AMOUNT),
        ("buy = 2\nfree = 1", PromotionKind.BUY_GET),
        ("free_delivery = true", PromotionKind.FREE_DELIVERY),
        ("bundle = { oil = 1, rice-5kg = 1 }\nprice = 30000", PromotionKind.BUNDLE),
    ],
)
def test_a_promotion_is_known_by_what_it_gives(text: str, kind: PromotionKind):
    found = promotion(text)
    assert found.terms["kind"] == kind
    assert found.terms["stackable"] is (kind is PromotionKind.FREE_DELIVERY)


def test_its_limits_dates_and_reach_are_read():
    found = promotion(
        'percent = 7.5\nlimit = 100\nlimit_each = 1\ndays = ["fri", "mon"]\ndates = [-1, 1]\n'
        'hours = "22:00-02:00"\nfrom = 2026-11-01\nuntil = 2026-11-30\ncategories = ["Kitchen"]\n'
        'brands = ["Mukwano"]\nproducts = ["rice-5kg"]\nminimum_order = 20000\naudience = "retail"'
    )
    assert (found.limit_total, found.limit_each) == (100, 1)
    assert found.terms["gift"]["percent"] == 750
    schedule, reach = found.terms["schedule"], found.terms["reach"]
    assert (schedule["days"], schedule["dates"]) == ([0, 4], [-1, 1])
    assert schedule["hours"] == [22 * 60, 26 * 60]
    assert schedule["ends"] == "2026-11-30T21:00:00+00:00"
    assert reach == {
        "skus": ["rice-5kg"],
        "categories": ["Kitchen"],
        "brands": ["Mukwano"],
        "minimum": 20000,
    }


@pytest.mark.parametrize(
    ("text", "key", "reason"),
    [
        ("", "name", "needs exactly one of"),
        ("percent = 10\namount = 5", "name", "needs exactly one of"),
        ("percent = 0", "percent", "must be more than 0"),
        ("percent = 101", "percent", "must be more than 0"),
        ("amount = 0", "amount", "must be more than nothing"),
        ("buy = 2", "free", "is missing"),
        ("free_delivery = false", "free_delivery", "must be true"),
        ("bundle = { oil = 1, rice = 1 }\nprice = 30000", "bundle.rice", "is no sku"),
        ("bundle = { oil = 1 }\nprice = 8000", "bundle", "needs two pieces"),
        ("bundle = { oil = 2 }\nprice = 18000", "price", "is not less than what the parts"),
        ("bundle = { oil = 2 }", "price", "is missing"),
        ('percent = 5\nproducts = ["unicorn"]', "products[0]", "is not known"),
        ('percent = 5\nbrands = ["Nobody"]', "brands[0]", "is not known"),
        ('percent = 5\ndays = ["friday"]', "days[0]", "is not known"),
        ("percent = 5\ndates = [32]", "dates[0]", "must be a day from 1 to 31"),
        ('percent = 5\nhours = "8-9"', "hours", "is not like"),
        ('percent = 5\nhours = "08:00-09:00,10:00-11:00"', "hours", "must be one span"),
        ('percent = 5\naudience = "kings"', "audience", "is not known"),
        ("percent = 5\nlimit = 0", "limit", "must be between"),
        ("percent = 5\nlimits = 7", "limits", "unknown key; did you mean limit?"),
    ],
)
def test_a_promotion_that_cannot_be_is_named(text: str, key: str, reason: str):
    found = mistakes(promotions=f'[[promotions]]\nname = "FRIDAY"\n{text}')
    assert any(each == f"promotions[0].{key}" and reason in why for each, why in found), found


def test_two_promotions_of_one_name_are_named():
    twice = '[[promotions]]\nname = "FRIDAY"\npercent = 5\n'
    found = mistakes(promotions=twice + twice.replace("FRIDAY", "friday"))
    assert found == [("promotions[1].name", 'the promotion "friday" is there twice')]
