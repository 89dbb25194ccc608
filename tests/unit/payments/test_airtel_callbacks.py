import base64
import hashlib
import hmac
import json
from collections.abc import Callable
from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from payments.airtel import Airtel, AirtelSettings
from payments.airtel.emulator.words import signed

SECRET = "private-key-of-the-application"
REFERENCE = UUID("0b1c5d0e-3f53-4f0e-9d0b-3e3a1c1f2a3b")
TOLD = {
    "id": REFERENCE.hex,
    "message": "Paid UGX 5,000 to MAMA NJERI, Trans ID MP210603.1234.L06941.",
    "status_code": "TS",
    "airtel_money_id": "MP210603.1234.L06941",
}


def rail(secret: str | None = SECRET) -> Airtel:
    settings = AirtelSettings("http://127.0.0.1:9", "client", "secret", webhook_secret=secret)
    return Airtel(settings, clock=lambda: 0.0)


def mac(said: bytes, secret: str = SECRET) -> str:
    return base64.b64encode(hmac.new(secret.encode(), said, hashlib.sha256).digest()).decode()


def compact(value: object) -> bytes:
    return json.dumps(value, separators=(",", ":")).encode()


def test_a_signed_call_names_its_transaction() -> None:
    heard = rail().read_callback("", {}, signed(TOLD, SECRET))
    assert heard is not None
    assert heard.charges == heard.refunds == heard.payouts == (REFERENCE,)


def spaced(value: object) -> bytes:
    return json.dumps(value).encode()


@pytest.mark.parametrize("hashed", [{"transaction": TOLD}, TOLD], ids=["body", "transaction"])
@pytest.mark.parametrize(
    ("sent", "said"), [(compact, compact), (spaced, spaced), (spaced, compact)]
)
def test_every_reading_of_what_is_hashed_is_taken(
    hashed: object, sent: Callable[[object], bytes], said: Callable[[object], bytes]
) -> None:
    """As it stood in the call, or without its spaces."""
    body = sent({"transaction": TOLD, "hash": mac(said(hashed))})
    assert rail().read_callback("", {}, body) is not None


def test_a_hash_in_a_header_is_over_the_body() -> None:
    body = json.dumps({"transaction": TOLD}, indent=1).encode()
    for name in ("hash", "Hash", "HASH"):
        assert rail().read_callback("", {name: mac(body)}, body) is not None
    assert rail().read_callback("", {"hash": mac(body + b" ")}, body) is None


FORGED = {
    "unsigned": compact({"transaction": TOLD}),
    "by another key": signed(TOLD, "another"),
    "of something else": compact({"transaction": {**TOLD, "id": uuid4().hex}, "hash": mac(b"{}")}),
    "altered": signed(TOLD, SECRET).replace(b'"TS"', b'"TF"'),
    "an empty hash": compact({"transaction": TOLD, "hash": ""}),
    "no text": compact({"transaction": TOLD, "hash": ["x"]}),
    "half a letter": b'{"transaction": {"id": "\\ud800"}, "hash": "\\ud800"}',
    "nothing": b"",
    "no JSON": b"transaction=1",
    "no object": b"[]",
    "deep": b"[" * 100_000,
    "not UTF-8": b"\xff\xfe",
}


@pytest.mark.parametrize("body", FORGED.values(), ids=FORGED.keys())
def test_what_the_key_did_not_sign_is_refused(body: bytes) -> None:
    assert rail().read_callback("", {}, body) is None


@pytest.mark.parametrize("body", FORGED.values(), ids=FORGED.keys())
def test_without_a_key_a_call_is_a_hint_at_most(body: bytes) -> None:
    assert rail(None).read_callback("", {}, body) is not None


def test_a_signed_call_about_nothing_of_ours_is_about_nothing() -> None:
    heard = rail().read_callback("", {}, signed({**TOLD, "id": "BBZMiscxy"}, SECRET))
    assert heard is not None
    assert not heard.charges


@given(st.binary(max_size=200), st.dictionaries(st.text(max_size=8), st.text(max_size=40)))
def test_nothing_that_comes_in_raises_or_is_believed(body: bytes, headers: dict[str, str]) -> None:
    assert rail().read_callback("", headers, body) is None
    rail(None).read_callback("", headers, body)


@given(st.recursive(st.none() | st.booleans() | st.text() | st.integers(), st.lists, max_leaves=5))
def test_whatever_stands_for_a_transaction_is_read_without_raising(value: object) -> None:
    for transaction in (value, {"id": value}):
        body = json.dumps({"transaction": transaction, "hash": value}).encode()
        assert rail().read_callback("", {}, body) is None
        rail(None).read_callback("", {}, body)
