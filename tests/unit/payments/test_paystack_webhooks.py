import json
from uuid import UUID, uuid4

import pytest

from payments.charge import Callback
from payments.paystack import Paystack, PaystackSettings
from payments.paystack.webhooks import sign

SECRET = "sk_test_0123456789"
OURS = UUID("6f1f0a52-65e0-4a06-9b8f-3b1d6c0b4a11")
RAIL = Paystack(PaystackSettings("http://127.0.0.1:9", SECRET), public_url="https://sokoni.example")


def body(event: object, **data: object) -> bytes:
    return json.dumps({"event": event, "data": data}).encode()


def heard(
    told: bytes, signature: str | None = None, header: str = "x-paystack-signature"
) -> object:
    return RAIL.read_callback("", {header: signature or sign(SECRET, told)}, told)


def test_the_signature_is_the_documented_one() -> None:
    """HMAC-SHA512 of the raw body, in hex: worked out with openssl."""
    assert sign("key", b"The quick brown fox jumps over the lazy dog") == (
        "b42af09057bac1e2d41708e48a902e09b5ff7f12ab428a4fe86653c73dd248fb"
        "82f948a549f7b791a5b41915ee4d1ec3935357e4e2317250d0372afa2ebeeb3a"
    )


@pytest.mark.parametrize(
    ("told", "about"),
    [
        (body("charge.success", reference=str(OURS)), Callback(charges=(OURS,))),
        (body("charge.dispute.create", reference=str(OURS)), Callback(charges=(OURS,))),
        (body("transfer.success", reference=str(OURS)), Callback(payouts=(OURS,))),
        (body("transfer.failed", reference=str(OURS)), Callback(payouts=(OURS,))),
        (body("transfer.reversed", reference=str(OURS)), Callback(payouts=(OURS,))),
        (body("refund.processed", transaction_reference=str(OURS)), Callback(charges=(OURS,))),
        (body("subscription.create", reference=str(OURS)), Callback()),
    ],
)
def test_an_event_is_about_one_of_ours(told: bytes, about: Callback) -> None:
    assert heard(told) == about
    assert heard(told, header="X-Paystack-Signature") == about


@pytest.mark.parametrize(
    "told",
    [
        b"",
        b"{}",
        b"[]",
        b"null",
        b"\xff\xfe",
        b'{"event": "charge.success"}',
        b"[" * 100_000,
        body(7, reference=str(OURS)),
        body("charge.success", reference=None),
        body("charge.success", reference=["x"]),
        body("charge.success", reference="T_somebody_elses"),
        body("charge.success", reference="\u0666" * 36),
    ],
)
def test_what_cannot_be_read_is_about_nothing_of_ours(told: bytes) -> None:
    assert heard(told) == Callback()


@pytest.mark.parametrize(
    "signature", ["0" * 128, "", "\u00e9", sign("sk_test_other", b"x"), sign(SECRET, b"other")]
)
def test_a_wrong_signature_is_none(signature: str) -> None:
    told = body("charge.success", reference=str(uuid4()))
    assert RAIL.read_callback("", {"x-paystack-signature": signature}, told) is None
    assert RAIL.read_callback("", {}, told) is None


def test_one_changed_byte_breaks_it() -> None:
    told = body("charge.success", reference=str(OURS))
    assert heard(told.replace(b"success", b"failure"), sign(SECRET, told)) is None
    assert heard(told + b" ", sign(SECRET, told)) is None
