"""What Flutterwave's answers mean, row by row."""

import json
from collections.abc import Mapping
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.money import Money
from flows.ports.payments import AttemptStatus, NextStep
from payments.charge import Callback
from payments.flutterwave import FlutterwaveSettings, webhooks
from payments.flutterwave.charges import Transaction, read
from payments.flutterwave.reasons import REASONS, code_of, meaning
from payments.flutterwave.refunding import STATES as REFUND_STATES
from payments.flutterwave.transfers import STATES as TRANSFER_STATES

HASH = "the-secret-hash"
REFERENCE = UUID("0b7e1d0e-5f3a-4a56-9f4e-6d2f1c8b7a90")
SUCCEEDED, PENDING = AttemptStatus.SUCCEEDED, AttemptStatus.PENDING


@pytest.mark.parametrize("code", REASONS)
def test_every_reason_is_found_however_it_is_said(code: str) -> None:
    for said in (code, f"[Controller - ]{code}", f"  {code.upper()}. ", f"DISBURSE FAILED: {code}"):
        assert code_of(said) == code
    assert meaning(code) == (REASONS[code], True)


def test_what_no_table_has_keeps_its_words_without_numbers() -> None:
    assert code_of("Account 0690000031 is dormant") == "Account # is dormant"
    assert len(code_of("x" * 500) or "") == 100
    reason, known = meaning("Account # is dormant")
    assert (reason.state, reason.next, known) == (AttemptStatus.UNKNOWN, NextStep.ASK_SHOP, False)


@pytest.mark.parametrize("said", [None, "", "  ", 7, {}])
def test_nothing_said_is_no_reason(said: object) -> None:
    assert code_of(said) is None


def tried(
    number: int, status: str, minor: int | None = 48_000, currency: str = "UGX"
) -> Transaction:
    amount = None if minor is None else Money(minor, currency)
    return Transaction(number, status, amount, f"{minor} {currency}", "Do Not Honour")


@given(
    st.lists(st.sampled_from(["failed", "pending", "successful", "later"]), max_size=6),
)
def test_money_that_came_is_never_overlooked_and_a_failure_never_final(statuses: list[str]) -> None:
    tries = [tried(number, status) for number, status in enumerate(statuses, 1)]
    found = read(tries)
    paid = statuses.count("successful")
    if paid:
        assert found.state is SUCCEEDED
        assert found.amount == Money(48_000 * paid, "UGX")
        assert found.provider_id == str(statuses.index("successful") + 1)
    else:
        assert found.state is (PENDING if statuses else None)


def test_a_status_that_nobody_documents_waits_and_is_counted() -> None:
    found = read([tried(1, "failed"), tried(2, "later")])
    assert (found.state, found.code, found.known) == (PENDING, "status-later", False)


@pytest.mark.parametrize(
    "second", [tried(2, "successful", None), tried(2, "successful", 100, "KES")]
)
def test_two_successes_that_do_not_add_up_have_no_amount(second: Transaction) -> None:
    assert read([tried(1, "successful"), second]).amount is None


def call(headers: Mapping[str, str], told: object, path: str = "") -> Callback | None:
    body = told if isinstance(told, bytes) else json.dumps(told).encode()
    return webhooks.read(HASH, path, headers, body)


SIGNED = {"verif-hash": HASH}
CHARGE = {"event": "charge.completed", "data": {"tx_ref": str(REFERENCE), "status": "successful"}}


def test_a_call_is_about_our_own_reference() -> None:
    assert call(SIGNED, CHARGE) == Callback(charges=(REFERENCE,))
    assert call({"VERIF-HASH": HASH}, CHARGE) == Callback(charges=(REFERENCE,))
    transfer = {"event": "transfer.completed", "data": {"reference": str(REFERENCE)}}
    assert call(SIGNED, transfer) == Callback(payouts=(REFERENCE,))
    refund = {"id": 1, "TransactionId": 2, "status": "completed"}
    assert call(SIGNED, refund, f"refunds/{REFERENCE}") == Callback(refunds=(REFERENCE,))


@pytest.mark.parametrize(
    "headers", [{}, {"verif-hash": ""}, {"verif-hash": HASH + "x"}, {"verif-hash": "\u00e9"}]
)
def test_without_the_secret_it_is_nobodys_call(headers: Mapping[str, str]) -> None:
    assert call(headers, CHARGE) is None
    assert webhooks.read("", "", headers, b"{}") is None


@pytest.mark.parametrize(
    "told",
    [
        b"",
        b"\xff\xfe",
        b"[" * 100_000,
        b"null",
        b'{"event": "charge.completed"}',
        {"event": 7, "data": {"tx_ref": str(REFERENCE)}},
        {"event": "charge.completed", "data": [str(REFERENCE)]},
        {"event": "charge.completed", "data": {"tx_ref": ["x"]}},
        {"event": "charge.completed", "data": {"tx_ref": "order-7"}},
        {"event": "subscription.cancelled", "data": {"tx_ref": str(REFERENCE)}},
    ],
)
def test_rubbish_is_about_nothing_of_ours(told: object) -> None:
    assert call(SIGNED, told) == Callback()
    assert call(SIGNED, told, "refunds/nothing") == Callback()


@given(st.binary(max_size=200), st.text(max_size=40))
def test_no_call_raises(body: bytes, path: str) -> None:
    assert webhooks.read(HASH, path, SIGNED, body) is not None


def test_every_documented_status_has_a_row() -> None:
    assert {"completed-momo", "completed-bank-transfer", "completed-mpgs"} <= {
        word for word, state in REFUND_STATES.items() if state is SUCCEEDED
    }
    assert REFUND_STATES["completed"] is PENDING
    assert set(TRANSFER_STATES) == {"new", "pending", "successful", "failed"}


def test_a_shop_brings_the_whole_of_its_account_or_nothing() -> None:
    platform = FlutterwaveSettings("http://127.0.0.1:9", "key", "hash")
    both = {"flutterwave_secret_key": "own", "flutterwave_webhook_hash": "own-hash"}
    own = platform.with_own({**both, "flutterwave_api_url": "http://elsewhere"})
    assert own == FlutterwaveSettings("http://127.0.0.1:9", "own", "own-hash")
    for key in both:
        assert platform.with_own({key: "own"}) is None
    assert "own" not in repr(own)
