"""Cash that is taken at the door of a paid order: whose it is, and that it never comes back by a rail."""

from uuid import UUID

import pytest
from door import ALONE, FAR, MORE, bought, carried_by, farther, move, sound
from ledger_books import engine_of, postings, sent, standing, top_up
from market import AMINA, SHOP, Market, ugx
from riding import hand_over
from sqlalchemy import select

from flows.happenings import DeliveryOffered
from flows.ports.orders import OrderStatus
from flows.ports.refusals import AlreadyTaken, HandOverFirst, NoOffer
from flows.ports.returns import Reason, Return
from store.days import local_date, shop_day
from store.models import (
    OrderRow,
    StaffRow,
)
from store.orders.settlement import receive_from_wallet, receive_payment
from store.orders.views import locked
from store.proof import prove
from store.returns import ReturnsDesk, ShopReturns
from store.sales import sales_today
from store.splits import split_of

COMMISSION = 1260  # of 18,000
NOBODY = SHOP[: SHOP.index("[[riders]]")] + SHOP[SHOP.index("[payments]") :]


def test_the_rider_takes_it_owes_it_and_has_earned_it(market: Market):
    number = farther(market).number
    assert {told.job.collect for told in market.heard(DeliveryOffered)} == {ugx(0)}
    job = market.ride("Okello", lambda r: r.accept(number))
    assert (job.collect, job.fee) == (ugx(MORE), ugx(8000))
    picked = market.ride("Okello", lambda r: r.picked(number))
    assert picked.collect == ugx(MORE)
    before = standing(market)
    code = market.order(number).code
    done = market.ride("Okello", lambda r: r.delivered(number, code))
    assert done.collect == ugx(MORE)
    assert market.ride("Okello", lambda r: r.delivered(number, code)).collect == ugx(MORE)
    after = standing(market)
    rider = next(name for name in after if name.startswith("rider-cash:")).split(":")[1]
    assert after[f"rider-cash:{rider}"] == MORE
    assert after[f"rider-earnings:{rider}"] == 3000 + MORE
    assert after["rail:mtn-momo"] == before["rail:mtn-momo"] == 21000
    assert after["seller-available"] == 18000 - COMMISSION
    assert postings(market) == ["payment", "release", "door-cash"]
    day = market.ride("Okello", lambda r: r.day())
    assert (day.earned, day.holds) == (ugx(8000), ugx(MORE))
    assert market.do(lambda s: shop_day(s, local_date(s))).came == ugx(21000 + MORE)
    assert market.do(sales_today).paid == ugx(21000 + MORE)
    assert sound(market)


def test_a_rider_with_too_much_cash_takes_no_more_of_it(sessions):
    market = Market(sessions).open(ALONE + "\n[dispatch]\ncash_limit = 5000\n")
    first = farther(market).number
    carried_by(market, first)
    hand_over(market, first)
    second = farther(market).number
    assert market.ride("Okello", lambda r: r.accept(second)) == HandOverFirst(ugx(MORE))
    near = bought(market).number
    assert market.ride("Okello", lambda r: r.accept(near)).collect == ugx(0)


def test_the_seller_who_brings_it_owes_nobody(market: Market):
    market.open(NOBODY)
    number = farther(market).number
    market.sell(lambda t: t.picked(number))
    code = market.order(number).code
    market.sell(lambda t: t.delivered(number, code))
    assert standing(market) == {
        "rail:mtn-momo": 21000,
        "seller-available": 21000 - COMMISSION,
        "commission": COMMISSION,
    }
    assert market.do(sales_today).paid == ugx(21000 + MORE)
    assert sound(market)


def test_goods_that_come_back_bring_back_nothing_of_what_the_door_brought(market: Market):
    market.open(SHOP + "\n[after_sale]\nreturn_days = 7\n")
    number = farther(market).number
    carried_by(market, number)
    hand_over(market, number)
    market.ask(lambda b: ShopReturns(b.scope, b.person).ask(number, {1: 2}, Reason.BROKEN, ""))
    booked = market.do(
        lambda s: ReturnsDesk(s, s.session.scalars(select(StaffRow)).first()).booked(
            number, damaged=False
        )
    )
    assert isinstance(booked, Return)
    assert booked.refund == ugx(21000)
    sent(market)
    assert market.order(number).status is OrderStatus.RETURNED
    assert sound(market)


def test_money_that_comes_twice_goes_back_without_what_is_due(market: Market):
    order = farther(market)
    attempt = market.pay(market.order(order.number))
    market.do(lambda s: receive_payment(s, UUID(order.id), attempt))
    sent(market)
    assert standing(market)["rail:mtn-momo"] == 21000
    assert market.order(order.number).due_at_door == ugx(MORE)
    assert sound(market)


def test_the_proof_names_what_was_taken_at_the_door_and_not_booked(market: Market):
    order = farther(market)
    carried_by(market, order.number)
    hand_over(market, order.number)

    def forge(scope):
        row = scope.session.get_one(OrderRow, UUID(order.id))
        row.due_at_door = MORE + 1

    market.do(forge)
    finding = prove(engine_of(market)).finding
    assert finding is not None
    assert (finding.law, finding.key) == ("what is due at the door is taken once", order.id)


def test_what_a_wallet_paid_goes_farther_for_cash_and_only_that_comes_back(market: Market):
    market.open(SHOP.replace('rails = ["mtn-momo", "cash"]', 'rails = ["cash", "wallet"]'))
    top_up(market, AMINA, 30000)
    order = market.buy(("oil", 2), rail="wallet")

    def pay(scope) -> None:
        row = locked(scope, number=order.number)
        receive_from_wallet(scope, row, row.person_id)

    market.do(pay)
    assert move(market, order.number, FAR, ugx(MORE)).due_at_door == ugx(MORE)
    wallet = next(name for name in standing(market) if name.startswith("wallet:"))
    assert standing(market)[wallet] == 9000
    market.ask(lambda b: b.orders.cancel(order.number, ""))
    assert standing(market) == {"rail:mtn-momo": 30000, wallet: 30000}
    assert sound(market)


SUPPLIED = (
    SHOP.replace("price = 9000", 'price = 9000\nbase_price = 8000\nsupplier = "refinery"', 1)
    .replace("wholesale_price = 8000\n", "")
    .replace(
        "[[riders]]",
        '[[suppliers]]\nkey = "refinery"\nname = "Refinery"\nphone = "0700000131"\n\n[[riders]]',
        1,
    )
)


@pytest.mark.parametrize("model", ["marketplace", "reseller", "wholesale"])
def test_in_every_model_it_is_whose_who_brings_it(sessions, model: str):
    """Suppliers, commission and the seller's own part are as of the same order to the near place."""
    market = Market(sessions).open(
        SUPPLIED.replace('country = "UG"', f'model = "{model}"\nminimum_order = 0\ncountry = "UG"')
    )
    without = bought(market)
    near = market.do(lambda s: split_of(locked(s, number=without.number)))
    far = farther(market)
    assert market.do(lambda s: split_of(locked(s, number=far.number))) == near
    carried_by(market, far.number)
    hand_over(market, far.number)
    there = standing(market)
    assert there.get("supplier-available:refinery", 0) == near.suppliers.get("refinery", 0) == 16000
    assert there["seller-available"] == near.seller
    assert there.get("commission", 0) == near.commission
    own = {name.split(":")[0]: sum_ for name, sum_ in there.items() if name.startswith("rider-")}
    assert own == {"rider-cash": MORE, "rider-earnings": near.delivery + MORE}
    assert sound(market)


def test_what_a_sellers_own_rider_brings_is_the_sellers(market: Market):
    """Nobody of the shop's riders took it, so the seller brings it."""
    number = farther(market).number
    market.sell(lambda t: t.own_rider(number))
    assert market.ride("Okello", lambda r: r.accept(number)) in (
        AlreadyTaken(number),
        NoOffer(number),
    )
    market.sell(lambda t: t.picked(number))
    code = market.order(number).code
    market.sell(lambda t: t.delivered(number, code))
    assert {name.split(":")[0] for name in standing(market)} == {
        "rail",
        "seller-available",
        "commission",
    }
    assert sound(market)
