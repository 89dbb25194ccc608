"""Money for a wallet goes the road of every attempt, on both databases."""

from collections.abc import Iterator
from uuid import UUID

import pytest

from flows.happenings import ToppedUp, TopUpFailed, TopUpInReview, TopUpStillOpen
from flows.money import Money
from flows.ports.payments import Attempt
from flows.ports.refusals import BadAmount, PromptOpen, RailUnavailable
from payments.due import poll_due
from payments.rail import Rails
from payments.taking.submitting import submit
from store.proof import prove
from store.transaction import Sessions
from tests.fakes.paying import PAYER, Clock, Market, Mtn, make_market


@pytest.fixture
def market(sessions: Sessions, clock: Clock, rails: Rails) -> Market:
    return make_market(sessions, clock, rails, takes=("mtn-momo", "wallet"))


@pytest.fixture(autouse=True)
def proven(sessions: Sessions) -> Iterator[None]:
    """Whatever happened, the books are right afterwards."""
    yield
    assert prove(sessions.kw["bind"]).finding is None


def begun(market: Market, minor: int = 20_000) -> UUID:
    attempt = market.top_up(minor)
    assert isinstance(attempt, Attempt), attempt
    assert attempt.order_number is None
    submit(market.world, UUID(attempt.id))
    return UUID(attempt.id)


def test_a_top_up_is_in_the_wallet_once_it_is_approved(market: Market, mtn: Mtn) -> None:
    attempt_id = begun(market)
    assert market.wallet() == 0
    mtn.wallets.approve(str(attempt_id))
    market.after(seconds=10)
    assert market.attempt(attempt_id).status == "succeeded"
    assert market.wallet() == 20_000
    (told,) = market.heard(ToppedUp)
    assert isinstance(told, ToppedUp)
    assert (told.amount, told.balance) == (Money(20_000, "UGX"), Money(20_000, "UGX"))
    market.after(seconds=60)
    assert market.wallet() == 20_000
    assert market.account("rail:mtn-momo") == 20_000


def test_a_rejected_top_up_says_what_to_do(market: Market, mtn: Mtn) -> None:
    attempt_id = begun(market)
    mtn.wallets.refuse(str(attempt_id))
    market.after(seconds=10)
    assert market.wallet() == 0
    (told,) = market.heard(TopUpFailed)
    assert isinstance(told, TopUpFailed)
    assert told.attempt.next is not None


def test_money_for_a_wallet_never_comes_too_late(market: Market, mtn: Mtn) -> None:
    attempt_id = begun(market)
    mtn.wallets.faults.pending_for_ever = True
    mtn.wallets.approve(str(attempt_id))
    market.after(minutes=6)
    assert market.attempt(attempt_id).status == "expired"
    assert len(market.heard(TopUpFailed)) == 1
    mtn.wallets.faults.pending_for_ever = False
    market.after(minutes=30)
    assert market.wallet() == 20_000


def test_one_top_up_at_a_time_and_none_beside_an_orders_prompt(market: Market) -> None:
    first = market.top_up()
    assert isinstance(first, Attempt)
    assert market.top_up() == PromptOpen(PAYER, first.expires_at)
    assert isinstance(market.open(market.order()), PromptOpen)


def test_no_top_up_while_an_orders_prompt_may_take_the_money(market: Market, mtn: Mtn) -> None:
    attempt_id = market.prompted(market.order())
    assert isinstance(market.top_up(), PromptOpen)
    mtn.wallets.approve(str(attempt_id))
    market.after(seconds=10)
    assert isinstance(market.top_up(), Attempt)


def test_what_is_no_amount_is_refused(market: Market) -> None:
    assert isinstance(market.top_up(0), BadAmount)
    assert isinstance(market.top_up(-5), BadAmount)
    kenyan = Money(500, "KES")
    assert isinstance(
        market.at_shop(lambda scope: market.top_ups(scope).open(kenyan, "mtn-momo", PAYER)),
        BadAmount,
    )


def test_a_shop_without_wallets_takes_no_top_up(
    sessions: Sessions, clock: Clock, rails: Rails
) -> None:
    market = make_market(sessions, clock, rails)
    assert market.top_up() == RailUnavailable("wallet")


def test_i_have_paid_asks_about_a_top_up_at_once(market: Market) -> None:
    attempt_id = begun(market)
    asked = market.at_shop(lambda scope: market.top_ups(scope).ask())
    assert asked is not None
    assert market.woken[-1].asked == {attempt_id}
    poll_due(market.world)
    assert len(market.heard(TopUpStillOpen)) == 1


def test_other_money_than_was_asked_for_is_kept_apart(market: Market, mtn: Mtn) -> None:
    attempt_id = begun(market)
    mtn.wallets.faults.other_amount = "5000"
    mtn.wallets.approve(str(attempt_id))
    market.after(seconds=10)
    assert market.wallet() == 0
    assert market.account("suspense") == -5_000
    assert len(market.heard(TopUpInReview)) == 1
    (review,) = market.reviews()
    assert (review.expected, review.got, review.order_id) == (20_000, 5_000, None)
