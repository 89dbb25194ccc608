"""Money of which a person says what becomes of it, on both databases."""

from collections.abc import Iterator
from decimal import Decimal
from uuid import UUID

import pytest

from flows.happenings import MoneyGoesBack, OrderPaid, RefundDone, ToppedUp
from flows.money import Money
from flows.ports.payments import Attempt
from flows.ports.refusals import PromptOpen
from payments.checking.deciding import Decision, DecisionError, accept, give_back
from payments.rail import Rails
from payments.taking.submitting import submit
from store.models import ReviewRow
from store.proof import prove
from store.transaction import Sessions
from tests.fakes.paying import Clock, Market, Mtn, make_market

BY = Decision(by="staff")


@pytest.fixture
def market(sessions: Sessions, clock: Clock, rails: Rails) -> Market:
    return make_market(sessions, clock, rails, takes=("mtn-momo", "wallet"))


@pytest.fixture(autouse=True)
def proven(sessions: Sessions) -> Iterator[None]:
    """Whatever happened, the books are right afterwards."""
    yield
    assert prove(sessions.kw["bind"]).finding is None


def reviewed(market: Market, mtn: Mtn, number: int, amount: str) -> ReviewRow:
    """What came for the order is `amount`."""
    mtn.wallets.faults.other_amount = amount
    attempt_id = market.prompted(number)
    mtn.wallets.approve(str(attempt_id))
    market.after(seconds=10)
    mtn.wallets.faults.other_amount = None
    return market.reviews()[-1]


def accepted(market: Market, review: ReviewRow, decision: Decision = BY) -> str:
    return market.at_shop(lambda scope: accept(scope, review.id, market.world.rails, decision))


def given_back(market: Market, review: ReviewRow) -> str:
    return market.at_shop(lambda scope: give_back(scope, review.id, market.world.rails, BY))


def test_more_than_was_due_pays_and_the_rest_goes_back(market: Market, mtn: Mtn) -> None:
    number = market.order()
    review = reviewed(market, mtn, number, "50000")
    assert market.account("suspense") == -50_000
    accepted(market, review)
    assert market.order_row(number).payment_status == "paid"
    assert len(market.heard(OrderPaid)) == 1
    assert len(market.heard(MoneyGoesBack)) == 1
    market.after(seconds=1)
    market.after(seconds=30)
    (refund,) = market.refunds()
    assert (refund.amount, refund.status) == (2_000, "succeeded")
    assert market.account("suspense") == market.account("refunds") == 0
    assert market.account("rail:mtn-momo") == 48_000
    assert market.order_row(number).payment_status == "paid"


def test_less_than_was_due_pays_only_if_the_shop_bears_it(market: Market, mtn: Mtn) -> None:
    number = market.order()
    review = reviewed(market, mtn, number, "47000")
    with pytest.raises(DecisionError, match="missing"):
        accepted(market, review)
    assert market.order_row(number).payment_status == "pending"
    accepted(market, review, Decision(by="staff", short=True))
    assert market.order_row(number).payment_status == "paid"
    assert market.account("rail:mtn-momo") == 47_000
    assert market.account("suspense") == 0
    assert not market.refunds()


def test_what_is_given_back_leaves_an_order_that_can_be_paid(market: Market, mtn: Mtn) -> None:
    number = market.order()
    review = reviewed(market, mtn, number, "47000")
    assert isinstance(market.open(number), PromptOpen)
    given_back(market, review)
    market.after(seconds=1)
    market.after(seconds=30)
    assert len(market.heard(RefundDone)) == 1
    assert market.account("suspense") == market.account("rail:mtn-momo") == 0
    assert isinstance(market.open(number), Attempt)


def test_another_currency_is_never_taken(market: Market, mtn: Mtn) -> None:
    number = market.order()
    mtn.wallets.faults.other_currency = "EUR"
    attempt_id = market.prompted(number)
    mtn.wallets.approve(str(attempt_id))
    market.after(seconds=10)
    (review,) = market.reviews()
    assert review.got_currency == "EUR"
    with pytest.raises(DecisionError, match="give it back"):
        accepted(market, review)


def test_a_top_up_of_another_amount_is_what_came(market: Market, mtn: Mtn) -> None:
    mtn.wallets.faults.other_amount = "5000"
    attempt = market.top_up()
    assert isinstance(attempt, Attempt)
    submit(market.world, UUID(attempt.id))
    mtn.wallets.approve(attempt.id)
    market.after(seconds=10)
    accepted(market, market.reviews()[0])
    assert market.wallet() == 5_000
    (told,) = market.heard(ToppedUp)
    assert isinstance(told, ToppedUp)
    assert told.amount == Money(5_000, "UGX")


def test_a_top_up_can_be_given_back(market: Market, mtn: Mtn) -> None:
    mtn.wallets.faults.other_amount = "5000"
    attempt = market.top_up()
    assert isinstance(attempt, Attempt)
    submit(market.world, UUID(attempt.id))
    mtn.wallets.approve(attempt.id)
    market.after(seconds=10)
    given_back(market, market.reviews()[0])
    market.after(seconds=1)
    market.after(seconds=30)
    (refund,) = market.refunds()
    assert (refund.order_id, refund.status) == (None, "succeeded")
    assert market.account("refunds") == market.account("rail:mtn-momo") == market.wallet() == 0


def test_a_review_is_decided_once(market: Market, mtn: Mtn) -> None:
    review = reviewed(market, mtn, market.order(), "50000")
    accepted(market, review)
    for decide in (accepted, given_back):
        with pytest.raises(DecisionError, match="closed: accepted by staff"):
            decide(market, review)


def test_an_order_that_is_gone_takes_no_money(market: Market, mtn: Mtn) -> None:
    number = market.order()
    review = reviewed(market, mtn, number, "50000")
    market.change_order(number, status="cancelled")
    with pytest.raises(DecisionError, match="give it back"):
        accepted(market, review)
    given_back(market, review)
    assert [refund.amount for refund in market.refunds()] == [50_000]


def test_an_amount_that_cannot_be_read_is_nobodys_guess(market: Market, mtn: Mtn) -> None:
    review = reviewed(market, mtn, market.order(), "not a number")
    assert review.got is None
    assert market.account("suspense") == 0
    for decide in (accepted, given_back):
        with pytest.raises(DecisionError, match="could not be read"):
            decide(market, review)


def test_what_a_person_reads_at_the_providers_is_decided_about(market: Market, mtn: Mtn) -> None:
    number = market.order()
    review = reviewed(market, mtn, number, "not a number")
    total = Money(market.order_row(number).total, "UGX")
    with pytest.raises(DecisionError, match="more than nothing"):
        accepted(market, review, Decision("staff", came=Decimal(0)))
    with pytest.raises(DecisionError, match="decimals"):
        accepted(market, review, Decision("staff", came=Decimal("0.5")))
    accepted(market, review, Decision("staff", came=total.major))
    assert market.order_row(number).payment_status == "paid"
    assert market.account("suspense") == 0
    assert market.account("rail:mtn-momo") == total.minor


def test_a_refund_that_is_stuck_is_done_by_hand(market: Market, mtn: Mtn) -> None:
    number = market.order()
    review = reviewed(market, mtn, number, "47000")
    mtn.wallets.faults.refund_reason = "NOT_ENOUGH_FUNDS"
    given_back(market, review)
    market.after(seconds=1)
    market.after(seconds=30)
    stuck = market.reviews()[-1]
    assert stuck.kind == "refund-stuck"
    assert market.account("refunds") == -47_000
    accepted(market, stuck)
    assert market.refunds()[0].status == "succeeded"
    assert market.account("refunds") == 0
