"""Orders paid on Flutterwave's pages, and every way in which that goes wrong, on both databases."""

import json
from collections.abc import Iterator
from uuid import UUID, uuid4

import pytest
import requests

from bot.hub.money import heard
from flows.happenings import (
    LateMoney,
    OrderPaid,
    PaymentFailed,
    PaymentInReview,
    PaymentLink,
    PaymentMismatch,
    PaymentStillOpen,
)
from flows.notices import notices
from flows.ports.payments import AttemptStatus, NextStep
from flows.ports.refusals import PromptOpen
from payments.cash import Cash
from payments.checking.deciding import Decision, accept
from payments.checking.reconciliation import reconcile
from payments.due import poll_due
from payments.rail import Rails
from store.proof import prove
from tests.fakes.flutterwave import SIGNED, FlutterwaveHouse, flutterwave_house, opened, takes
from tests.fakes.paying import Clock, Market
from tests.fakes.trade import SHOP


@pytest.fixture
def house(clock: Clock) -> Iterator[FlutterwaveHouse]:
    with flutterwave_house(clock) as made:
        yield made


@pytest.fixture
def rails(house: FlutterwaveHouse) -> Rails:
    return Rails({"flutterwave": house.rail, "cash": Cash()})


@pytest.fixture(autouse=True)
def shop_takes_it(market: Market) -> Iterator[None]:
    """Whatever went wrong, its books are right at the end."""
    takes(market, "flutterwave", "cash")
    yield
    assert prove(market.sessions.kw["bind"]).finding is None


def links(market: Market) -> list[str]:
    told = [one for one in market.told if isinstance(one, PaymentLink)]
    return [one.attempt.link or "" for one in told]


def called(market: Market, told: object, **headers: str) -> int:
    """How the door answers a call."""
    body = told if isinstance(told, bytes) else json.dumps(told).encode()
    return heard(market.world, "flutterwave", "", headers or SIGNED, body)


def completed(reference: UUID, status: str = "successful") -> object:
    return {"event": "charge.completed", "data": {"tx_ref": str(reference), "status": status}}


def test_a_yes_becomes_a_link_and_paying_on_it_pays_the_order(
    market: Market, house: FlutterwaveHouse
) -> None:
    number = market.order()
    attempt_id = opened(market, number)
    assert links(market) == [house.only.link]
    requests.post(links(market)[0], data={"answer": "pay"}, timeout=5, allow_redirects=False)
    market.after(seconds=10)
    assert market.attempt(attempt_id).status == "succeeded"
    assert market.attempt(attempt_id).provider_id == house.only.transaction
    assert market.order_row(number).payment_status == "paid"
    assert len(market.heard(OrderPaid)) == 1


def test_one_link_is_enough_however_often_nobody_has_paid(
    market: Market, house: FlutterwaveHouse
) -> None:
    attempt_id = opened(market, market.order())
    expires_at = market.attempt(attempt_id).expires_at
    for _ in range(5):
        market.after(minutes=5)
    assert len(house.wallets.all()) == len(links(market)) == 1
    assert market.attempt(attempt_id).status == "pending"
    assert market.attempt(attempt_id).expires_at == expires_at
    market.after(minutes=5)
    assert market.attempt(attempt_id).status == "expired"
    (told,) = market.heard(PaymentFailed)
    assert isinstance(told, PaymentFailed)
    assert told.attempt.next is NextStep.TRY_AGAIN


@pytest.mark.parametrize("fault", ["dropped", "errors", "fell"])
def test_a_link_that_never_reached_us_is_asked_for_again(
    market: Market, house: FlutterwaveHouse, fault: str
) -> None:
    setattr(house.wallets.faults, fault, 1)
    number = market.order()
    attempt_id = opened(market, number)
    assert market.attempt(attempt_id).status == "unknown"
    assert not links(market)
    market.after(seconds=10)
    assert len(links(market)) == 1
    requests.post(links(market)[0], data={"answer": "pay"}, timeout=5, allow_redirects=False)
    market.after(seconds=30)
    assert market.order_row(number).payment_status == "paid"
    assert {prompt.extra["tx_ref"] for prompt in house.wallets.all()} == {str(attempt_id)}


def test_a_429_is_met_again_later(market: Market, house: FlutterwaveHouse) -> None:
    house.wallets.faults.busy = 1
    attempt_id = opened(market, market.order())
    assert market.attempt(attempt_id).status == "submitted"
    market.after(seconds=10)
    assert market.attempt(attempt_id).status == "pending"
    assert len(links(market)) == 1


def test_a_failed_try_leaves_the_page_open_and_is_told_at_its_end(
    market: Market, house: FlutterwaveHouse
) -> None:
    number = market.order()
    attempt_id = opened(market, number)
    house.wallets.fail(str(attempt_id))
    market.after(seconds=10)
    assert market.attempt(attempt_id).status == "pending"
    assert isinstance(
        market.at_shop(lambda scope: market.port(scope).open(number, "flutterwave", "")), PromptOpen
    )
    market.after(minutes=30)
    (told,) = market.heard(PaymentFailed)
    assert isinstance(told, PaymentFailed)
    assert (told.attempt.status, told.attempt.next) == (AttemptStatus.EXPIRED, NextStep.TOP_UP)


def test_a_second_try_after_a_failed_one_pays(market: Market, house: FlutterwaveHouse) -> None:
    number = market.order()
    attempt_id = opened(market, number)
    house.wallets.fail(str(attempt_id))
    market.after(seconds=10)
    house.wallets.approve(house.pages.again(str(attempt_id)))
    market.after(seconds=20)
    assert market.order_row(number).payment_status == "paid"
    assert market.attempt(attempt_id).provider_id == house.wallets.all()[1].transaction


def test_late_money_is_never_lost(market: Market, house: FlutterwaveHouse) -> None:
    number = market.order()
    attempt_id = opened(market, number)
    house.wallets.faults.pending_for_ever = True
    house.wallets.approve(str(attempt_id))
    market.after(minutes=30)
    assert market.attempt(attempt_id).status == "expired"
    market.change_order(number, status="cancelled")
    house.wallets.faults.pending_for_ever = False
    market.after(minutes=35)
    assert market.attempt(attempt_id).status == "succeeded"
    assert len(market.heard(LateMoney)) == 1


@pytest.mark.parametrize(
    ("fault", "other", "got"),
    [
        ("other_amount", "47999", "47999 UGX"),
        ("other_amount", "480000000000000000000", "480000000000000000000 UGX"),
        ("other_amount", "1e3", "1e3 UGX"),
        ("other_currency", "KES", "48000 KES"),
    ],
)
def test_other_money_is_held_for_review(
    market: Market, house: FlutterwaveHouse, fault: str, other: str, got: str
) -> None:
    number = market.order()
    attempt_id = opened(market, number)
    setattr(house.wallets.faults, fault, other)
    house.wallets.approve(str(attempt_id))
    market.after(seconds=10)
    assert (market.attempt(attempt_id).status, market.attempt(attempt_id).got) == ("review", got)
    assert market.order_row(number).payment_status == "pending"
    assert len(market.heard(PaymentInReview)) == 1


def test_paid_twice_before_we_looked_is_held_for_review(
    market: Market, house: FlutterwaveHouse
) -> None:
    number = market.order()
    attempt_id = opened(market, number)
    house.wallets.approve(str(attempt_id))
    house.wallets.approve(house.pages.again(str(attempt_id)))
    market.after(seconds=10)
    assert market.attempt(attempt_id).status == "review"
    assert market.attempt(attempt_id).got == "48000 UGX + 48000 UGX"
    assert market.order_row(number).payment_status == "pending"


def test_of_two_payments_that_staff_accept_one_pays_the_order_and_one_goes_back(
    market: Market, house: FlutterwaveHouse
) -> None:
    number = market.order()
    attempt_id = opened(market, number)
    house.wallets.approve(str(attempt_id))
    house.wallets.approve(house.pages.again(str(attempt_id)))
    market.after(seconds=10)
    (review,) = market.reviews()
    decision = Decision("staff")
    market.at_shop(lambda scope: accept(scope, review.id, market.world.rails, decision))
    for _ in range(4):
        market.after(minutes=1)
    assert market.order_row(number).payment_status == "paid"
    (row,) = market.refunds()
    assert (row.status, row.amount) == ("succeeded", 48_000)
    assert [sent.amount for sent in house.wallets.refunds()] == ["48000"]


def test_paid_again_after_it_was_booked_is_found_and_booked_once(
    market: Market, house: FlutterwaveHouse
) -> None:
    number = market.order()
    attempt_id = opened(market, number)
    house.wallets.approve(str(attempt_id))
    market.after(seconds=10)
    house.wallets.approve(house.pages.again(str(attempt_id)))
    assert called(market, completed(attempt_id)) == 200
    poll_due(market.world)
    reconcile(market.world)
    reconcile(market.world)
    assert len(market.heard(PaymentMismatch)) == 1
    assert len(market.heard(OrderPaid)) == 1
    assert market.order_row(number).payment_status == "paid"


def test_i_have_paid_is_answered_with_the_page_that_nobody_has_paid_on(
    market: Market, house: FlutterwaveHouse
) -> None:
    number = market.order()
    opened(market, number)
    market.at_shop(lambda scope: market.port(scope).ask(number))
    poll_due(market.world)
    (told,) = market.heard(PaymentStillOpen)
    (notice,) = notices(told, SHOP)
    assert notice.message.values["link"] == house.only.link


def test_i_have_paid_before_the_link_is_there_promises_it(
    market: Market, house: FlutterwaveHouse
) -> None:
    house.wallets.faults.errors = 2
    number = market.order()
    opened(market, number)
    market.at_shop(lambda scope: market.port(scope).ask(number))
    poll_due(market.world)
    (told,) = market.heard(PaymentStillOpen)
    (notice,) = notices(told, SHOP)
    assert notice.message.key == "paying-link-coming"


def test_after_a_page_nobody_is_asked_for_another_number(market: Market) -> None:
    opened(market, market.order())
    market.after(minutes=30)
    (told,) = market.heard(PaymentFailed)
    (notice,) = notices(told, SHOP)
    assert notice.menu is not None
    assert "other-number" not in {option.id.partition(":")[0] for option in notice.menu.options}


def test_a_call_only_makes_us_ask(market: Market, house: FlutterwaveHouse) -> None:
    number = market.order()
    attempt_id = opened(market, number)
    for _ in range(3):
        assert called(market, completed(attempt_id)) == 200
        poll_due(market.world)
    assert market.order_row(number).payment_status == "pending"
    house.wallets.approve(str(attempt_id))
    assert called(market, completed(attempt_id, "failed")) == 200
    poll_due(market.world)
    assert market.order_row(number).payment_status == "paid"
    assert called(market, completed(attempt_id)) == 200
    assert len(market.heard(OrderPaid)) == 1


def test_a_call_that_nobody_signed_wakes_nobody(market: Market, house: FlutterwaveHouse) -> None:
    attempt_id = opened(market, market.order())
    woken = len(market.woken)
    assert called(market, completed(attempt_id), **{"verif-hash": "guessed"}) == 403
    assert called(market, completed(attempt_id), other="header") == 403
    assert len(market.woken) == woken


@pytest.mark.parametrize("told", [b"", b"\x00\xff", b"[]", {"event": "charge.completed"}])
def test_rubbish_with_the_secret_harms_nobody(market: Market, told: object) -> None:
    woken = len(market.woken)
    assert called(market, told) == 200
    assert len(market.woken) == woken


def test_a_call_about_somebody_elses_money_wakes_nobody(market: Market) -> None:
    woken = len(market.woken)
    assert called(market, completed(uuid4())) == 200
    assert not [one for one in market.woken[woken:] if one.asked]


@pytest.mark.parametrize("fault", ["dropped", "errors", "fell"])
def test_after_an_unknown_outcome_a_refund_goes_out_once(
    market: Market, house: FlutterwaveHouse, fault: str
) -> None:
    number = market.order()
    first = opened(market, number)
    house.wallets.faults.pending_for_ever = True
    house.wallets.approve(str(first))
    market.after(minutes=30)
    second = opened(market, number)
    house.wallets.approve(str(second))
    house.wallets.faults.pending_for_ever = False
    setattr(house.wallets.faults, fault, 1)
    for _ in range(12):
        market.after(minutes=5)
    assert {market.attempt(first).status, market.attempt(second).status} == {"succeeded"}
    (row,) = market.refunds()
    assert (row.status, row.amount) == ("succeeded", 48_000)
    (sent,) = house.wallets.refunds()
    assert row.provider_id == sent.reference
    assert str(row.id) in sent.extra["comments"]
