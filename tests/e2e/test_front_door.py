"""What a stranger may try at the door: requests that were signed for something else, dressed up as another
request, or made to be expensive."""

import time

import pytest
import requests
from sqlalchemy import func, select
from twilio.request_validator import RequestValidator
from werkzeug.datastructures import MultiDict

from store.models import InboxRow
from tests.e2e.house import SECRET, House

SID, TOKEN = "AC" + "1" * 32, "twilio-token"
PATH = "/webhooks/twilio/messages"
FORM = {
    "AccountSid": SID,
    "MessageSid": "SM" + "e" * 32,
    "From": "+256772300061",
    "To": "+256312000002",
    "Body": "hi",
}
ELSEWHERE = "https://evil.example"


def signature(url: str, form: dict[str, str] | MultiDict[str, str]) -> str:
    return RequestValidator(TOKEN).compute_signature(url, MultiDict(form))


def post(
    house: House, url: str, data: object, signed: str, method: str = "POST", **headers: str
) -> int:
    sent = {"X-Twilio-Signature": signed, "Content-Type": "application/x-www-form-urlencoded"}
    sent |= headers
    return requests.request(
        method, url, data=data, headers=sent, timeout=20, allow_redirects=False
    ).status_code


def received(house: House) -> int:
    return house.in_books(lambda s: s.scalar(select(func.count()).select_from(InboxRow))) or 0


# What proxies write, and what strangers write in their place: (header, value).
DRESSED = {
    "X-Forwarded-Host": "evil.example",
    "X-Forwarded-Proto": "https",
    "X-Forwarded-Prefix": "/elsewhere",
    "X-Forwarded-For": "127.0.0.1",
    "Forwarded": "host=evil.example;proto=https",
    "X-Original-URL": "/elsewhere",
    "X-Rewrite-URL": "/elsewhere",
}


@pytest.mark.parametrize("signed_for", [ELSEWHERE + PATH, "https://127.0.0.1" + PATH, "/elsewhere"])
def test_a_proxys_headers_move_no_signature_to_another_address(
    house: House, signed_for: str
) -> None:
    url = signed_for if "//" in signed_for else house.url + signed_for
    assert post(house, house.url + PATH, FORM, signature(url, FORM), **DRESSED) == 403
    host = {**DRESSED, "Host": "evil.example"}
    assert post(house, house.url + PATH, FORM, signature(url, FORM), **host) == 403
    assert received(house) == 0
    own = signature(house.url + PATH, FORM)
    assert post(house, house.url + PATH, FORM, own, **host) == 200
    assert received(house) == 1


def test_a_method_that_is_named_in_a_header_or_a_field_is_not_taken(house: House) -> None:
    signed = signature(house.url + PATH, FORM)
    named = {"X-HTTP-Method-Override": "POST", "X-Method-Override": "POST"}
    assert post(house, house.url + PATH, FORM, signed, "GET", **named) == 405
    assert post(house, house.url + PATH, {**FORM, "_method": "POST"}, signed, "PUT") == 405
    assert received(house) == 0


def test_what_was_not_signed_is_not_added_taken_away_or_moved(house: House) -> None:
    url = house.url + PATH
    signed = signature(url, FORM)
    without = {name: value for name, value in FORM.items() if name != "From"}
    forgeries: list[tuple[str, object]] = [
        (url, {**FORM, "ButtonPayload": "confirm"}),
        (url, {**FORM, "Body": "2 soap"}),
        (url, [*FORM.items(), ("From", "+256772100001")]),
        (url, [("From", "+256772100001"), *FORM.items()]),
        (url, without),
        (f"{url}?From=%2B256772100001", without),
        (f"{url}?From=%2B256772100001", FORM),
        (f"{url}#x", {**FORM, "Body": "x"}),
    ]
    for target, data in forgeries:
        assert post(house, target, data, signed) == 403, (target, data)
    for empty in ("", "-", "AAAA", signed[:-1], signed.lower(), f"{signed},{signed}"):
        assert post(house, url, FORM, empty) == 403, empty
    assert received(house) == 0


def test_a_part_that_is_a_file_counts_for_nothing(house: House) -> None:
    """Twilio signs fields; a file beside them would be unsigned."""
    url = house.url + PATH
    headers = {"X-Twilio-Signature": signature(url, FORM)}
    files = {"ButtonPayload": ("x", b"confirm"), "From": ("y", b"+256772100001")}
    answered = requests.post(url, data=FORM, files=files, headers=headers, timeout=10)
    assert answered.status_code == 200
    [row] = house.in_books(lambda s: s.scalars(select(InboxRow)).all())
    assert "confirm" not in str(row.payload)
    answered = requests.post(url, json=FORM, headers=headers, timeout=10)
    assert answered.status_code in (400, 403)


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        (PATH, "application/x-www-form-urlencoded"),
        (PATH, "multipart/form-data; boundary=x"),
        (f"/webhooks/africastalking/{SECRET}/sms", "application/x-www-form-urlencoded"),
        ("/webhooks/africastalking/guessed-guessed/ussd", "application/x-www-form-urlencoded"),
        ("/webhooks/meta", "application/json"),
        ("/webhooks/mtn-momo/11111111-1111-4111-8111-111111111111", "application/json"),
    ],
)
def test_three_megabytes_from_a_stranger_are_refused_without_much_work(
    house: House, path: str, kind: str
) -> None:
    many = 3 * 1024 * 1024
    for body in (
        b"a&" * (many // 2),
        b"a=1&" * (many // 4),
        b'--x\r\nContent-Disposition: form-data; name="a"\r\n\r\n1\r\n' * (many // 52),
        b"%00" * (many // 3),
        b"[" * many,
        b"[]," * (many // 3),
        b'{"phone_number_id": "1"}' * (many // 24),
        b"".join(b'"phone_number_id":"%d",' % n for n in range(90_000)),
    ):
        started = time.monotonic()
        answered = requests.post(
            house.url + path, data=body, headers={"Content-Type": kind}, timeout=30
        )
        assert answered.status_code < 500, (body[:20], answered.status_code)
        # Generous: a machine that is busy with other tests. A parser that is led astray takes minutes.
        assert time.monotonic() - started < 5, body[:20]
    assert received(house) == 0


def test_what_is_refused_tells_nothing(house: House) -> None:
    """No secret, no reason that helps, nothing of the inside."""
    asked = [
        requests.post(f"{house.url}/webhooks/africastalking/{SECRET}/nothing", timeout=10),
        requests.get(f"{house.url}/webhooks/africastalking/{SECRET}/sms", timeout=10),
        requests.post(f"{house.url}/webhooks/africastalking/{SECRET}/sms", timeout=10),
        requests.post(f"{house.url}/webhooks/africastalking/{SECRET}x/sms", timeout=10),
        requests.post(house.url + PATH, data=FORM, timeout=10),
        requests.post(f"{house.url}/webhooks/meta", data=b"{}", timeout=10),
        requests.get(f"{house.url}/webhooks/meta?hub.verify_token=%ff%ed%a0", timeout=10),
        requests.get(f"{house.url}/console/../.env", timeout=10),
        requests.get(f"{house.url}/static/%2e%2e/%2e%2e/.env", timeout=10),
    ]
    assert [answered.status_code for answered in asked] == [
        *(404, 405, 400, 404, 403, 403, 403, 404, 404),
    ]
    for answered in asked:
        for inside in (SECRET, TOKEN, "Traceback", "sqlalchemy", "File "):
            assert inside not in answered.text, answered.url
