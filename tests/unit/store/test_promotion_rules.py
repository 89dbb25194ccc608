"""The rules of promotions, one row each: on what, for whom, when, how much, and which of several."""

from datetime import UTC, datetime
from types import SimpleNamespace
from typing import Any, cast
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.ports.promotions import PromotionKind
from store.goods import Goods, Kind
from store.hours import Span
from store.promotions.choosing import choose
from store.promotions.promotion import (
    Audience,
    Gift,
    Promotion,
    Reach,
    Schedule,
    promotion_of,
    terms_of,
)
from store.promotions.reach import meant_for, stands
from store.promotions.reckoning import off
from store.promotions.running import run_ends, runs
from store.promotions.uses import Uses, has_room
from store.quoting.basket import Basket, BasketLine

ID = UUID(int=7)
KAMPALA = "Africa/Kampala"


def goods(sku: str, category: str, brand: str | None = None) -> Goods:
    return Goods(sku, sku.title(), None, category, None, 1, None, None, None, (), brand=brand)


RICE, OIL, SOAP = goods("rice", "Food", "Lake"), goods("oil", "Food"), goods("soap", "Home", "Mo")
FIVE = Kind("rice-5kg", "5kg", ("5kg",), None)


def line(thing: Goods, kind: Kind | None, quantity: int, price: int) -> BasketLine:
    total = quantity * price
    return BasketLine(thing, kind, quantity, price, total, total)


def basket(*lines: BasketLine, fee: int = 0) -> Basket:
    nobody = cast(Any, SimpleNamespace(id=ID, price_list="retail"))
    return Basket(lines, nobody, nobody, None, fee)


# 48,000 of rice, 9,000 of oil, 6,000 of soap; the delivery is 5,000.
CART = basket(
    line(RICE, FIVE, 2, 24000), line(OIL, None, 1, 9000), line(SOAP, None, 3, 2000), fee=5000
)


def promotion(kind: PromotionKind = PromotionKind.PERCENTAGE, **more: Any) -> Promotion:
    return Promotion(ID, more.pop("name", "FRIDAY"), kind, **more)


def percent(hundredths: int, **more: Any) -> Promotion:
    return promotion(gift=Gift(percent=hundredths), **more)


def amount(minor: int, **more: Any) -> Promotion:
    return promotion(PromotionKind.AMOUNT, gift=Gift(amount=minor), **more)


def buy_get(buy: int, free: int, **more: Any) -> Promotion:
    return promotion(PromotionKind.BUY_GET, gift=Gift(buy=buy, free=free), **more)


def bundle(price: int, *parts: tuple[str, int], **more: Any) -> Promotion:
    return promotion(PromotionKind.BUNDLE, gift=Gift(amount=price, bundle=parts), **more)


SENT = promotion(PromotionKind.FREE_DELIVERY)
SOAPS = Reach(skus=("soap",))


@pytest.mark.parametrize(
    ("what", "given", "cuts", "fee"),
    [
        ("a percentage of everything", percent(1000), (4800, 900, 600), 0),
        ("half up", percent(1, reach=SOAPS), (0, 0, 1), 0),
        ("an amount, in proportion", amount(6300), (4800, 900, 600), 0),
        ("an amount beyond the goods", amount(99000), (48000, 9000, 6000), 0),
        ("a cap", percent(1000, cap=2100), (1600, 300, 200), 0),
        ("on a product", percent(1000, reach=Reach(skus=("rice",))), (4800, 0, 0), 0),
        ("on a kind", percent(1000, reach=Reach(skus=("rice-5kg",))), (4800, 0, 0), 0),
        ("on a category", percent(1000, reach=Reach(categories=("Food",))), (4800, 900, 0), 0),
        ("on a brand", percent(1000, reach=Reach(brands=("Mo",))), (0, 0, 600), 0),
        ("on two of these", percent(1000, reach=Reach(("oil",), (), ("Mo",))), (0, 900, 600), 0),
        ("on nothing here", percent(1000, reach=Reach(skus=("salt",))), (0, 0, 0), 0),
        ("from a minimum", percent(1000, reach=Reach(minimum=63000)), (4800, 900, 600), 0),
        ("below the minimum", percent(1000, reach=Reach(minimum=63001)), (0, 0, 0), 0),
        ("two and one free", buy_get(2, 1, reach=SOAPS), (0, 0, 2000), 0),
        ("three and one free", buy_get(3, 1, reach=SOAPS), (0, 0, 0), 0),
        ("one and one free", buy_get(1, 1, reach=SOAPS), (0, 0, 2000), 0),
        ("the cheapest are free", buy_get(1, 1), (0, 0, 6000), 0),
        ("then the next", buy_get(1, 2), (0, 9000, 6000), 0),
        ("a bundle", bundle(30000, ("rice-5kg", 1), ("oil", 1)), (2182, 818, 0), 0),
        ("half of a bundle", bundle(9000, ("oil", 2), ("soap", 1)), (0, 0, 0), 0),
        ("a bundle that costs more", bundle(40000, ("rice-5kg", 1), ("oil", 1)), (0, 0, 0), 0),
        ("two bundles", bundle(25000, ("rice-5kg", 1), ("soap", 1)), (1846, 0, 154), 0),
        ("free delivery", SENT, (0, 0, 0), 5000),
        ("some of the delivery", promotion(PromotionKind.FREE_DELIVERY, cap=2000), (0, 0, 0), 2000),
    ],
    ids=lambda value: value.replace(" ", "-") if isinstance(value, str) else "",
)
def test_it_takes_off(what: str, given: Promotion, cuts: tuple[int, ...], fee: int):
    found = off(given, CART, "UGX")
    assert (found.cuts, found.fee) == (cuts, fee)


@pytest.mark.parametrize(
    ("what", "promotions", "names"),
    [
        ("the best by amount", [percent(1000, name="TEN"), amount(7000, name="A")], ["A"]),
        (
            "of equals the one before others",
            [percent(1000, name="TEN"), amount(6300, name="A", priority=1)],
            ["A"],
        ),
        ("of equals the first", [percent(1000, name="TEN"), amount(6300, name="A")], ["TEN"]),
        (
            "then those on top",
            [amount(100, name="TOP", stackable=True), percent(1000, name="TEN")],
            ["TEN", "TOP"],
        ),
        (
            "by their priority",
            [
                amount(100, name="LOW", stackable=True),
                amount(100, name="HIGH", stackable=True, priority=2),
            ],
            ["HIGH", "LOW"],
        ),
        ("what is worth nothing is not given", [amount(100, reach=Reach(skus=("x",)))], []),
        (
            "nothing comes off nothing",
            [amount(99999, name="ALL"), percent(1000, name="TOP", stackable=True)],
            ["ALL"],
        ),
    ],
    ids=lambda value: value.replace(" ", "-") if isinstance(value, str) else "",
)
def test_of_several(what: str, promotions: list[Promotion], names: list[str]):
    assert [given.name for given, _ in choose(promotions, CART, "UGX")] == names


def test_what_comes_on_top_is_reckoned_on_what_is_left():
    given = choose([percent(5000), percent(1000, stackable=True)], CART, "UGX")
    assert [less.amount for _, less in given] == [31500, 3150]


def utc(day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2026, 11, day, hour, minute, tzinfo=UTC)


FRIDAYS, LASTS = Schedule(days=(4,)), Schedule(dates=(1, -1))
EVENING = Schedule(hours=Span(16 * 60, 20 * 60))
NIGHT = Schedule(days=(4,), hours=Span(22 * 60, 26 * 60))


@pytest.mark.parametrize(
    ("what", "schedule", "now", "running"),
    [
        ("always", Schedule(), utc(25, 9), True),
        ("not yet", Schedule(begins=utc(25, 10)), utc(25, 9), False),
        ("from its first moment", Schedule(begins=utc(25, 9)), utc(25, 9), True),
        ("until its last", Schedule(ends=utc(25, 9)), utc(25, 9), False),
        # 21:30 UTC on Thursday is Friday half past midnight in Kampala.
        ("its day by the shop's clock", FRIDAYS, utc(26, 21, 30), True),
        ("not the day before", FRIDAYS, utc(26, 20, 30), False),
        ("the first of the month", LASTS, utc(1, 9), True),
        ("the last of the month", LASTS, utc(30, 9), True),
        ("another day", LASTS, utc(29, 9), False),
        ("its hours", EVENING, utc(25, 13), True),
        ("before its hours", EVENING, utc(25, 12, 59), False),
        ("after its hours", EVENING, utc(25, 17), False),
        ("past midnight", NIGHT, utc(27, 22, 59), True),
        ("long past midnight", NIGHT, utc(27, 23), False),
        ("the night before its day", NIGHT, utc(26, 21, 30), False),
    ],
    ids=lambda value: value.replace(" ", "-") if isinstance(value, str) else "",
)
def test_it_runs(what: str, schedule: Schedule, now: datetime, running: bool):
    assert runs(schedule, now, KAMPALA) is running


@pytest.mark.parametrize(
    ("what", "schedule", "now", "end"),
    [
        ("no end", Schedule(), utc(25, 9), None),
        ("its last day", Schedule(ends=utc(28, 21)), utc(25, 9), utc(28, 21)),
        ("today's hours", EVENING, utc(25, 13), utc(25, 17)),
        ("the night's", NIGHT, utc(27, 22), utc(27, 23)),
        ("the day", FRIDAYS, utc(27, 9), utc(27, 21)),
        ("the weekend", Schedule(days=(5, 6)), utc(28, 9), utc(29, 21)),
        ("the sooner one", Schedule(ends=utc(27, 12), days=(4,)), utc(27, 9), utc(27, 12)),
    ],
    ids=lambda value: value.replace(" ", "-") if isinstance(value, str) else "",
)
def test_its_run_ends_with(what: str, schedule: Schedule, now: datetime, end: datetime | None):
    assert run_ends(schedule, now, KAMPALA) == end


@pytest.mark.parametrize(
    ("audience", "retail", "wholesale"),
    [
        (Audience.BOTH, True, True),
        (Audience.RETAIL, True, False),
        (Audience.WHOLESALE, False, True),
    ],
)
def test_it_is_meant_for(audience: Audience, retail: bool, wholesale: bool):
    given = percent(1000, audience=audience)
    assert (meant_for(given, "retail"), meant_for(given, "wholesale")) == (retail, wholesale)


def test_what_the_seller_has_stopped_does_not_stand():
    assert not stands(percent(1000, paused=True), "retail", utc(25, 9), KAMPALA)


@pytest.mark.parametrize(
    ("total", "each", "uses", "room"),
    [
        (None, None, None, True),
        (5, None, Uses(4, 0), True),
        (5, None, Uses(5, 0), False),
        (None, 1, Uses(99, 0), True),
        (None, 1, Uses(99, 1), False),
        (5, 1, Uses(4, 1), False),
        (5, 1, None, False),
    ],
)
def test_its_limits(total: int | None, each: int | None, uses: Uses | None, room: bool):
    assert has_room(percent(1000, limit_total=total, limit_each=each), uses) is room


FULL = percent(
    1250,
    reach=Reach(("rice",), ("Food",), ("Lake",), 5000),
    schedule=Schedule(utc(1, 0), utc(2, 0), (4, 5), (1, -1), Span(960, 1200)),
    audience=Audience.RETAIL,
    cap=900,
    priority=3,
    stackable=True,
    waives_minimum=True,
    words="Ten off",
)


@pytest.mark.parametrize("kept", [FULL, percent(1), bundle(5, ("a", 1), ("b", 2)), SENT])
def test_the_books_give_back_what_was_written(kept: Promotion):
    row = SimpleNamespace(
        id=ID, name=kept.name, terms=terms_of(kept), limit_total=None, limit_each=None, paused=False
    )
    assert promotion_of(cast(Any, row)) == kept


THINGS = [(RICE, FIVE), (OIL, None), (SOAP, None)]
REACHES = st.sampled_from(
    [Reach(), SOAPS, Reach(categories=("Food",)), Reach(brands=("Lake",)), Reach(minimum=500)]
)
EXTRAS = {
    "reach": REACHES,
    "cap": st.none() | st.integers(0, 10**6),
    "priority": st.integers(0, 3),
    "stackable": st.booleans(),
}
PROMOTIONS = st.one_of(
    st.builds(percent, st.integers(1, 10_000), **EXTRAS),
    st.builds(amount, st.integers(1, 10**8), **EXTRAS),
    st.builds(buy_get, st.integers(1, 4), st.integers(1, 4), **EXTRAS),
    st.builds(
        lambda price, a, b, **more: bundle(price, ("rice-5kg", a), ("oil", b), **more),
        st.integers(0, 10**7),
        st.integers(1, 3),
        st.integers(1, 3),
        **EXTRAS,
    ),
    st.builds(promotion, st.just(PromotionKind.FREE_DELIVERY), **EXTRAS),
)
BASKETS = st.builds(
    lambda things, fee: basket(
        *(line(*THINGS[place], quantity, price) for place, (quantity, price) in things.items()),
        fee=fee,
    ),
    st.dictionaries(
        st.integers(0, 2), st.tuples(st.integers(1, 30), st.integers(0, 10**7)), min_size=1
    ),
    st.integers(0, 10**6),
)


@given(
    promotions=st.lists(PROMOTIONS, max_size=4),
    bought=BASKETS,
    currency=st.sampled_from(["UGX", "NGN", "KES", "XAF"]),
)
def test_no_line_and_no_fee_ever_falls_below_nothing(promotions, bought: Basket, currency: str):
    left = bought
    given = choose(promotions, bought, currency)
    for promo, less in given:
        assert less.amount > 0
        assert promo.cap is None or less.amount <= promo.cap
        assert all(0 <= cut <= each.left for cut, each in zip(less.cuts, left.lines, strict=True))
        assert 0 <= less.fee <= left.fee
        left = left.less(less.cuts, less.fee)
    assert sum(less.amount for _, less in given) == (bought.left - left.left) + (
        bought.fee - left.fee
    )
    assert sum(not promo.stackable for promo, _ in given) <= 1


@given(promotions=st.lists(PROMOTIONS, max_size=4), bought=BASKETS)
def test_nothing_else_that_stands_alone_would_have_been_worth_more(promotions, bought: Basket):
    alone = [p for p in promotions if not p.stackable]
    best = max((off(p, bought, "UGX").amount for p in alone), default=0)
    given = [less.amount for p, less in choose(promotions, bought, "UGX") if not p.stackable]
    assert given == ([best] if best else [])
