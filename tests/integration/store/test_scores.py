"""Scores in the books: what counts for and against a shop or a rider, once a night for all of them."""

from datetime import timedelta

import pytest
from market import SHOP, Market
from riding import RIDER, accepted, delivered, failed, hand_over, offered, picked_up, tick
from sqlalchemy import select
from test_lacking import take_out
from test_ratings import rate
from test_returns import desk
from test_statements import counted

from flows.happenings import ScoreFell
from flows.ports.delivery import Fulfilment
from flows.ports.returns import Reason
from flows.ports.scores import Grade, Part
from store.models import OrderRow, RiderScoreRow, ShopRow, ShopScoreRow
from store.returns import ShopReturns
from store.scores.reckoning import forget, reckon
from store.scores.shown import ShopScores, on_probation, rider_scores
from store.shopfile import load, read_text

PHONES = [f"+25677200010{n}" for n in range(10)]


@pytest.fixture
def market(sessions):
    market = Market(sessions).open()
    # Whatever goes near is offered to one rider.
    market.ride("Namata", lambda r: r.duty(on=False))
    return market


def night(market: Market) -> int:
    """The next night has come, and it is reckoned."""
    market.wait(days=1)
    return market.do(lambda s: reckon(s.session, s.rules, s.now))


def shop_score(market: Market):
    return market.do(lambda s: ShopScores(s).latest())


def refused(market: Market, **buying: object) -> None:
    order = market.buy(("salt", 1), **buying)
    market.sell(lambda t: t.refuse(order.number, "no time"))


def test_a_shop_that_keeps_its_word_is_platinum(market: Market):
    for phone in PHONES[:5]:
        delivered(market, phone=phone)
        rate(market, None, 5, phone=phone)
    assert night(market) == 2
    score = shop_score(market)
    assert (score.grade, score.score, score.orders, score.before) == (
        Grade.PLATINUM,
        500,
        5,
        None,
    )
    assert set(score.parts) == set(Part) - {Part.PRICE}
    assert score.weakest is None


def test_every_part_has_its_source_in_the_books(market: Market):
    for phone in PHONES[:2]:
        delivered(market, phone=phone)
    late = picked_up(market)
    market.wait(hours=3)
    hand_over(market, late)
    given_back = delivered(market, phone=PHONES[2])
    returned(market, given_back, PHONES[2])
    # At once, and after it was taken on.
    refused(market)
    order = offered(market)
    market.sell(lambda t: t.refuse(order.number, "sold out"))
    # Answered only after the first reminder.
    slow = market.buy(("salt", 1), phone=PHONES[3])
    market.wait(minutes=11)
    tick(market)
    market.sell(lambda t: t.accept(slow.number))
    night(market)
    score = shop_score(market)
    assert score.orders == 6
    assert score.parts == {
        Part.COMPLETION: 333,
        Part.DELIVERY: 375,
        Part.STOCK: 300,
        Part.RESPONSE: 471,
    }
    assert score.weakest is Part.STOCK


def test_an_order_that_went_without_some_of_its_goods_had_not_all_of_them(market: Market):
    for phone in PHONES[:4]:
        delivered(market, phone=phone)
    order = offered(market, phone=PHONES[4])
    take_out(market, order.number, "oil", 1)
    market.ride(RIDER, lambda r: r.accept(order.number))
    market.ride(RIDER, lambda r: r.picked(order.number))
    hand_over(market, order.number)
    night(market)
    parts = shop_score(market).parts
    assert (parts[Part.COMPLETION], parts[Part.STOCK]) == (500, 400)


def returned(market: Market, number: int, phone: str) -> None:
    market.ask(
        lambda b: ShopReturns(b.scope, b.person).ask(number, {1: 2}, Reason.WRONG, ""), phone
    )
    desk(market, lambda d: d.accept(number))


def test_what_is_not_the_sellers_fault_does_not_count(market: Market):
    for phone in PHONES[:5]:
        delivered(market, phone=phone)
    # Called off by the customer; nobody at the door, and then called off; still on its way; never paid.
    mine = market.buy(("salt", 1))
    market.ask(lambda b: b.orders.cancel(mine.number, "no need"))
    number = failed(market)
    market.ride(RIDER, lambda r: r.back(number))
    market.sell(lambda t: t.refuse(number, "nobody there"))
    picked_up(market)
    market.buy(("salt", 1), rail="mtn-momo", phone=PHONES[6])
    night(market)
    score = shop_score(market)
    assert score.orders == 5
    assert score.parts[Part.COMPLETION] == score.parts[Part.STOCK] == 500


def test_what_is_left_lying_counts_against_it(market: Market):
    for phone in PHONES[:4]:
        delivered(market, phone=phone)
    silent = market.buy(("salt", 1), phone=PHONES[5])
    for _ in range(3):
        market.wait(hours=1)
        tick(market)
    assert market.ask(lambda b: b.orders.cancel(silent.number, "no answer"), PHONES[5])
    accepted(market, phone=PHONES[6])
    night(market)
    assert (shop_score(market).orders, shop_score(market).parts[Part.RESPONSE]) == (5, 417)
    market.wait(days=7)
    night(market)
    assert shop_score(market).orders == 6
    assert shop_score(market).parts[Part.COMPLETION] == 333


def test_what_is_fetched_has_no_delivery_time(market: Market):
    for phone in PHONES[:5]:
        order = market.buy(("salt", 1), fulfilment=Fulfilment.PICKUP, area=None, phone=phone)
        market.sell(lambda t, o=order: t.accept(o.number))
        market.sell(lambda t, o=order: t.ready(o.number))
        market.wait(hours=5)
        code = market.order(order.number).code
        market.sell(lambda t, o=order, c=code: t.delivered(o.number, c))
    night(market)
    assert set(shop_score(market).parts) == {Part.COMPLETION, Part.STOCK, Part.RESPONSE}


def test_few_orders_make_no_score(market: Market):
    assert (shop_score(market).grade, shop_score(market).orders) == (Grade.NEW, 0)
    delivered(market)
    night(market)
    score = shop_score(market)
    assert (score.grade, score.score, score.orders, score.least) == (Grade.NEW, None, 1, 5)


def others(market: Market, count: int, price: int) -> None:
    """So many shops more that sell the same oil."""
    for n in range(count):
        text = SHOP.replace('"njeri"', f'"shop-{n}"').replace("NJERI", f"SHOP{n}")
        text = text.replace("price = 9000", f"price = {price}")
        market.do(lambda s, t=text: load(s.session, [read_text(t, "other.toml")], s.now) and None)


def test_prices_are_held_against_those_of_others_who_sell_the_same(market: Market):
    for phone in PHONES[:5]:
        delivered(market, phone=phone)
    others(market, 3, 7500)
    night(market)
    # Rice, salt and matooke cost the same everywhere; oil is a fifth dearer, of half that gives nothing.
    assert shop_score(market).parts[Part.PRICE] == (500 * 3 + 300) // 4


def test_with_few_shops_nobody_is_held_against_others(market: Market):
    delivered(market)
    others(market, 2, 100)
    night(market)
    assert Part.PRICE not in shop_score(market).parts


def test_a_second_run_on_the_same_day_changes_nothing(market: Market):
    delivered(market)
    assert night(market) == 2
    delivered(market)
    assert market.do(lambda s: reckon(s.session, s.rules, s.now)) == 0
    rows = market.do(lambda s: [r.orders for r in s.session.scalars(select(ShopScoreRow))])
    assert rows == [1]


def test_a_hundred_shops_cost_the_statements_of_one(market: Market):
    delivered(market)
    market.wait(days=1)
    one = statements(market)
    market.do(lambda s: forget(s.session, (s.now + timedelta(days=1)).date()))

    def copy(scope):
        """Every order and delivery of the shop, at a hundred shops more."""
        for n in range(100):
            copied(scope.session, scope.shop, n)

    market.do(copy)
    assert statements(market) == one
    assert len(market.do(lambda s: s.session.scalars(select(ShopScoreRow)).all())) == 101


def statements(market: Market) -> int:
    def work(scope):
        with counted(scope) as seen:
            reckon(scope.session, scope.rules, scope.now)
        return len(seen)

    return market.do(work)


def copied(session, shop, n: int) -> None:
    row = dict(shop.__dict__)
    row.pop("_sa_instance_state")
    row.pop("id")
    twin = ShopRow(**{**row, "slug": f"twin-{n}"})
    session.add(twin)
    session.flush()
    for order in session.scalars(select(OrderRow).where(OrderRow.shop_id == shop.id)):
        values = {c.key: getattr(order, c.key) for c in OrderRow.__table__.columns}
        session.add(OrderRow(**{**values, "id": None, "shop_id": twin.id}))
    session.flush()


def test_a_fall_to_probation_is_told_once_and_in_the_morning(market: Market):
    for phone in PHONES[:6]:
        refused(market, phone=phone)
    market.now = market.now.replace(hour=19)
    night(market)
    assert shop_score(market).grade is Grade.PROBATION
    tick(market)
    assert market.heard(ScoreFell) == []
    market.wait(hours=11)
    market.do(lambda s: reckon(s.session, s.rules, s.now))
    for _ in range(2):
        tick(market)
    assert [told.score.grade for told in market.heard(ScoreFell)] == [Grade.PROBATION]
    assert [each.shop.slug for each in market.do(lambda s: on_probation(s.session))] == ["njeri"]
    with market.fresh():
        for _ in range(3):
            night(market)
            tick(market)
        assert market.heard(ScoreFell) == []


def test_who_has_come_up_and_falls_again_hears_of_it_again(market: Market):
    for phone in PHONES[:6]:
        refused(market, phone=phone)
    night(market)
    tick(market)
    market.do(lambda s: _graded(s, Grade.BRONZE))
    market.told.clear()
    night(market)
    tick(market)
    assert len(market.heard(ScoreFell)) == 1


def _graded(scope, grade: Grade) -> None:
    scope.session.scalars(select(ShopScoreRow)).one().grade = grade.value


def test_a_week_later_it_is_said_what_it_was(market: Market):
    for phone in PHONES[:5]:
        delivered(market, phone=phone)
    night(market)
    refused(market, phone=PHONES[5])
    for _ in range(7):
        night(market)
    score = shop_score(market)
    assert (score.before, score.score) == (500, 470)


def test_a_rider_is_scored_by_what_was_taken(market: Market):
    for phone in PHONES[:3]:
        delivered(market, phone=phone)
    late = picked_up(market)
    market.wait(hours=3)
    hand_over(market, late)
    failed(market, phone=PHONES[4])
    passed = accepted(market, phone=PHONES[5])
    market.ride(RIDER, lambda r: r.give_back(passed))
    night(market)
    found = {each.rider.name: each.row for each in riders(market)}
    row = found[RIDER]
    assert (row.jobs, row.completion, row.time, row.failures) == (6, 417, 375, 400)
    assert found["Mugisha"] is None


def riders(market: Market):
    return market.do(lambda s: rider_scores(s.session, "njeri"))


def test_what_a_rider_takes_back_at_once_does_not_count(market: Market):
    number = failed(market)
    market.ride(RIDER, lambda r: r.undo())
    hand_over(market, number)
    accepted(market)
    market.ride(RIDER, lambda r: r.undo())
    night(market)
    row = next(each.row for each in riders(market) if each.rider.name == RIDER)
    assert (row.jobs, row.completion, row.failures) == (1, 500, 500)


def test_old_scores_are_forgotten(market: Market):
    delivered(market)
    night(market)
    today = market.now.date()
    market.do(lambda s: forget(s.session, today))
    assert market.do(lambda s: len(s.session.scalars(select(RiderScoreRow)).all())) == 1
    market.do(lambda s: forget(s.session, today + timedelta(days=1)))
    assert market.do(lambda s: s.session.scalars(select(RiderScoreRow)).all()) == []
