"""Every row of Airtel's codes, from the wallet and from the gateway to what a person can do next."""

from collections.abc import Iterator

import pytest

from flows.ports.payments import AttemptStatus, NextStep
from payments.airtel.emulator.words import AMBIGUOUS
from payments.airtel.reasons import NO_WALLET, NOT_FOUND, REASONS
from tests.fakes.airtel import EmulatedAirtel, charge, emulated_airtel
from tests.fakes.airtel_answers import Scripted, scripted_airtel
from tests.fakes.paying import Clock

S, N = AttemptStatus, NextStep

# As the answer to a request: what becomes of it, and what a person can do.
ROWS = {
    "DP00800001000": (S.UNKNOWN, N.WAIT),
    "DP00800001001": (S.PENDING, N.WAIT),
    "DP00800001002": (S.FAILED, N.TRY_AGAIN),
    "DP00800001003": (S.FAILED, N.OTHER_NUMBER),
    "DP00800001004": (S.FAILED, N.ASK_SHOP),
    "DP00800001005": (S.FAILED, N.TRY_AGAIN),
    NO_WALLET: (S.FAILED, N.OTHER_NUMBER),
    "DP00800001006": (S.PENDING, N.WAIT),
    "DP00800001007": (S.FAILED, N.TOP_UP),
    "DP00800001008": (S.FAILED, N.TRY_AGAIN),
    "DP00800001009": (S.FAILED, N.CALL_OPERATOR),
    "DP00800001010": (S.FAILED, N.OTHER_NUMBER),
    "DP00800001024": (S.UNKNOWN, N.TRY_AGAIN),
    "DP00800001025": (S.UNKNOWN, N.WAIT),
    "DP00800001026": (S.FAILED, N.ASK_SHOP),
    "DP00800001029": (S.UNKNOWN, N.TRY_AGAIN),
    "DP00900001000": (S.UNKNOWN, N.WAIT),
    "DP00900001001": (S.PENDING, N.WAIT),
    "DP00900001003": (S.FAILED, N.WAIT),
    "DP00900001004": (S.FAILED, N.ASK_SHOP),
    "DP00900001005": (S.FAILED, N.TRY_AGAIN),
    "DP00900001006": (S.PENDING, N.WAIT),
    "DP00900001007": (S.FAILED, N.ASK_SHOP),
    "DP00900001009": (S.FAILED, N.ASK_SHOP),
    "DP00900001010": (S.FAILED, N.ASK_SHOP),
    "DP00900001011": (S.UNKNOWN, N.WAIT),
    "DP00900001012": (S.FAILED, N.OTHER_NUMBER),
    "DP00900001013": (S.FAILED, N.CALL_OPERATOR),
    "DP00900001014": (S.UNKNOWN, N.WAIT),
    "DP00900001015": (S.UNKNOWN, N.WAIT),
    "DP00900001016": (S.FAILED, N.ASK_SHOP),
    "DP00900001017": (S.PENDING, N.WAIT),
    "DP00900001018": (S.FAILED, N.ASK_SHOP),
    "DP00900001019": (S.FAILED, N.ASK_SHOP),
    "ROUTER001": (S.FAILED, N.ASK_SHOP),
    "ROUTER003": (S.FAILED, N.ASK_SHOP),
    "ROUTER005": (S.FAILED, N.ASK_SHOP),
    "ROUTER006": (S.FAILED, N.ASK_SHOP),
    "ROUTER007": (S.FAILED, N.ASK_SHOP),
    "ROUTER112": (S.FAILED, N.ASK_SHOP),
    "ROUTER114": (S.FAILED, N.ASK_SHOP),
    "ROUTER115": (S.FAILED, N.ASK_SHOP),
    "ROUTER116": (S.FAILED, N.ASK_SHOP),
    "ROUTER117": (S.UNKNOWN, N.WAIT),
    "ROUTER119": (S.FAILED, N.ASK_SHOP),
    "0000900": (S.UNKNOWN, N.WAIT),
    "ESB000001": (S.UNKNOWN, N.WAIT),
    "ESB000004": (S.UNKNOWN, N.WAIT),
    "ESB000008": (S.UNKNOWN, N.ASK_SHOP),
    "ESB000010": (S.PENDING, N.WAIT),
    "ESB000011": (S.FAILED, N.TRY_AGAIN),
    "ESB000014": (S.UNKNOWN, N.WAIT),
    "ESB000033": (S.FAILED, N.OTHER_NUMBER),
    "ESB000034": (S.FAILED, N.ASK_SHOP),
    "ESB000035": (S.FAILED, N.ASK_SHOP),
    "ESB000036": (S.FAILED, N.OTHER_NUMBER),
    "ESB000039": (S.FAILED, N.ASK_SHOP),
    "ESB000041": (S.PENDING, N.WAIT),
    "ESB000045": (S.UNKNOWN, N.WAIT),
    "TE": (S.UNKNOWN, N.TRY_AGAIN),
    "TF": (S.FAILED, N.TRY_AGAIN),
}
# As the end of a transaction these say that the time was over.
TIMED_OUT = {"DP00800001024", "DP00800001029", "TE"}


@pytest.fixture(scope="module")
def airtel() -> Iterator[EmulatedAirtel]:
    with emulated_airtel(Clock()) as emulated:
        yield emulated


@pytest.fixture(scope="module")
def scripted() -> Iterator[Scripted]:
    with scripted_airtel(Clock()) as airtel:
        yield airtel


def test_every_row_is_walked() -> None:
    assert set(ROWS) == set(REASONS)


@pytest.mark.parametrize("http", [200, 400])
@pytest.mark.parametrize("code", sorted(ROWS))
def test_a_request_that_is_answered_so_leads_there(
    scripted: Scripted, code: str, http: int
) -> None:
    key = "status_code" if code.startswith("ROUTER") else "response_code"
    body = {key: code} if key == "status_code" else {"status": {key: code, "success": False}}
    scripted.says(http, body)
    answer = scripted.rail.request(charge())
    state, following = ROWS[code]
    assert (answer.state, answer.known) == (state, True)
    assert scripted.rail.next_step(code) is following
    if state is S.FAILED and (http, code) != (400, "DP00800001005"):
        assert answer.code == code


def test_a_number_without_a_wallet_is_told_from_a_pin_that_nobody_entered(
    scripted: Scripted,
) -> None:
    scripted.says(400, {"status": {"response_code": "DP00800001005", "success": False}})
    answer = scripted.rail.request(charge())
    assert (answer.state, answer.code, answer.known) == (S.FAILED, NO_WALLET, True)
    assert scripted.rail.next_step(NO_WALLET) is N.OTHER_NUMBER


@pytest.mark.parametrize("code", sorted(ROWS))
def test_a_failed_transaction_has_failed_whatever_explains_it(
    airtel: EmulatedAirtel, code: str
) -> None:
    asked = airtel.asked()
    airtel.wallets.fail(str(asked.reference), code)
    status = airtel.rail.status(asked.reference)
    if code in AMBIGUOUS:
        assert status.state is S.UNKNOWN
        return
    assert status.known
    explains = REASONS[code].state in (S.FAILED, S.EXPIRED)
    assert status.code == (code if explains else "TF")
    assert status.state is (S.EXPIRED if code in TIMED_OUT else S.FAILED)


@pytest.mark.parametrize("http", [500, 502, 503, 504])
@pytest.mark.parametrize("code", ["DP00800001005", "DP00800001007", None])
def test_a_server_in_trouble_refuses_nothing(
    scripted: Scripted, http: int, code: str | None
) -> None:
    scripted.says(http, {"status": {"response_code": code, "success": False}})
    assert scripted.rail.request(charge()).state is S.UNKNOWN


def test_a_code_that_no_table_has_stays_undecided_and_is_counted(scripted: Scripted) -> None:
    scripted.says(200, {"status": {"response_code": "DP00800009999", "success": False}})
    answer = scripted.rail.request(charge())
    assert (answer.state, answer.code, answer.known) == (S.UNKNOWN, "DP00800009999", False)


@pytest.mark.parametrize("code", sorted(NOT_FOUND))
@pytest.mark.parametrize("http", [200, 400, 404])
def test_what_airtel_never_heard_of_may_be_sent_again(
    scripted: Scripted, code: str, http: int
) -> None:
    scripted.says(http, {"status": {"response_code": code, "success": False}})
    assert scripted.rail.status(charge().reference).state is None
