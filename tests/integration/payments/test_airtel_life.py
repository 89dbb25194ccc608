"""An order that is paid by Airtel Money, from the prompt to the money's way back."""

from collections.abc import Iterator
from uuid import UUID

import pytest

from flows.happenings import RefundDone
from flows.money import Money
from flows.ports.payments import Attempt
from payments.cash import Cash
from payments.rail import Rails
from payments.sending.refunds import submit_refund
from payments.taking.submitting import submit
from store.models import RefundRow, ShopRow
from store.orders.refunds import owe_refund
from store.transaction import Sessions
from tests.fakes.airtel import PAYER, EmulatedAirtel, emulated_airtel
from tests.fakes.airtel_answers import scripted_airtel
from tests.fakes.paying import Clock, Market, make_market


@pytest.fixture
def airtel(clock: Clock) -> Iterator[EmulatedAirtel]:
    with emulated_airtel(clock) as emulated:
        yield emulated


@pytest.fixture
def market(sessions: Sessions, clock: Clock, airtel: EmulatedAirtel) -> Market:
    return by_airtel(make_market(sessions, clock, Rails({"airtel": airtel.rail, "cash": Cash()})))


def by_airtel(market: Market) -> Market:
    """Its shop takes Airtel Money."""

    def takes(shop: ShopRow) -> None:
        shop.settings = {"payments": {"rails": ["airtel", "cash"], "credentials": {}}}

    market.at_shop(lambda scope: takes(scope.shop))
    return market


def prompted(market: Market, number: int) -> UUID:
    attempt = market.at_shop(lambda scope: market.port(scope).open(number, "airtel", PAYER))
    assert isinstance(attempt, Attempt), attempt
    submit(market.world, UUID(attempt.id))
    return UUID(attempt.id)


def test_an_approved_prompt_pays_the_order(market: Market, airtel: EmulatedAirtel) -> None:
    number = market.order()
    attempt_id = prompted(market, number)
    airtel.wallets.approve(str(attempt_id))
    market.after(seconds=10)
    assert market.order_row(number).payment_status == "paid"
    attempt = market.attempt(attempt_id)
    assert (attempt.status, attempt.provider_id) == ("succeeded", airtel.only.transaction)
    assert airtel.only.requests == 1


def test_another_amount_is_held_for_review(market: Market, airtel: EmulatedAirtel) -> None:
    number = market.order()
    attempt_id = prompted(market, number)
    airtel.wallets.faults.other_amount = "47000"
    airtel.wallets.approve(str(attempt_id))
    market.after(seconds=10)
    assert market.order_row(number).payment_status == "pending"
    assert (market.attempt(attempt_id).status, market.attempt(attempt_id).got) == (
        "review",
        "47000 UGX",
    )


def test_a_dropped_connection_is_asked_about_and_never_charged_twice(
    market: Market, airtel: EmulatedAirtel
) -> None:
    airtel.wallets.faults.dropped = 1
    number = market.order()
    attempt_id = prompted(market, number)
    assert market.attempt(attempt_id).status == "unknown"
    airtel.wallets.approve(str(attempt_id))
    market.after(seconds=10)
    assert market.order_row(number).payment_status == "paid"
    assert airtel.only.requests == 1


def test_a_request_that_never_arrived_goes_again_under_its_reference(
    market: Market, airtel: EmulatedAirtel
) -> None:
    airtel.wallets.faults.errors = 1
    number = market.order()
    attempt_id = prompted(market, number)
    assert not airtel.wallets.all()
    market.after(seconds=10)
    assert (airtel.only.reference, airtel.only.requests) == (str(attempt_id), 1)
    airtel.wallets.approve(str(attempt_id))
    market.after(seconds=30)
    assert market.order_row(number).payment_status == "paid"


def test_what_airtel_said_it_had_taken_is_not_sent_again_when_it_cannot_find_it(
    sessions: Sessions, clock: Clock
) -> None:
    with scripted_airtel(clock) as scripted:
        market = by_airtel(make_market(sessions, clock, Rails({"airtel": scripted.rail})))
        scripted.says(200, {"status": {"response_code": "DP00800001006", "success": True}})
        attempt_id = prompted(market, market.order())
        scripted.says(404, {"status": {"response_code": "DP00800001025", "success": False}})
        for _ in range(4):
            market.after(seconds=60)
        assert market.attempt(attempt_id).status == "pending"
        market.after(minutes=5)
        assert market.attempt(attempt_id).status == "expired"
        assert [call for call in scripted.heard if call.startswith("POST")] == [
            "POST /merchant/v1/payments/"
        ]


def test_a_refusal_of_what_was_sent_before_says_nothing_about_the_first(
    sessions: Sessions, clock: Clock
) -> None:
    with scripted_airtel(clock) as scripted:
        market = by_airtel(make_market(sessions, clock, Rails({"airtel": scripted.rail})))
        number = market.order()
        scripted.says(502, {}, "POST")
        scripted.says(404, {"status": {"response_code": "DP00800001025"}}, "GET")
        attempt_id = prompted(market, number)
        scripted.says(400, {"status": {"response_code": "DP00800007777"}}, "POST")
        market.after(seconds=10)
        assert market.attempt(attempt_id).status == "unknown"
        assert scripted.heard.count("POST /merchant/v1/payments/") == 2
        scripted.says(200, {"data": {"transaction": {"status": "TS"}}}, "GET")
        market.after(seconds=30)
        assert market.order_row(number).payment_status == "paid"


def test_an_ambiguous_payment_is_asked_about_until_it_is_known(
    market: Market, airtel: EmulatedAirtel
) -> None:
    number = market.order()
    attempt_id = prompted(market, number)
    airtel.wallets.fail(str(attempt_id), "DP00800001000")
    market.after(seconds=10)
    assert market.attempt(attempt_id).status == "unknown"
    market.after(minutes=6)
    assert market.attempt(attempt_id).status == "expired"
    prompt = airtel.only
    prompt.status, prompt.reason, prompt.transaction = prompt.status.TAKEN, None, "MP1"
    market.after(minutes=5)
    assert market.order_row(number).payment_status == "paid"


def test_too_little_money_fails_the_attempt_and_leaves_the_order(
    market: Market, airtel: EmulatedAirtel
) -> None:
    number = market.order()
    attempt_id = prompted(market, number)
    airtel.wallets.fail(str(attempt_id))
    market.after(seconds=10)
    attempt = market.attempt(attempt_id)
    assert (attempt.status, attempt.reason_code) == ("failed", "DP00800001007")
    assert market.order_row(number).status == "pending"


def owed(market: Market, airtel: EmulatedAirtel, minor: int) -> tuple[int, UUID]:
    """The number of a paid order, and the id of a refund that is owed on it."""
    number = market.order()
    airtel.wallets.approve(str(prompted(market, number)))
    market.after(seconds=10)
    order_id = market.order_row(number).id
    refund = market.at_shop(
        lambda scope: owe_refund(scope, order_id, Money(minor, "UGX"), "cancelled")
    )
    assert refund is not None
    return number, refund.id


def only_refund(market: Market) -> RefundRow:
    (refund,) = market.refunds()
    return refund


@pytest.mark.parametrize(("minor", "status"), [(48_000, "refunded"), (4_800, "partial")])
def test_money_goes_back_whole_or_in_part(
    market: Market, airtel: EmulatedAirtel, minor: int, status: str
) -> None:
    number, refund_id = owed(market, airtel, minor)
    submit_refund(market.world, refund_id)
    submit_refund(market.world, refund_id)
    market.after(seconds=10)
    assert only_refund(market).status == "succeeded"
    assert market.order_row(number).payment_status == status
    assert market.heard(RefundDone)
    sent = [*airtel.wallets.refunds(), *airtel.wallets.payouts()]
    assert [back.amount for back in sent] == [str(minor)]


def test_a_reversal_without_an_answer_waits_for_a_person_and_is_not_repeated(
    market: Market, airtel: EmulatedAirtel
) -> None:
    _, refund_id = owed(market, airtel, 48_000)
    airtel.wallets.faults.dropped = 1
    submit_refund(market.world, refund_id)
    assert only_refund(market).status == "unknown"
    market.after(seconds=10)
    refund = only_refund(market)
    assert (refund.status, refund.reason_code) == ("stuck", "no-refund-enquiry")
    market.after(minutes=30)
    assert len(airtel.wallets.refunds()) == 1


def test_a_reversal_that_airtel_had_no_time_for_goes_again(
    market: Market, airtel: EmulatedAirtel
) -> None:
    _, refund_id = owed(market, airtel, 48_000)
    airtel.wallets.faults.busy = 2
    submit_refund(market.world, refund_id)
    assert only_refund(market).status == "created"
    market.after(seconds=10)
    assert only_refund(market).status == "created"
    market.after(seconds=20)
    assert only_refund(market).status == "pending"
    market.after(seconds=30)
    assert only_refund(market).status == "succeeded"
    assert len(airtel.wallets.refunds()) == 1


def test_a_reversal_that_never_left_for_a_day_waits_for_a_person(
    market: Market, airtel: EmulatedAirtel
) -> None:
    _, refund_id = owed(market, airtel, 48_000)
    airtel.wallets.faults.busy = 1000
    submit_refund(market.world, refund_id)
    for _ in range(60):
        market.after(minutes=30)
    assert only_refund(market).status == "stuck"
    assert not airtel.wallets.refunds()


def test_a_part_without_an_answer_is_asked_about(market: Market, airtel: EmulatedAirtel) -> None:
    _, refund_id = owed(market, airtel, 4_800)
    airtel.wallets.faults.dropped = 1
    submit_refund(market.world, refund_id)
    market.after(seconds=10)
    assert only_refund(market).status == "succeeded"
    (sent,) = airtel.wallets.payouts()
    assert sent.requests == 1
