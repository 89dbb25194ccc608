"""Money that is kept apart, and money that leaves for a phone: the postings alone."""

from uuid import UUID

import pytest
from ledger_books import brought, closed, engine_of, oil, paid, payout_of, standing
from market import Market, ugx

from flows.money import Money
from store.ledger import (
    Account,
    Kind,
    OverdrawnError,
)
from store.models import AttemptRow
from store.orders.settlement import receive_payment
from store.postings import (
    held_for_review,
    payout_paid,
    payout_reserved,
    payout_returned,
    review_accepted,
    review_given_back,
)
from store.proof import prove
from store.scope import Scope

WALLET, RAIL = Account(Kind.WALLET, "amina"), Account(Kind.RAIL, "mtn-momo")
AVAILABLE, OWES = Account(Kind.SELLER_AVAILABLE), Account(Kind.SELLER_OWES)


@pytest.mark.parametrize(
    ("got", "seller", "back"), [(21_000, 16_200, 0), (25_000, 16_200, 4_000), (20_000, 15_200, 0)]
)
def test_held_money_that_is_accepted(market: Market, got: int, seller: int, back: int):
    order = oil(market)
    attempt = market.pay(order, status="review")
    held = market.do(lambda s: held_for_review(s, s.session.get_one(AttemptRow, attempt), ugx(got)))
    assert held
    assert standing(market) == {"rail:mtn-momo": got, "suspense": got}
    market.do(lambda s: review_accepted(s, s.session.get_one(AttemptRow, attempt), ugx(got)))
    there = standing(market)
    assert there["seller-pending"] == seller
    assert there.get("refunds", 0) == back
    again = market.do(
        lambda s: review_given_back(s, s.session.get_one(AttemptRow, attempt), ugx(got))
    )
    assert not again


def test_no_more_goes_back_than_came(market: Market):
    """The shop took 20,000 for an order of 21,000, and then could not deliver."""
    order = oil(market)
    attempt = market.pay(order, status="review")

    def taken(scope: Scope) -> None:
        row = scope.session.get_one(AttemptRow, attempt)
        held_for_review(scope, row, ugx(20_000))
        review_accepted(scope, row, ugx(20_000))
        row.status = "succeeded"
        scope.session.flush()
        receive_payment(scope, UUID(order.id), attempt)

    market.do(taken)
    market.sell(lambda t: t.refuse(order.number, "none left"))
    assert standing(market) == {"rail:mtn-momo": 20_000, "refunds": 20_000}
    assert prove(engine_of(market)).finding is None


def test_held_money_in_another_currency_is_given_back(market: Market):
    order = oil(market)
    attempt = market.pay(order, status="review")
    got = Money(2_000, "KES")
    market.do(lambda s: held_for_review(s, s.session.get_one(AttemptRow, attempt), got))
    market.do(lambda s: review_given_back(s, s.session.get_one(AttemptRow, attempt), got))
    assert standing(market) == {}
    assert standing(market, "KES") == {"rail:mtn-momo": 2_000, "refunds": 2_000}


@pytest.fixture
def earning(market: Market) -> Market:
    """The seller can have 16,200 and owes 1,800."""
    order = oil(market)
    paid(market, order)
    brought(market, order.number)
    second = oil(market, rail="cash")
    market.sell(lambda t: t.accept(second.number))
    market.sell(lambda t: t.picked(second.number))
    closed(market, second.number)
    assert standing(market)["seller-owes"] == 1_800
    return market


def test_a_payout_takes_off_what_is_owed(earning: Market):
    payout = payout_of(AVAILABLE, 14_000, 400)
    earning.do(lambda s: payout_reserved(s, payout))
    there = standing(earning)
    assert "seller-owes" not in there
    assert "seller-available" not in there
    assert (there["payouts"], there["fees"]) == (14_000, 400)
    earning.do(lambda s: payout_paid(s, payout))
    assert standing(earning)["rail:mtn-momo"] == 7_000
    assert not earning.do(lambda s: payout_returned(s, payout))


def test_a_payout_that_fails_is_back_with_its_fee(earning: Market):
    payout = payout_of(AVAILABLE, 14_000, 400)
    earning.do(lambda s: payout_reserved(s, payout))
    earning.do(lambda s: payout_returned(s, payout))
    there = standing(earning)
    assert there["seller-available"] == 14_400
    assert "payouts" not in there


def test_no_payout_of_what_is_owed(earning: Market):
    with pytest.raises(OverdrawnError):
        earning.do(lambda s: payout_reserved(s, payout_of(AVAILABLE, 14_401, 0)))
