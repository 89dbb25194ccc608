"""[[coupons]] and [points] of a shop file: what is read, and every mistake by name."""

from datetime import UTC, datetime

import pytest

from flows.ports.loyalty import CouponKind
from store.loyalty.terms import TIERS, Tier, kept_points, points_of
from store.shopfile import ShopFileError, read_text

SHOP = """
[shop]
slug = "njeri"
name = "Mama Njeri"
country = "UG"

[[products]]
sku = "oil"
name = "Oil"
category = "Kitchen"
price = 9000
"""
COUPON = '[[coupons]]\ncode = "FRIDAY"\npercent = 10\n'
POINTS = "[points]\nper = 1000\nworth = 10\n"


def mistakes(text: str) -> list[str]:
    with pytest.raises(ShopFileError) as raised:
        read_text(SHOP + text, "njeri.toml")
    return [f"{mistake.key} {mistake.reason}" for mistake in raised.value.mistakes]


def test_a_coupon_is_read_with_all_its_terms():
    text = """
    [[coupons]]
    code = "friday10"
    percent = 12.5
    cap = 5000
    minimum_order = 20000
    maximum_order = "500,000"
    categories = ["Kitchen"]
    except_products = ["oil"]
    first_order = true
    limit = 100
    limit_each = 1
    from = 2026-11-01
    until = 2026-12-24
    """
    (coupon,) = read_text(SHOP + text, "njeri.toml").coupons
    assert (coupon.code, coupon.kind, coupon.worth) == ("FRIDAY10", CouponKind.PERCENT, 1250)
    assert (coupon.minimum, coupon.maximum, coupon.cap) == (20_000, 500_000, 5_000)
    assert (coupon.limit_total, coupon.limit_person, coupon.first_order) == (100, 1, True)
    assert (coupon.categories, coupon.except_products) == (("Kitchen",), ("oil",))
    assert coupon.starts_at == datetime(2026, 10, 31, 21, tzinfo=UTC)
    assert coupon.ends_at == datetime(2026, 12, 24, 21, tzinfo=UTC)


WRONG = {
    COUPON + COUPON: "twice",
    '[[coupons]]\ncode = "A!"\npercent = 10\n': "is no code",
    '[[coupons]]\ncode = "12345"\npercent = 10\n': "is no code",
    '[[coupons]]\ncode = "FRIDAY"\n': "one of percent, amount or free_delivery",
    COUPON + "amount = 5000\n": "one of percent, amount or free_delivery",
    '[[coupons]]\ncode = "FRIDAY"\npercent = 0\n': "more than 0",
    '[[coupons]]\ncode = "FRIDAY"\npercent = 101\n': "at most 100",
    '[[coupons]]\ncode = "FRIDAY"\namount = 0\n': "is nothing",
    '[[coupons]]\ncode = "FRIDAY"\nfree_delivery = false\n': "must be true",
    COUPON + 'products = ["oyl"]\n': "did you mean oil",
    COUPON + 'except_categories = ["Garage"]\n': "is not known",
    COUPON + "from = 2026-12-24\nuntil = 2026-11-01\n": "is before from",
    COUPON + "minimum_order = 500\nmaximum_order = 400\n": "is below minimum_order",
    COUPON + "limit = 0\n": "between 1",
    COUPON + "lmit = 5\n": "unknown key",
    "[points]\nper = 1000\n": "worth is missing",
    "[points]\nper = 0\nworth = 10\n": "is nothing",
    POINTS + "share = 120\n": "at most 100",
    POINTS + "days = 10\nwarned = 10\n": "fewer than days",
    POINTS + '[[points.tiers]]\nname = "One"\nfrom = 5\ntimes = 1\n': "must be 0 for the first",
    POINTS + '[[points.tiers]]\nname = "One"\n': "must be a number",
}


@pytest.mark.parametrize("text", WRONG, ids=[f"{n}-{w}" for n, w in enumerate(WRONG.values())])
def test_a_mistake_is_named(text: str):
    found = mistakes(text)
    assert any(WRONG[text] in mistake for mistake in found), found


def test_a_wrong_time_zone_is_one_mistake_and_no_crash():
    text = (SHOP + COUPON + "until = 2026-12-24\n").replace(
        'country = "UG"', 'country = "UG"\ntimezone = "Africa/Nowhere"'
    )
    with pytest.raises(ShopFileError) as raised:
        read_text(text, "njeri.toml")
    assert [mistake.key for mistake in raised.value.mistakes] == ["shop.timezone"]


def test_points_have_the_usual_numbers_where_nothing_else_is_written():
    terms = read_text(SHOP + POINTS, "njeri.toml").terms.points
    assert terms is not None
    assert (terms.per, terms.worth, terms.least, terms.share) == (1000, 10, 100, 5_000)
    assert (terms.days, terms.warned, terms.tiers) == (365, 14, TIERS)
    assert points_of(kept_points(terms)) == terms


def test_a_shop_may_have_tiers_of_its_own():
    tiers = '[[points.tiers]]\nname = "Friend"\ntimes = 1\n[[points.tiers]]\nname = "Gold"\n'
    terms = read_text(
        SHOP + POINTS + tiers + "from = 50\ntimes = 1.25\n", "njeri.toml"
    ).terms.points
    assert terms is not None
    assert terms.tiers == (Tier("Friend", 0, 100), Tier("gold", 50, 125))
    assert terms.earned(10_000, 50) == 12


def test_a_file_without_them_has_none():
    made = read_text(SHOP, "njeri.toml")
    assert (made.coupons, made.terms.points) == ((), None)
