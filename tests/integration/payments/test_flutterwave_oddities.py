"""Answers that no document of Flutterwave's describes: none of them may count as money, or as an end."""

from collections.abc import Iterator
from dataclasses import dataclass
from uuid import UUID, uuid4

import pytest
from flask import Flask, Response, request

from channels.emulated import serving
from flows.money import Money
from flows.ports.payments import AttemptStatus
from payments.charge import PayoutRequest, RefundRequest
from payments.errors import PaymentError
from payments.flutterwave import Flutterwave, FlutterwaveSettings
from tests.fakes.flutterwave import NOWHERE
from tests.fakes.paying import PAYER, charge

REFERENCE = UUID("5f0d3c9e-2b1a-4c7d-9e8f-1a2b3c4d5e6f")
GOOD = f'"id": 7, "tx_ref": "{REFERENCE}", "status": "successful", "currency": "UGX"'


@dataclass
class Odd:
    """A server that gives one answer to everything, in a list where a list was asked for."""

    rail: Flutterwave
    body: str = ""
    status: int = 200

    def says(self, data: str, status: int = 200) -> None:
        self.body, self.status = f'{{"status": "success", "message": "", "data": {data}}}', status


@pytest.fixture
def odd() -> Iterator[Odd]:
    app = Flask("odd")

    def answer(path: str) -> Response:
        listed = path.endswith(("/transactions", "/transfers", "/refunds"))
        body = made.body.replace('"data": {', '"data": [{').replace("}}", "}]}") if listed else ""
        return Response(
            (body or made.body) if request.method == "GET" else made.body,
            made.status,
            mimetype="application/json",
        )

    app.add_url_rule("/<path:path>", view_func=answer, methods=["GET", "POST"])
    with serving(app) as url:
        settings = FlutterwaveSettings(url, "key", "hash")
        made = Odd(Flutterwave(settings, public_url=NOWHERE))
        yield made


@pytest.mark.parametrize(
    "data",
    [
        "null",
        "[]",
        '"link"',
        "{}",
        '{"link": null}',
        '{"link": "javascript:alert(1)"}',
        '{"link": "http:///nowhere"}',
        '{"link": "https://' + "x" * 600 + '"}',
    ],
)
def test_an_answer_without_a_page_is_no_answer(odd: Odd, data: str) -> None:
    odd.says(data)
    submission = odd.rail.request(charge())
    assert (submission.state, submission.link) == (AttemptStatus.UNKNOWN, None)


@pytest.mark.parametrize("body", ["", "<html>busy</html>", "[1]", "\x00", '{"status": "success"'])
def test_what_is_not_an_answer_is_not_one_about_money(odd: Odd, body: str) -> None:
    odd.body = body
    assert odd.rail.request(charge()).state is AttemptStatus.UNKNOWN
    with pytest.raises(PaymentError):
        odd.rail.status(REFERENCE)


@pytest.mark.parametrize(
    "record",
    [
        '{"id": 7, "tx_ref": "another", "status": "successful", "amount": 48000, "currency": "UGX"}',
        f'{{"id": null, "tx_ref": "{REFERENCE}", "status": "successful"}}',
        f'{{"id": true, "tx_ref": "{REFERENCE}", "status": "successful"}}',
        f'{{"id": -7, "tx_ref": "{REFERENCE}", "status": "successful"}}',
        f'{{"tx_ref": "{REFERENCE}", "status": "successful"}}',
    ],
)
def test_a_record_that_is_not_plainly_ours_says_nothing(odd: Odd, record: str) -> None:
    odd.says(record)
    with pytest.raises(PaymentError):
        odd.rail.status(REFERENCE)


@pytest.mark.parametrize(
    "amounts",
    [
        '"amount": null',
        '"amount": true',
        '"amount": "48,000"',
        '"amount": 4.8e4',
        '"amount": 48000, "charged_amount": "nothing"',
        '"amount": 48000.5',
        '"amount": 480000000000000000000000',
        '"amount": NaN',
        '"amount": [48000]',
    ],
)
def test_money_that_cannot_be_read_is_no_amount(odd: Odd, amounts: str) -> None:
    odd.says(f"{{{GOOD}, {amounts}}}")
    status = odd.rail.status(REFERENCE)
    assert (status.state, status.amount) == (AttemptStatus.SUCCEEDED, None)


def test_a_plain_decimal_is_the_same_money(odd: Odd) -> None:
    odd.says(f'{{{GOOD}, "amount": 48000.00, "charged_amount": "48000"}}')
    assert odd.rail.status(REFERENCE).amount == Money(48_000, "UGX")


@pytest.mark.parametrize("status", ["SUCCESS", "success", "completed", "", "null", "approved"])
def test_only_the_documented_word_is_success(odd: Odd, status: str) -> None:
    odd.says(f'{{"id": 7, "tx_ref": "{REFERENCE}", "status": "{status}", "amount": 48000}}')
    assert odd.rail.status(REFERENCE).state is AttemptStatus.PENDING


@pytest.mark.parametrize("status", [302, 307])
def test_nobody_is_followed_elsewhere(odd: Odd, status: int) -> None:
    odd.says('{"link": "https://pay.example"}', status)
    assert odd.rail.request(charge()).state is AttemptStatus.UNKNOWN


def test_a_refund_of_an_unknown_kind_waits_and_is_counted(odd: Odd) -> None:
    odd.says('{"id": 9, "status": "levitating", "amount_refunded": 48000}')
    status = odd.rail.refund_status(refund("9"))
    assert (status.state, status.known) == (AttemptStatus.PENDING, False)


@pytest.mark.parametrize(
    ("meta", "state"),
    [
        ('{"disburse_status": "successful"}', AttemptStatus.SUCCEEDED),
        (r'"{\"disburse_status\": \"failed\"}"', AttemptStatus.FAILED),
        ('"rubbish"', AttemptStatus.PENDING),
        ("[]", AttemptStatus.PENDING),
    ],
)
def test_the_networks_answer_to_a_refund_decides(odd: Odd, meta: str, state: AttemptStatus) -> None:
    odd.says(f'{{"id": 9, "status": "completed", "amount_refunded": 48000, "meta": {meta}}}')
    assert odd.rail.refund_status(refund("9")).state is state


def test_a_transfer_of_another_reference_is_not_ours(odd: Odd) -> None:
    odd.says('{"id": 9, "status": "SUCCESSFUL", "reference": "another", "amount": 48000}')
    payout = PayoutRequest(uuid4(), Money(48_000, "UGX"), PAYER, "note")
    assert odd.rail.payout_status(payout).state is None


def refund(provider_id: str) -> RefundRequest:
    amount = Money(48_000, "UGX")
    return RefundRequest(
        uuid4(), UUID(int=1), amount, 1001, "note", charge_id="7", provider_id=provider_id
    )
