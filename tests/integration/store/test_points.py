"""Points in the books: one row for each rule, and every movement with what stood before and after."""

from datetime import timedelta
from uuid import UUID

import pytest
from market import AMINA, SHOP, Market, ugx
from sqlalchemy import select

from flows.happenings import OrderDelivered
from flows.ports.delivery import Fulfilment
from flows.ports.orders import Order, OrderStatus, Role
from flows.ports.quote import SavingKind
from flows.ports.refusals import TooFewPoints
from flows.ports.returns import Reason
from store.actor import Actor
from store.loyalty.account import enter, new_lot
from store.loyalty.account import locked as account_of
from store.loyalty.earning import earn, take_back
from store.models import CustomerRow, OrderRow, PointsEntryRow, PointsLotRow, PointsRow, StaffRow
from store.orders.cancelling import end
from store.orders.settlement import Outcome, receive_payment
from store.orders.views import locked
from store.returns import ReturnsDesk, ShopReturns
from store.transaction import Sessions

POINTS = "\n[points]\nper = 100\nworth = 10\nleast = 100\n"


@pytest.fixture
def shop(sessions: Sessions) -> Market:
    """One point for 100, worth 10 when spent."""
    return Market(sessions).open(SHOP + POINTS)


def deliver(market: Market, order: Order) -> None:
    market.sell(lambda t: t.accept(order.number))
    market.sell(lambda t: t.ready(order.number))
    done = market.sell(lambda t: t.delivered(order.number, order.code))
    assert isinstance(done, Order)


def bought(market: Market, *wanted: tuple[str, int]) -> Order:
    """Fetched and paid in cash."""
    order = market.buy(*wanted, fulfilment=Fulfilment.PICKUP, area=None)
    deliver(market, order)
    return order


def give(market: Market, points: int, days: float = 365) -> None:
    """Points out of nothing, which end in so many days."""

    def work(scope):
        person = market_person(scope)
        account = account_of(scope, person)
        lot = new_lot(scope, person, points, scope.now + timedelta(days=days), timedelta(days=14))
        enter(scope, account, "given", lot.id, points, [(lot.id, points)])

    market.do(work)


def market_person(scope) -> UUID:
    from market import Buying

    return Buying(scope, AMINA).person.id


def standing(market: Market):
    return market.ask(lambda b: b.points.standing())


def entries(market: Market) -> list[tuple[str, int, int, int]]:
    rows = market.do(
        lambda s: s.session.scalars(select(PointsEntryRow).order_by(PointsEntryRow.id)).all()
    )
    return [(row.kind, row.points, row.before, row.after) for row in rows]


def check(market: Market) -> int:
    """The balance is what its entries add up to, and what the lots have left."""

    def work(scope):
        account = scope.session.scalar(select(PointsRow))
        moved = scope.session.scalars(select(PointsEntryRow.points)).all()
        left = scope.session.scalars(select(PointsLotRow.left)).all()
        balance = account.balance if account is not None else 0
        assert balance == sum(moved) == sum(left)
        return balance

    return market.do(work)


def test_points_are_earned_once_and_on_delivery(shop: Market):
    order = shop.buy(("oil", 1), fulfilment=Fulfilment.PICKUP, area=None)
    shop.sell(lambda t: t.accept(order.number))
    shop.sell(lambda t: t.ready(order.number))
    assert entries(shop) == []
    shop.sell(lambda t: t.delivered(order.number, order.code))
    shop.sell(lambda t: t.delivered(order.number, order.code))
    assert entries(shop) == [("earn", 90, 0, 90)]
    shop.do(lambda s: earn(s, s.session.scalars(select(OrderRow)).one()))
    assert check(shop) == 90
    told = shop.heard(OrderDelivered)
    assert [(t.points, t.balance) for t in told] == [(90, 90)]


def test_the_delivery_brings_no_points_and_a_part_of_one_is_none(shop: Market):
    order = shop.buy(("salt", 1))
    shop.do(lambda s: earn(s, s.session.get(OrderRow, UUID(order.id))))
    assert entries(shop) == [("earn", 15, 0, 15)]


@pytest.mark.parametrize(
    ("lifetime", "tier", "points", "missing"),
    [
        (0, "bronze", 90, 2_500),
        (2_499, "bronze", 90, 1),
        (2_500, "silver", 135, 7_500),
        (9_999, "silver", 135, 1),
        (10_000, "gold", 180, 15_000),
        (25_000, "platinum", 225, 25_000),
        (50_000, "diamond", 270, None),
    ],
)
def test_the_tier_by_lifetime_points_multiplies(shop, lifetime, tier, points, missing):
    def work(scope):
        account_of(scope, market_person(scope)).lifetime = lifetime

    shop.do(work)
    before = standing(shop)
    assert (before.tier, before.missing) == (tier, missing)
    bought(shop, ("oil", 1))
    assert entries(shop) == [("earn", points, 0, points)]


def test_wholesale_customers_earn_and_spend_none(shop: Market):
    order = shop.buy(("oil", 1), fulfilment=Fulfilment.PICKUP, area=None)

    def work(scope):
        scope.session.scalars(select(CustomerRow)).one().price_list = "wholesale"

    shop.do(work)
    deliver(shop, order)
    assert entries(shop) == []
    assert standing(shop) is None
    assert isinstance(shop.ask(lambda b: b.points.use(None)), TooFewPoints)


def test_a_shop_without_the_section_counts_none(market: Market):
    bought(market, ("oil", 1))
    assert entries(market) == []
    assert standing(market) is None


# 500 points, worth 5,000, and a cart of 9,000 of which half may be paid with them.
SPENDING = {
    "all of them, where they fit": (400, 9_000, 400, 4_000),
    "no more than the share of the goods": (500, 9_000, 450, 4_500),
    "no more than are there": (9_999, 27_000, 500, 5_000),
}


@pytest.mark.parametrize("rule", SPENDING, ids=lambda rule: rule.replace(" ", "-"))
def test_points_pay_for_goods(shop: Market, rule: str):
    wanted, goods, points, off = SPENDING[rule]
    give(shop, 500)
    shop.ask(lambda b: b.cart.add("oil", goods // 9_000))
    shop.ask(lambda b: b.points.use(wanted))
    order = shop.buy()
    assert [(s.kind, s.amount) for s in order.savings] == [(SavingKind.POINTS, ugx(off))]
    assert order.total == ugx(goods + 3_000 - off)
    assert entries(shop)[1:] == [("spend", -points, 500, 500 - points)]
    assert check(shop) == 500 - points


def test_what_is_paid_with_points_brings_none(shop: Market):
    give(shop, 400)
    shop.ask(lambda b: b.cart.add("oil", 1))
    shop.ask(lambda b: b.points.use(None))
    bought(shop)
    assert entries(shop)[-1] == ("earn", 50, 0, 50)


def test_fewer_than_the_least_are_not_spent(shop: Market):
    give(shop, 99)
    assert shop.ask(lambda b: b.points.use(None)) == TooFewPoints(99, 100)
    give(shop, 401)
    assert shop.ask(lambda b: b.points.use(50)) == TooFewPoints(50, 100)
    shop.ask(lambda b: b.cart.add("salt", 1))
    shop.ask(lambda b: b.points.use(None))
    quote = shop.ask(lambda b: b.orders.quote())
    assert quote.unmet == (TooFewPoints(75, 100),)
    assert quote.total == ugx(1_500)


def test_those_that_end_first_are_spent_first(shop: Market):
    give(shop, 200, days=300)
    give(shop, 200, days=30)
    shop.ask(lambda b: b.cart.add("oil", 1))
    shop.ask(lambda b: b.points.use(300))
    shop.buy()
    rows = shop.do(
        lambda s: s.session.execute(
            select(PointsLotRow.left).order_by(PointsLotRow.expires_at)
        ).scalars().all()
    )  # fmt: skip
    assert rows == [0, 100]


def test_old_points_are_not_spent(shop: Market):
    give(shop, 200, days=1)
    shop.wait(days=1)
    assert shop.ask(lambda b: b.points.use(None)) == TooFewPoints(0, 100)
    assert standing(shop).balance == 0


def test_a_cancelled_order_gives_them_back_to_end_when_they_would_have(shop: Market):
    give(shop, 300, days=30)
    shop.ask(lambda b: b.cart.add("oil", 1))
    shop.ask(lambda b: b.points.use(300))
    order = shop.buy()
    ending = shop.now + timedelta(days=30)
    shop.wait(minutes=5)
    shop.ask(lambda b: b.orders.cancel(order.number, ""))
    assert entries(shop)[-1] == ("back", 300, 0, 300)
    now = standing(shop)
    assert (now.balance, now.running_out.at) == (300, ending)
    assert check(shop) == 300


def returned(market: Market, order: Order) -> None:
    def work(scope):
        row = locked(scope, number=order.number)
        end(scope, row, OrderStatus.RETURNED, Actor(Role.SELLER), "spoiled")

    market.do(work)


def test_a_returned_order_takes_what_it_earned_and_gives_back_what_it_spent(shop: Market):
    give(shop, 300)
    shop.ask(lambda b: b.cart.add("oil", 1))
    shop.ask(lambda b: b.points.use(None))
    order = bought(shop)
    assert entries(shop)[1:] == [("spend", -300, 300, 0), ("earn", 60, 0, 60)]
    returned(shop, order)
    assert entries(shop)[3:] == [("back", 300, 60, 360), ("undo", -60, 360, 300)]
    assert check(shop) == 300
    assert shop.do(lambda s: s.session.scalar(select(PointsRow.lifetime))) == 0


def test_what_was_earned_and_is_spent_already_is_no_debt(shop: Market):
    first = bought(shop, ("rice-5kg", 1))
    shop.ask(lambda b: b.cart.add("oil", 1))
    shop.ask(lambda b: b.points.use(None))
    bought(shop)
    assert check(shop) == 66
    returned(shop, first)
    assert entries(shop)[-1] == ("undo", -66, 66, 0)
    note = shop.do(lambda s: s.session.scalars(
        select(PointsEntryRow.note).order_by(PointsEntryRow.id.desc())).first())  # fmt: skip
    assert note == "174 were spent already"
    assert check(shop) == 0


def test_goods_that_come_back_in_parts_take_their_part_of_the_points(shop: Market):
    order = bought(shop, ("rice-5kg", 1))

    def back(so_far: int | None) -> int:
        shop.do(lambda s: take_back(s, locked(s, number=order.number), so_far))
        return check(shop)

    assert [back(6_000), back(6_000), back(18_000), back(None), back(None)] == [180, 180, 60, 0, 0]


def test_points_that_ran_out_meanwhile_make_the_shopper_look_again(shop: Market):
    give(shop, 300, days=1)
    shop.ask(lambda b: b.cart.add("oil", 1))
    shop.ask(lambda b: b.points.use(None))
    seen = shop.ask(lambda b: b.orders.quote(Fulfilment.PICKUP)).total
    shop.wait(days=1)
    assert shop.ask(lambda b: b.orders.quote(Fulfilment.PICKUP)).total != seen


def test_late_money_spends_the_points_again_as_far_as_they_are_there(shop: Market):
    give(shop, 300)
    shop.ask(lambda b: b.cart.add("oil", 1))
    shop.ask(lambda b: b.points.use(300))
    order = shop.buy(rail="mtn-momo")
    attempt = shop.pay(order)
    shop.ask(lambda b: b.orders.cancel(order.number, ""))
    shop.ask(lambda b: b.cart.add("oil", 1))
    shop.ask(lambda b: b.points.use(200))
    shop.buy()
    settled = shop.do(lambda s: receive_payment(s, UUID(order.id), attempt))
    assert settled.outcome is Outcome.SUCCESSOR
    assert shop.order(1003).total == order.total
    assert entries(shop)[-1] == ("spend", -100, 100, 0)
    assert check(shop) == 0


def test_an_entry_is_written_once(shop: Market):
    give(shop, 100)
    with pytest.raises(Exception, match="written once"):
        shop.do(lambda s: s.session.execute(PointsEntryRow.__table__.delete()))


def test_a_part_of_the_goods_brings_back_its_part_of_what_was_spent_and_earned(shop: Market):
    give(shop, 400)
    shop.ask(lambda b: b.cart.add("oil", 4))
    shop.ask(lambda b: b.points.use(None))
    order = bought(shop)
    assert entries(shop)[1:] == [("spend", -400, 400, 0), ("earn", 320, 0, 320)]
    returned_goods(shop, order, {1: 1})
    assert entries(shop)[3:] == [("back", 100, 320, 420), ("undo", -80, 420, 340)]
    returned_goods(shop, order, {1: 3})
    assert entries(shop)[5:] == [("back", 300, 340, 640), ("undo", -240, 640, 400)]
    assert check(shop) == 400


def returned_goods(market: Market, order: Order, goods: dict[int, int]) -> None:
    """By the customer's wish, booked twice by the seller."""
    market.ask(lambda b: ShopReturns(b.scope, b.person).ask(order.number, goods, Reason.BROKEN, ""))

    def booked(scope):
        staff = scope.session.scalars(select(StaffRow).where(StaffRow.shop_id == scope.shop.id))
        desk = ReturnsDesk(scope, staff.first())
        return desk.booked(order.number, damaged=False)

    for _ in range(2):
        market.do(booked)
