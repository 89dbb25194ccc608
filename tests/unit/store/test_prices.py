"""The one rule by which a piece of something has its price: a row for each part of it."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.money import Money
from flows.ports.prices import Break, Price, Why
from store.goods import Goods, Kind
from store.prices.deal import Deal
from store.prices.pricing import Terms, may_cost, price_of

NOW = datetime(2026, 11, 25, 9, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)
RETAIL, WHOLESALE = Terms("retail", "UGX", NOW), Terms("wholesale", "UGX", NOW)


def goods(**more: object) -> Goods:
    plain = {
        "sku": "rice",
        "name": "Rice",
        "description": None,
        "category": None,
        "unit": None,
        "price": 15000,
        "wholesale_price": None,
        "code": None,
        "picture": None,
        "kinds": (),
    }
    return Goods(**{**plain, **more})  # type: ignore[arg-type]


def kind(**more: object) -> Kind:
    return Kind(**{"sku": "rice-5kg", "label": "5kg", "words": ("5kg",), "price": None, **more})  # type: ignore[arg-type]


SALE = Deal(sale=12000, begins=NOW, ends=NOW + HOUR)
BREAKS = Deal(breaks=((10, 14000), (50, 13000)))
BOTH = Deal(sale=13500, breaks=((10, 14000), (50, 13000)))


@pytest.mark.parametrize(
    ("what", "thing", "one", "terms", "quantity", "agreed", "each", "why"),
    [
        ("the list", goods(), None, RETAIL, 1, None, 15000, Why.LIST),
        ("no wholesale price", goods(), None, WHOLESALE, 1, None, 15000, Why.LIST),
        ("wholesale", goods(wholesale_price=13000), None, WHOLESALE, 1, None, 13000, Why.WHOLESALE),
        ("not for all", goods(wholesale_price=13000), None, RETAIL, 1, None, 15000, Why.LIST),
        ("own price", goods(), kind(price=24000), RETAIL, 1, None, 24000, Why.LIST),
        ("dearer", goods(), kind(modifier=500), RETAIL, 1, None, 15500, Why.LIST),
        ("cheaper", goods(), kind(modifier=-500), RETAIL, 1, None, 14500, Why.LIST),
        (
            "its distance on the other list",
            goods(wholesale_price=13000),
            kind(modifier=500),
            WHOLESALE,
            1,
            None,
            13500,
            Why.WHOLESALE,
        ),
        ("a sale", goods(deal=SALE), None, RETAIL, 1, None, 12000, Why.SALE),
        ("of all kinds", goods(deal=SALE), kind(modifier=500), RETAIL, 1, None, 12500, Why.SALE),
        ("not theirs", goods(deal=SALE), kind(price=24000), RETAIL, 1, None, 24000, Why.LIST),
        (
            "their own",
            goods(),
            kind(price=24000, deal=Deal(sale=20000)),
            RETAIL,
            1,
            None,
            20000,
            Why.SALE,
        ),
        (
            "wholesale is less",
            goods(wholesale_price=11000, deal=SALE),
            None,
            WHOLESALE,
            1,
            None,
            11000,
            Why.WHOLESALE,
        ),
        ("below a break", goods(deal=BREAKS), None, RETAIL, 9, None, 15000, Why.LIST),
        ("from ten", goods(deal=BREAKS), None, RETAIL, 10, None, 14000, Why.BREAK),
        ("from fifty", goods(deal=BREAKS), None, RETAIL, 99, None, 13000, Why.BREAK),
        ("the sale is less", goods(deal=BOTH), None, RETAIL, 10, None, 13500, Why.SALE),
        ("the break is less", goods(deal=BOTH), None, RETAIL, 50, None, 13000, Why.BREAK),
        ("agreed", goods(), None, RETAIL, 1, 14200, 14200, Why.AGREED),
        ("agreed for more", goods(), None, RETAIL, 1, 16000, 15000, Why.LIST),
        ("the sale beats it", goods(deal=SALE), None, RETAIL, 1, 14200, 12000, Why.SALE),
        (
            "the supplier's base",
            goods(supplier="kilimo", base_price=14500),
            None,
            RETAIL,
            1,
            14200,
            14500,
            Why.AGREED,
        ),
        (
            "a base above the list",
            goods(supplier="kilimo", base_price=16000, deal=SALE),
            None,
            RETAIL,
            1,
            None,
            15000,
            Why.LIST,
        ),
    ],
    ids=lambda value: value.replace(" ", "-") if isinstance(value, str) else "",
)
def test_each_costs(
    what: str,
    thing: Goods,
    one: Kind | None,
    terms: Terms,
    quantity: int,
    agreed: int | None,
    each: int,
    why: Why,
):
    found = price_of(thing, one, terms, quantity, agreed)
    assert (found.each.minor, found.why) == (each, why)


@pytest.mark.parametrize(("minutes", "each"), [(-1, 15000), (0, 12000), (59, 12000), (60, 15000)])
def test_a_sale_holds_from_its_first_moment_until_just_before_its_last(minutes: int, each: int):
    terms = Terms("retail", "UGX", NOW + timedelta(minutes=minutes))
    assert price_of(goods(deal=SALE), None, terms).each.minor == each


def test_the_price_says_what_it_was_and_until_when():
    assert price_of(goods(deal=SALE), None, RETAIL) == Price(
        Money(12000, "UGX"), Money(15000, "UGX"), Why.SALE, NOW + HOUR
    )


def test_only_breaks_that_are_below_the_price_are_told():
    told = price_of(goods(deal=BOTH), None, RETAIL).breaks
    assert told == (Break(50, Money(13000, "UGX")),)


def test_every_price_that_it_may_have_is_known():
    thing = goods(wholesale_price=13000, deal=BOTH)
    assert may_cost(thing, None) == [15000, 13000, 13500, 14000]
    assert may_cost(thing, kind(modifier=500)) == [15500, 13500, 14000, 14500]


amounts = st.integers(1, 50_000)


@given(
    price=amounts,
    wholesale=st.none() | amounts,
    sale=st.none() | amounts,
    breaks=st.lists(st.tuples(st.integers(2, 60), amounts), max_size=3),
    agreed=st.none() | amounts,
    base=st.none() | amounts,
    modifier=st.integers(-20_000, 20_000),
    quantity=st.integers(1, 80),
    by_list=st.sampled_from(["retail", "wholesale"]),
)
def test_nothing_is_dearer_than_its_list_nor_below_the_supplier(
    price, wholesale, sale, breaks, agreed, base, modifier, quantity, by_list
):
    supplier = None if base is None else "kilimo"
    thing = goods(
        price=price,
        wholesale_price=wholesale,
        deal=Deal(sale=sale, breaks=tuple(breaks)),
        base_price=base,
        supplier=supplier,
    )
    terms = Terms(by_list, "UGX", NOW)
    for one in (None, kind(modifier=modifier)):
        found = price_of(thing, one, terms, quantity, agreed)
        more = price_of(thing, one, terms, quantity + 1, agreed)
        assert 0 <= found.each.minor <= found.usual.minor
        assert found.each.minor >= min(base or 0, found.usual.minor)
        assert more.each <= found.each
        assert (found.each < found.usual) is (found.why not in (Why.LIST, Why.WHOLESALE))
