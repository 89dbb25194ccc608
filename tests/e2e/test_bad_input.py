"""Any bytes on any webhook: a clear 4xx or a harmless 200, never a 5xx, nothing half-written."""

import pytest
import requests
from sqlalchemy import func, select

from channels.channel import Medium
from store.models import InboxRow
from tests.e2e.house import SECRET, House

CUSTOMER = "+256772300004"
URLS = (
    "/webhooks/twilio/messages",
    "/webhooks/twilio/status",
    f"/webhooks/africastalking/{SECRET}/sms",
    f"/webhooks/africastalking/{SECRET}/sms/status",
    f"/webhooks/africastalking/{SECRET}/ussd",
    f"/webhooks/africastalking/{SECRET}/ussd/events",
    f"/webhooks/africastalking/{SECRET}/optout",
    "/webhooks/mtn-momo/11111111-1111-4111-8111-111111111111",
    "/webhooks/mtn-momo/not-a-uuid",
)
BODIES = (
    b"",
    b"\x00\xff\xfe",
    b"a" * 100_000,
    b"From=&To=&id=&text=",
    b"From=%00&To=%00&MessageSid=%00&AccountSid=%00",
    b"sessionId=%ED%A0%80&serviceCode=x&phoneNumber=y&text=%00",
    b'{"a": [1, 2, {"b": null}]}',
    b"from=+256772300004&to=22884&id=x&text=" + b"%F0%9F%8D%9A" * 2000,
)


def _received(house: House) -> int:
    return house.in_books(lambda s: s.scalar(select(func.count()).select_from(InboxRow)) or 0)


def test_rubbish_is_never_a_server_error(house: House) -> None:
    kinds = ("application/x-www-form-urlencoded", "application/json", "multipart/form-data", "")
    for url in URLS:
        for body in BODIES:
            for kind in kinds:
                answer = requests.post(
                    house.url + url, data=body, headers={"Content-Type": kind}, timeout=10
                )
                assert answer.status_code < 500, (url, body[:40], kind, answer.status_code)


def test_our_own_lines_never_answer_each_other(house: House) -> None:
    """A caller id may be forged: two lines of ours would write to each other for ever."""
    own = "+256312000002"
    for line in (own, "+256312000009"):
        assert house.twilio.say(own, line, "2 soap", medium=Medium.SMS).status == 200
    assert house.at.say(own, "22884", "MAMA 2 soap").status == 200
    house.sms(CUSTOMER).say("hello", "Welcome")
    assert house.twilio.messages_to(own) == house.at.messages_to(own) == []
    assert _received(house) == 1


def test_a_body_over_three_megabytes_is_refused(house: House) -> None:
    answer = requests.post(
        f"{house.url}/webhooks/twilio/messages", data=b"x" * (3 * 1024 * 1024 + 1), timeout=10
    )
    assert answer.status_code == 413


def test_a_forged_signature_is_refused_and_nothing_recorded(house: House) -> None:
    form = {
        "AccountSid": "AC" + "1" * 32,
        "MessageSid": "SM" + "c" * 32,
        "From": f"whatsapp:{CUSTOMER}",
        "To": "whatsapp:+256312000001",
        "Body": "hi",
    }
    answer = requests.post(
        f"{house.url}/webhooks/twilio/messages",
        data=form,
        headers={"X-Twilio-Signature": "bm90IGl0"},
        timeout=10,
    )
    assert answer.status_code == 403
    other = dict(form, AccountSid="AC" + "9" * 32)
    answer = requests.post(f"{house.url}/webhooks/twilio/messages", data=other, timeout=10)
    assert answer.status_code == 403
    assert _received(house) == 0


def test_a_wrong_secret_is_not_found(house: House) -> None:
    form = {"from": CUSTOMER, "to": "22884", "id": "1", "text": "hi", "date": "2026-11-21"}
    answer = requests.post(f"{house.url}/webhooks/africastalking/wrong/sms", data=form, timeout=10)
    assert answer.status_code == 404
    assert _received(house) == 0


def test_an_unknown_line_is_answered_200_without_a_reply(house: House) -> None:
    stranger = house.whatsapp(CUSTOMER, "+256312999999")
    assert stranger.send("hi").status == 200
    assert _received(house) == 0


@pytest.mark.parametrize(
    "text",
    [
        "",
        "   ",
        "🍚🍚🍚",
        "a" * 10_000,
        "97",
        "0",
        "-1",
        "؟",
        "1e9",
        "\u200b",
        "*",
        "'; DROP TABLE--",
    ],
)
def test_odd_texts_get_a_helpful_answer(house: House, text: str) -> None:
    customer = house.whatsapp(CUSTOMER)
    customer.say("hi", "Mama Njeri")
    said = customer.say(text, ".")
    assert said
    assert "went wrong" not in said


@pytest.mark.parametrize("quantity", ["0", "-1", "1e9", "half", "2.5", "1000000"])
def test_odd_quantities_change_no_cart(house: House, quantity: str) -> None:
    customer = house.whatsapp(CUSTOMER)
    said = customer.say(f"add {quantity} bar soap", ".")
    assert "went wrong" not in said
    cart = customer.say("cart", ".")
    for absurd in ("-1", "1,000,000", "-4,500", "2.5 x", "0 x"):
        assert absurd not in cart
