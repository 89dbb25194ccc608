"""Every sentence of Flutterwave's, from the page to what the customer can do."""

from collections.abc import Iterator

import pytest

from flows.ports.payments import AttemptStatus, NextStep
from payments.flutterwave.reasons import REASONS
from tests.fakes.flutterwave import FlutterwaveHouse, flutterwave_house
from tests.fakes.paying import Clock, charge

N = NextStep

# Written down a second time, so that a slip in the table shows.
PAYERS = {
    "Activity timed out": N.TRY_AGAIN,
    "An IOException was thrown while trying to execute the Http method": N.WAIT,
    "Declined due to limit rule: would exceed the daily transfer limit": N.CALL_OPERATOR,
    "External validation failed for the C2B transaction": N.TRY_AGAIN,
    "Internal Server Error": N.WAIT,
    "System internal error": N.WAIT,
    "The Http Server replied with a 5XX status code": N.WAIT,
    "The balance is insufficient for the transaction": N.TOP_UP,
    "The initiator information is invalid": N.TRY_AGAIN,
    "Declined by Financial Institution": N.CALL_OPERATOR,
    "Do Not Honour": N.CALL_OPERATOR,
    "Insufficient Funds": N.TOP_UP,
    "LOW_BALANCE_OR_PAYEE_LIMIT_REACHED_OR_NOT_ALLOWED": N.TOP_UP,
    "Transaction Failed": N.TRY_AGAIN,
}
OURS = {
    "Unable to obtain user details": N.OTHER_NUMBER,
    "beneficiary_name is required": N.ASK_SHOP,
    "Insufficient wallet balance": N.ASK_SHOP,
    "wallet currently restricted. please contact administrator": N.ASK_SHOP,
    "Cannot refund non-existent/unauthorized transaction": N.ASK_SHOP,
    "already-refunded": N.WAIT,
    "no-charge": N.ASK_SHOP,
    "no-link": N.WAIT,
    "no-network": N.OTHER_NUMBER,
    "refund-failed": N.ASK_SHOP,
    "refund-not-seen": N.WAIT,
    "refund-unmatched": N.ASK_SHOP,
    "http-400": N.ASK_SHOP,
    "http-401": N.ASK_SHOP,
    "http-403": N.ASK_SHOP,
    "http-429": N.WAIT,
    "http-500": N.WAIT,
    "http-502": N.WAIT,
    "http-503": N.WAIT,
    "http-504": N.WAIT,
}


@pytest.fixture
def house(clock: Clock) -> Iterator[FlutterwaveHouse]:
    with flutterwave_house(clock) as made:
        yield made


def test_every_row_is_walked(house: FlutterwaveHouse) -> None:
    assert {**PAYERS, **OURS}.keys() == REASONS.keys()
    assert {code: house.rail.next_step(code) for code in OURS} == OURS


@pytest.mark.parametrize("said", ["{}", "[MpesaCB - ]{}.", "[Controller - ]{}"])
def test_a_failed_try_waits_with_what_can_be_done(house: FlutterwaveHouse, said: str) -> None:
    for code, step in PAYERS.items():
        asked = charge()
        house.rail.request(asked)
        house.wallets.fail(str(asked.reference), said.format(code))
        status = house.rail.status(asked.reference)
        if said.format(code) == house.wallets.dialect.lapsed:
            # Nobody had begun: there is no transaction.
            assert status.state is None
            continue
        assert (status.state, status.code, status.known) == (AttemptStatus.PENDING, code, True)
        assert house.rail.next_step(status.code) is step


def test_a_prompt_that_lapsed_on_the_phone_says_so(house: FlutterwaveHouse, clock: Clock) -> None:
    asked = charge()
    house.rail.request(asked)
    house.only.extra["begun"] = "yes"
    clock.pass_by(minutes=31)
    status = house.rail.status(asked.reference)
    assert (status.state, status.code) == (AttemptStatus.PENDING, "Activity timed out")


def test_a_sentence_that_no_table_has_is_counted_and_no_end(house: FlutterwaveHouse) -> None:
    asked = charge()
    house.rail.request(asked)
    house.wallets.fail(str(asked.reference), "The moon is wrong, call 0772123456")
    status = house.rail.status(asked.reference)
    assert (status.state, status.known) == (AttemptStatus.PENDING, False)
    assert status.code == "The moon is wrong, call #"
