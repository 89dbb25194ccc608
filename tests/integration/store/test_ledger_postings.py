"""Every posting, and what then stands where: through the real services, on both databases."""

from collections.abc import Iterator
from uuid import UUID

import pytest
from ledger_books import brought, closed, engine_of, oil, paid, sent, shared, standing, top_up
from market import AMINA, Market, ugx

from flows.ports.orders import Order
from store.ledger import (
    Account,
    Kind,
    OverdrawnError,
)
from store.models import (
    AttemptRow,
)
from store.orders.settlement import Outcome, Settlement, receive_payment
from store.orders.views import locked
from store.postings import (
    handed_over,
    paid_from_wallet,
)
from store.proof import prove
from store.scope import Scope

WALLET, RAIL = Account(Kind.WALLET, "amina"), Account(Kind.RAIL, "mtn-momo")
AVAILABLE, OWES = Account(Kind.SELLER_AVAILABLE), Account(Kind.SELLER_OWES)


@pytest.fixture(autouse=True)
def proven(market: Market) -> Iterator[None]:
    """After every test the books are right."""
    yield
    assert prove(engine_of(market)).finding is None


def test_a_payment_waits_for_the_delivery(market: Market):
    order = oil(market)
    assert paid(market, order).outcome is Outcome.PAID
    assert standing(market) == {
        "rail:mtn-momo": 21_000,
        "seller-pending": 16_200,
        "commission-pending": 1_800,
        "delivery-pending": 3_000,
    }


def test_the_code_gives_everybody_their_share(market: Market):
    order = oil(market)
    paid(market, order)
    brought(market, order.number)
    rider = market.ride("Okello", lambda r: str(r._rider.id))
    assert standing(market) == {
        "rail:mtn-momo": 21_000,
        "seller-available": 16_200,
        "commission": 1_800,
        f"rider-earnings:{rider}": 3_000,
    }


def test_a_seller_who_brings_it_has_the_fee(market: Market):
    order = oil(market)
    paid(market, order)
    market.sell(lambda t: t.picked(order.number))
    closed(market, order.number)
    assert standing(market)["seller-available"] == 19_200


def test_a_supplier_has_the_base_price_of_each(market: Market):
    order = market.buy(("oil", 2), rail="mtn-momo")
    shared(market, order, commission=900, base=7_000, supplier="refinery")
    paid(market, order)
    assert standing(market)["supplier-pending:refinery"] == 14_000
    brought(market, order.number)
    there = standing(market)
    assert there["supplier-available:refinery"] == 14_000
    assert there["seller-available"] == 3_100


def test_who_sells_below_what_others_get_owes_the_rest(market: Market):
    order = market.buy(("oil", 2), rail="mtn-momo")
    shared(market, order, commission=1_800, base=9_000, supplier="refinery")
    paid(market, order)
    brought(market, order.number)
    assert standing(market)["seller-owes"] == 1_800


def test_an_order_cancelled_in_time_owes_everything(market: Market):
    order = oil(market)
    paid(market, order)
    market.ask(lambda b: b.orders.cancel(order.number, "changed my mind"))
    assert standing(market) == {"rail:mtn-momo": 21_000, "refunds": 21_000}
    sent(market)
    assert standing(market) == {}


def test_work_that_had_begun_keeps_a_tenth_and_no_commission(market: Market):
    order = oil(market)
    paid(market, order)
    market.sell(lambda t: t.ready(order.number))
    market.ask(lambda b: b.orders.cancel(order.number, "changed my mind"))
    market.sell(lambda t: t.refuse(order.number, "as you wish"))
    there = {"rail:mtn-momo": 21_000, "refunds": 18_900, "seller-available": 2_100}
    assert standing(market) == there
    sent(market)
    assert standing(market) == {"rail:mtn-momo": 2_100, "seller-available": 2_100}


def test_a_refund_that_is_stuck_is_still_owed(market: Market):
    order = oil(market)
    paid(market, order)
    market.ask(lambda b: b.orders.cancel(order.number, "changed my mind"))
    sent(market, done=False)
    assert standing(market)["refunds"] == 21_000


def test_the_fee_for_bringing_goes_back_when_it_becomes_a_pickup(market: Market):
    order = oil(market)
    paid(market, order)
    market.sell(lambda t: t.as_pickup(order.number))
    assert standing(market) == {
        "rail:mtn-momo": 21_000,
        "seller-pending": 16_200,
        "commission-pending": 1_800,
        "refunds": 3_000,
    }
    sent(market)
    market.sell(lambda t: t.ready(order.number))
    closed(market, order.number)
    there = {"rail:mtn-momo": 18_000, "seller-available": 16_200, "commission": 1_800}
    assert standing(market) == there


def test_money_that_comes_twice_is_owed_back(market: Market):
    order = oil(market)
    paid(market, order)
    assert paid(market, order).outcome is Outcome.OWED
    there = standing(market)
    assert there["rail:mtn-momo"] == 42_000
    assert there["refunds"] == 21_000
    assert there["seller-pending"] == 16_200


def test_late_money_without_goods_is_owed_back(market: Market):
    order = market.buy(("matooke", 1), rail="mtn-momo")
    attempt = market.pay(order)
    market.ask(lambda b: b.orders.cancel(order.number, "no"))
    market.buy(("matooke", 1), phone="+256772000002")
    done = market.do(lambda s: receive_payment(s, UUID(order.id), attempt))
    assert done.outcome is Outcome.OWED
    assert standing(market) == {"rail:mtn-momo": 31_000, "refunds": 31_000}
    sent(market)
    assert standing(market) == {}


def test_late_money_pays_the_successor(market: Market):
    order = oil(market)
    attempt = market.pay(order)
    market.ask(lambda b: b.orders.cancel(order.number, "no"))
    done = market.do(lambda s: receive_payment(s, UUID(order.id), attempt))
    assert done.outcome is Outcome.SUCCESSOR
    assert standing(market)["commission-pending"] == 1_800


def test_what_is_too_much_by_now_is_owed_back(market: Market):
    """The prompt's money comes when the order was already taken on for cash, and fetched."""
    order = oil(market)
    attempt = market.pay(order, status="expired")
    market.ask(lambda b: b.orders.choose_cash(order.number))
    market.sell(lambda t: t.accept(order.number))
    market.sell(lambda t: t.as_pickup(order.number))

    def comes(scope: Scope) -> Settlement:
        scope.session.get_one(AttemptRow, attempt).status = "succeeded"
        return receive_payment(scope, UUID(order.id), attempt)

    done = market.do(comes)
    assert done.refund is not None
    there = standing(market)
    assert there["refunds"] == 3_000
    assert there["seller-pending"] == 16_200


def test_a_rider_owes_the_cash_until_it_is_handed_over(market: Market):
    order = oil(market, rail="cash")
    market.sell(lambda t: t.accept(order.number))
    brought(market, order.number)
    rider: UUID = market.ride("Okello", lambda r: r._rider.id)
    assert standing(market) == {
        f"rider-cash:{rider}": 21_000,
        "seller-cash": 16_200,
        "commission": 1_800,
        f"rider-earnings:{rider}": 3_000,
    }
    market.do(lambda s: handed_over(s, rider, ugx(10_000), "hand-over:1"))
    assert standing(market)["seller-cash"] == 6_200
    market.do(lambda s: handed_over(s, rider, ugx(11_000), "hand-over:2"))
    assert standing(market) == {
        "seller-owes": 4_800,
        "commission": 1_800,
        f"rider-earnings:{rider}": 3_000,
    }
    with pytest.raises(OverdrawnError):
        market.do(lambda s: handed_over(s, rider, ugx(1), "hand-over:3"))


def test_a_seller_who_takes_the_cash_owes_the_commission(market: Market):
    order = oil(market, rail="cash")
    market.sell(lambda t: t.accept(order.number))
    market.sell(lambda t: t.picked(order.number))
    closed(market, order.number)
    assert standing(market) == {"seller-owes": 1_800, "commission": 1_800}


def _pay_from_wallet(market: Market, order: Order, person: UUID) -> None:
    def work(scope: Scope) -> None:
        row = locked(scope, order_id=UUID(order.id))
        assert row is not None
        row.rail, row.payment_status = "wallet", "paid"
        assert paid_from_wallet(scope, row, person)

    market.do(work)


def test_a_wallet_pays_and_gets_back_at_once(market: Market):
    order = oil(market)
    person = top_up(market, AMINA, 30_000)
    _pay_from_wallet(market, order, person)
    assert standing(market)[f"wallet:{person}"] == 9_000
    assert standing(market)["seller-pending"] == 16_200
    market.ask(lambda b: b.orders.cancel(order.number, "no"))
    assert standing(market) == {"rail:mtn-momo": 30_000, f"wallet:{person}": 30_000}
    assert market.order(order.number).payment_status.value == "refunded"


def test_an_empty_wallet_pays_nothing(market: Market):
    order = oil(market)
    person = top_up(market, AMINA, 20_999)
    with pytest.raises(OverdrawnError) as short:
        _pay_from_wallet(market, order, person)
    assert short.value.there == ugx(20_999)
