"""Nothing personal and nothing secret is logged."""

import pytest

from bot.ops.masking import mask, masked

NUMBERS = [
    ("+256772000003", "+256****003"),
    ("write to whatsapp:+256772000003 now", "write to whatsapp:+256****003 now"),
    ("partyId 256772000003", "partyId 256****003"),
    ("0772123456", "077****456"),
    ("from=%2B256772000003&x=1", "from=%2B256****003&x=1"),
    ("call +256 772 000 003", "call +256****003"),
    ("+1 (202) 555-0143", "+120****143"),
    ("('+256772000003', '+256772000004')", "('+256****003', '+256****004')"),
]

KEPT = [
    "order 1001, 3 x 5kg at 25000",
    "2026-11-21T01:59:24.070743Z",
    "3f2504e0-4f89-41d3-9a0c-030512345678",
    "SM0123456789abcdef0123456789abcdef",
    "*284*77#",
    "1*2*2*1",
]

SECRETS = [
    ("/webhooks/africastalking/s3cr3t/sms", "/webhooks/africastalking/***/sms"),
    (
        "POST /webhooks/africastalking/s3cr3t/ussd?a=1 200",
        "POST /webhooks/africastalking/***/ussd?a=1 200",
    ),
    ("/webhooks//africastalking/s3cr3t/sms", "/webhooks//africastalking/***/sms"),
    ("/Webhooks/AfricasTalking/s3cr3t", "/Webhooks/AfricasTalking/***"),
    (
        "duplicate key\nDETAIL:  Key (slug)=(my\nname) exists.\n\n[SQL: INSERT",
        "duplicate key\nDETAIL:  ***\n\n[SQL: INSERT",
    ),
    ("LINE 1: SELECT 'what was said'\n   ^\n\n[SQL:", "LINE 1: ***\n\n[SQL:"),
    ("Authorization: Bearer eyJhbGciOi.abc-def", "Authorization: Bearer ***"),
    ("Basic dXNlcjpwYXNz", "Basic ***"),
    ("postgresql://sokoni:hidden@db/sokoni", "postgresql://sokoni:***@db/sokoni"),
    ("redis://:hidden@cache:6379/0", "redis://:***@cache:6379/0"),
    ("?token=abc&pin=1234", "?token=***&pin=***"),
    ('{"password": "abc"}', '{"password": "***"}'),
]


@pytest.mark.parametrize(("text", "expected"), NUMBERS)
def test_a_phone_number_keeps_its_ends_only(text: str, expected: str) -> None:
    assert masked(text) == expected


@pytest.mark.parametrize("text", KEPT)
def test_what_is_no_phone_number_stays(text: str) -> None:
    assert masked(text) == text


@pytest.mark.parametrize(("text", "expected"), SECRETS)
def test_secrets_inside_texts_are_hidden(text: str, expected: str) -> None:
    assert masked(text) == expected


@pytest.mark.parametrize(
    "key",
    [
        "password",
        "auth_token",
        "webhook_secret",
        "pin",
        "PIN",
        "card",
        "cardNumber",
        "national_id",
        "nationalId",
        "apiKey",
        "api_key",
        "msisdn",
        "partyId",
        "customer_phone",
    ],
)
def test_a_key_that_names_a_secret_hides_its_value(key: str) -> None:
    event = mask(None, "info", {key: "short", "inside": {key: 1234}})
    assert event == {key: "***", "inside": {key: "***"}}


@pytest.mark.parametrize("key", ["shipping", "opinion", "cardinality", "tokens_left", "keypad"])
def test_a_key_that_only_looks_like_a_secret_stays(key: str) -> None:
    assert mask(None, "info", {key: "3"}) == {key: "3"}


def test_the_ends_of_a_phone_are_kept_under_its_key() -> None:
    assert mask(None, "info", {"phone": "+256772000003"}) == {"phone": "+256****003"}


def test_values_are_masked_however_deep_and_whatever_they_are() -> None:
    error = ValueError("no such person: +256772000003")
    event = {
        "error": error,
        "rows": [{"to": ["+256772000003"]}],
        "count": 3,
        "ok": True,
        "none": None,
    }
    assert mask(None, "info", event) == {
        "error": "no such person: +256****003",
        "rows": [{"to": ["+256****003"]}],
        "count": 3,
        "ok": True,
        "none": None,
    }
