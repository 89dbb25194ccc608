"""Links and one-time codes: passed on to the customer, and back to the provider, on both databases."""

from collections.abc import Callable
from uuid import UUID

import pytest
from sqlalchemy import text

from bot.vault import FernetVault, new_key
from flows.happenings import CodeWanted, OrderPaid, PaymentLink, ToppedUp
from flows.money import Money
from flows.ports.payments import Attempt
from flows.ports.refusals import NoCodeWanted
from payments.due import anything_due, codes_due
from payments.rail import Rails
from payments.taking.codes import hand_on
from payments.taking.submitting import submit
from store.transaction import Sessions
from tests.fakes.flutterwave import flutterwave_house
from tests.fakes.paying import Clock, Market, make_market
from tests.fakes.paystacking import NIGERIAN, Emulated

# Whoever has this number is sent this code (Paystack, "Test Payments").
CODER, CODE = "+2250700000000", "1234"
Build = Callable[[str, str], Market]


@pytest.fixture
def build(sessions: Sessions, clock: Clock, paystack: Emulated) -> Build:
    def make(country: str, currency: str) -> Market:
        rails = Rails({"paystack": paystack.rail}, vault=FernetVault([new_key()]))
        takes = ("paystack", "wallet")
        return make_market(sessions, clock, rails, takes=takes, country=country, currency=currency)

    return make


def asked(market: Market, payer: str, currency: str, minor: int = 480) -> tuple[int, UUID]:
    number = market.order(minor, currency=currency, rail="paystack")
    attempt = market.at_shop(lambda scope: market.port(scope).open(number, "paystack", payer))
    assert isinstance(attempt, Attempt), attempt
    submit(market.world, UUID(attempt.id))
    return number, UUID(attempt.id)


def handed(market: Market, number: int | None, code: str) -> object:
    return market.at_shop(lambda scope: market.port(scope).hand_on(number, code))


def everything(market: Market) -> str:
    tables = ("payment_attempts", "payment_history", "facts")
    return market.world.read(
        lambda session: "\n".join(
            str(row) for table in tables for row in session.execute(text(f"SELECT * FROM {table}"))
        )
    )


def test_a_code_is_asked_for_handed_on_and_forgotten(build: Build) -> None:
    market = build("CI", "XOF")
    number, attempt_id = asked(market, CODER, "XOF")
    assert market.attempt(attempt_id).status == "pending"
    assert len(market.heard(CodeWanted)) == 1
    market.after(seconds=10)
    assert len(market.heard(CodeWanted)) == 1
    seen = handed(market, number, CODE)
    assert isinstance(seen, Attempt)
    assert not seen.wants_code
    assert market.woken[-1].codes == {attempt_id}
    assert f"'{CODE}'" not in everything(market)
    hand_on(market.world, attempt_id)
    assert market.attempt(attempt_id).code is None
    market.after(seconds=30)
    assert market.order_row(number).payment_status == "paid"
    assert len(market.heard(OrderPaid)) == 1


def test_a_wrong_code_is_asked_for_again(build: Build) -> None:
    market = build("CI", "XOF")
    number, attempt_id = asked(market, CODER, "XOF")
    handed(market, number, "0000")
    hand_on(market.world, attempt_id)
    assert len(market.heard(CodeWanted)) == 2
    assert market.attempt(attempt_id).wants_code
    handed(market, number, CODE)
    hand_on(market.world, attempt_id)
    market.after(seconds=10)
    assert market.order_row(number).payment_status == "paid"


def test_a_code_whose_wake_up_was_lost_is_handed_on_by_the_clock(build: Build) -> None:
    market = build("CI", "XOF")
    number, _ = asked(market, CODER, "XOF")
    assert not market.world.read(lambda session: anything_due(session, market.clock.now()))
    handed(market, number, CODE)
    assert market.world.read(lambda session: anything_due(session, market.clock.now()))
    assert codes_due(market.world) == 1
    assert codes_due(market.world) == 0
    market.after(seconds=10)
    assert market.order_row(number).payment_status == "paid"


def test_a_code_that_may_have_been_lost_on_the_way_charges_once(
    build: Build, paystack: Emulated
) -> None:
    market = build("CI", "XOF")
    number, attempt_id = asked(market, CODER, "XOF")
    handed(market, number, CODE)
    paystack.wallets.faults.dropped = 1
    hand_on(market.world, attempt_id)
    assert market.attempt(attempt_id).code is None
    market.after(seconds=10)
    if market.order_row(number).payment_status != "paid":
        handed(market, number, CODE)
        hand_on(market.world, attempt_id)
        market.after(seconds=30)
    assert market.order_row(number).payment_status == "paid"
    assert len(market.heard(OrderPaid)) == 1
    assert paystack.only.requests == 1


def test_a_code_that_nobody_wants_is_refused(build: Build) -> None:
    market = build("NG", "NGN")
    number, _ = asked(market, NIGERIAN, "NGN", 48_000)
    assert handed(market, number, CODE) == NoCodeWanted()
    assert handed(market, None, CODE) == NoCodeWanted()
    assert handed(market, 999, CODE) == NoCodeWanted()


def test_an_attempt_that_ends_forgets_its_code(build: Build, paystack: Emulated) -> None:
    market = build("CI", "XOF")
    number, attempt_id = asked(market, CODER, "XOF")
    handed(market, number, CODE)
    paystack.wallets.refuse(str(attempt_id))
    market.after(seconds=10)
    assert market.attempt(attempt_id).status == "failed"
    assert market.attempt(attempt_id).code is None


def test_a_top_ups_code_is_handed_on(build: Build) -> None:
    market = build("CI", "XOF")
    amount = Money(5_000, "XOF")
    attempt = market.at_shop(lambda scope: market.top_ups(scope).open(amount, "paystack", CODER))
    assert isinstance(attempt, Attempt)
    submit(market.world, UUID(attempt.id))
    assert isinstance(handed(market, None, CODE), Attempt)
    hand_on(market.world, UUID(attempt.id))
    market.after(seconds=10)
    assert market.wallet("XOF") == 5_000
    assert len(market.heard(ToppedUp)) == 1


def test_a_link_is_told_once(build: Build, paystack: Emulated) -> None:
    market = build("NG", "NGN")
    number, attempt_id = asked(market, NIGERIAN, "NGN", 48_000)
    market.after(seconds=10)
    (told,) = market.heard(PaymentLink)
    assert isinstance(told, PaymentLink)
    assert told.attempt.link == paystack.only.link
    assert market.attempt(attempt_id).payer == ""
    paystack.wallets.approve(str(attempt_id))
    market.after(seconds=30)
    assert market.order_row(number).payment_status == "paid"


def test_a_link_that_nobody_has_followed_yet_is_made_once(sessions: Sessions, clock: Clock) -> None:
    with flutterwave_house(clock) as house:
        rails = Rails({"flutterwave": house.rail})
        market = make_market(sessions, clock, rails, takes=("flutterwave",))
        number = market.order(rail="flutterwave")
        attempt = market.at_shop(lambda scope: market.port(scope).open(number, "flutterwave", ""))
        assert isinstance(attempt, Attempt), attempt
        submit(market.world, UUID(attempt.id))
        for _ in range(5):
            market.after(seconds=60)
        assert len(house.wallets.all()) == 1
        assert len(market.heard(PaymentLink)) == 1
        assert market.attempt(UUID(attempt.id)).status == "pending"
