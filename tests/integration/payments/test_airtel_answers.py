"""Answers of Airtel's that nobody documented: none of them may pay, fail or lose anything."""

from collections.abc import Iterator
from uuid import uuid4

import pytest

from flows.money import Money
from flows.ports.payments import AttemptStatus, NextStep
from payments.errors import PaymentError
from tests.fakes.airtel import PAYER, charge
from tests.fakes.airtel_answers import Scripted, scripted_airtel
from tests.fakes.paying import Clock

S = AttemptStatus
ASKED = Money(48_000, "UGX")


@pytest.fixture(scope="module")
def airtel() -> Iterator[Scripted]:
    with scripted_airtel(Clock()) as scripted:
        yield scripted


def said(**transaction: object) -> dict[str, object]:
    return {"data": {"transaction": transaction}, "status": {"success": True}}


@pytest.mark.parametrize(
    "body",
    [b"", b"<html>busy</html>", b"[]", b"null", b'"TS"', b"{", b'{"data": []}', b'{"data": {}}'],
)
def test_a_body_that_says_nothing_leaves_it_unknown(airtel: Scripted, body: bytes) -> None:
    airtel.writes(200, body)
    assert airtel.rail.request(charge()).state is S.UNKNOWN
    assert airtel.rail.status(uuid4()).state is S.UNKNOWN


@pytest.mark.parametrize("http", [301, 408, 500, 502, 503])
def test_no_answer_of_the_product_is_no_answer(airtel: Scripted, http: int) -> None:
    airtel.writes(http, b"<html>busy</html>")
    assert airtel.rail.request(charge()).state is S.UNKNOWN
    with pytest.raises(PaymentError) as error:
        airtel.rail.status(uuid4())
    assert not error.value.permanent


@pytest.mark.parametrize(("http", "state"), [(400, S.FAILED), (403, S.FAILED), (409, S.PENDING)])
def test_a_bare_refusal_is_one_and_a_conflict_is_not(
    airtel: Scripted, http: int, state: AttemptStatus
) -> None:
    airtel.writes(http, b"")
    assert airtel.rail.request(charge()).state is state


def test_a_page_that_is_not_there_is_no_transaction_that_never_was(airtel: Scripted) -> None:
    airtel.writes(404, b"<html>no such page</html>")
    with pytest.raises(PaymentError):
        airtel.rail.status(uuid4())


@pytest.mark.parametrize("status", ["", "SUCCESS", "COMPLETED", "TX", None, 1, {"a": 1}])
def test_only_ts_is_success(airtel: Scripted, status: object) -> None:
    airtel.says(200, said(status=status, airtel_money_id="CI1"))
    answer = airtel.rail.status(uuid4())
    assert (answer.state, answer.known) == (S.UNKNOWN, False)


@pytest.mark.parametrize(("status", "state"), [("TF", S.FAILED), ("TE", S.EXPIRED)])
@pytest.mark.parametrize("code", [None, "ESB000010", "DP00800001006"])
def test_an_end_that_nothing_explains_is_one(
    airtel: Scripted, status: str, state: AttemptStatus, code: str | None
) -> None:
    said_so = {"response_code": code, "success": False}
    airtel.says(200, {"data": {"transaction": {"status": status}}, "status": said_so})
    answer = airtel.rail.status(uuid4())
    assert (answer.state, answer.code, answer.known) == (state, status, True)
    assert airtel.rail.next_step(answer.code) is NextStep.TRY_AGAIN


def test_an_end_with_a_new_code_is_one_and_counted(airtel: Scripted) -> None:
    said_so = {"response_code": "DP00800007777", "success": False}
    airtel.says(200, {"data": {"transaction": {"status": "TF"}}, "status": said_so})
    answer = airtel.rail.status(uuid4())
    assert (answer.state, answer.code, answer.known) == (S.FAILED, "DP00800007777", False)


def test_a_refusal_that_says_success_is_settled_by_asking(airtel: Scripted) -> None:
    airtel.says(200, {"status": {"response_code": "DP00800001007", "success": True}})
    assert airtel.rail.request(charge()).state is S.UNKNOWN


def test_a_new_code_of_a_taken_request_is_counted(airtel: Scripted) -> None:
    airtel.says(200, {"status": {"response_code": "DP00800001999", "success": True}})
    answer = airtel.rail.request(charge())
    assert (answer.state, answer.code, answer.known) == (S.PENDING, "DP00800001999", False)


@pytest.mark.parametrize("amount", [48000, "48000", "48000.00"])
def test_an_amount_that_is_named_is_read(airtel: Scripted, amount: object) -> None:
    airtel.says(200, said(status="TS", amount=amount))
    assert airtel.rail.status(uuid4()).moved(ASKED) == ASKED


@pytest.mark.parametrize(
    "literal",
    [
        "4.8e4",
        "48E3",
        "-48000",
        '"48,000"',
        '"1e3"',
        "true",
        "NaN",
        "1" + "0" * 20,
        "48000.5",
        '""',
    ],
)
def test_an_amount_that_cannot_be_read_is_never_the_one_we_asked_for(
    airtel: Scripted, literal: str
) -> None:
    body = f'{{"data": {{"transaction": {{"status": "TS", "amount": {literal}}}}}}}'
    airtel.writes(200, body.encode())
    answer = airtel.rail.status(uuid4())
    assert answer.state is S.SUCCEEDED
    assert answer.moved(ASKED) is None


def test_another_currency_is_another_amount(airtel: Scripted) -> None:
    airtel.says(200, said(status="TS", amount=48000, currency="KES"))
    assert airtel.rail.status(uuid4()).moved(ASKED) == Money(4_800_000, "KES")


@pytest.mark.parametrize(
    "data", [{}, {"first_name": ""}, {"first_name": 7, "last_name": ["x"]}, {"first_name": " "}]
)
def test_a_holder_without_a_name_has_none(airtel: Scripted, data: dict[str, object]) -> None:
    airtel.says(200, {"data": data, "status": {"success": True}})
    assert airtel.rail.holder_name(PAYER) is None


def test_names_that_may_not_be_read_are_an_error(airtel: Scripted) -> None:
    airtel.says(403, {"status_code": "ROUTER007"})
    with pytest.raises(PaymentError) as error:
        airtel.rail.holder_name(PAYER)
    assert error.value.permanent


@pytest.mark.parametrize(
    "body", [b"", b"{}", b"[]", b'{"access_token": "t", "expires_in": "soon"}']
)
def test_a_token_that_is_none_is_an_error_and_nothing_was_asked(
    body: bytes,
) -> None:
    with scripted_airtel(Clock()) as airtel:
        airtel.token = body
        with pytest.raises(PaymentError) as error:
            airtel.rail.request(charge())
    assert not error.value.unknown
