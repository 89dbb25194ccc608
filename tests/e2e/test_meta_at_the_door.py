"""Who may speak to /webhooks/meta, for whom, and how often."""

import json
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from itertools import product

import requests
from sqlalchemy import func, select

from channels.meta.emulator import Who, handset
from channels.meta.signature import HEADER, sign
from store.models import AddressRow, InboxRow
from tests.e2e.house import House
from tests.e2e.meta_phone import JOY, MAMA, MetaPhone
from tests.e2e.trade import CUSTOMER

AMINA = Who(CUSTOMER, None, "Amina")
BEN = Who("+256772300002", None, "Ben")
OURS, JOYS = "meta-secret", "joys-secret"


def said(who: Who, to: str, words: str, identifier: str = "wamid.1") -> handset.Json:
    made = handset.message(who, handset.text(words), identifier, datetime.now(UTC), None)
    return handset.value_of(to, contacts=[who.contact], messages=[made])


def post(house: House, body: bytes, secret: str | None) -> requests.Response:
    headers = {"Content-Type": "application/json"}
    if secret is not None:
        headers[HEADER] = sign(body, secret)
    return requests.post(f"{house.url}/webhooks/meta", data=body, headers=headers, timeout=10)


def batch(*values: handset.Json) -> bytes:
    return json.dumps(handset.envelope(values)).encode()


def received(house: House, address: str) -> int:
    counted = (
        select(func.count())
        .select_from(InboxRow)
        .join(AddressRow, AddressRow.id == InboxRow.address_id)
        .where(AddressRow.address == address)
    )
    return house.in_books(lambda session: session.scalar(counted)) or 0


def test_what_the_platforms_app_signed_is_for_the_platforms_lines_only(house: House) -> None:
    body = batch(said(AMINA, MAMA, "hi"), said(AMINA, JOY, "hi"))
    assert post(house, body, OURS).status_code == 200
    assert (received(house, MAMA), received(house, JOY)) == (1, 0)


def test_what_a_lines_own_app_signed_is_for_that_line_only(house: House) -> None:
    body = batch(said(AMINA, MAMA, "hi"), said(AMINA, JOY, "hi"))
    assert post(house, body, JOYS).status_code == 200
    assert (received(house, MAMA), received(house, JOY)) == (0, 1)


def test_what_nobody_signed_is_refused(house: House) -> None:
    for to, secret in product((MAMA, JOY, "999"), (None, "", "guessed", "meta-token")):
        assert post(house, batch(said(AMINA, to, "hi")), secret).status_code == 403, (to, secret)
    assert (received(house, MAMA), received(house, JOY)) == (0, 0)


def test_a_body_that_was_changed_after_signing_is_refused(house: House) -> None:
    body = batch(said(AMINA, MAMA, "1 soap"))
    headers = {HEADER: sign(body, OURS), "Content-Type": "application/json"}
    changed = body.replace(b"1 soap", b"9 soap")
    answered = requests.post(
        f"{house.url}/webhooks/meta", data=changed, headers=headers, timeout=10
    )
    assert answered.status_code == 403


def test_one_shops_app_says_nothing_of_another_shops_messages(house: House) -> None:
    customer = MetaPhone(house, AMINA)
    customer.say("hi", "Mama Njeri")
    assert customer.last is not None
    status = {
        "id": customer.last.id,
        "status": "failed",
        "timestamp": "1",
        "biz_opaque_callback_data": customer.last.reference,
        "errors": [{"code": 131026}],
    }
    for to in (JOY, MAMA):
        body = batch(handset.value_of(to, statuses=[status]), said(BEN, JOY, "hi"))
        assert post(house, body, JOYS).status_code == 200
    assert house.sent(customer.last.id).status == "sent"
    assert post(house, batch(handset.value_of(MAMA, statuses=[status])), OURS).status_code == 200
    assert house.sent(customer.last.id).status == "failed"
    assert house.sent(customer.last.id).error_code == "131026"


def test_the_same_message_twenty_times_at_once_is_one_turn_and_one_reply(house: House) -> None:
    customer = MetaPhone(house, AMINA)
    body = batch(said(AMINA, MAMA, "1 soap"))
    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(lambda _: post(house, body, OURS).status_code, range(20)))
    assert set(answers) == {200}
    customer.read("1 x Bar Soap")
    customer.say("cart", "4,500")
    assert len(customer.inbox()) == 2


def test_every_message_of_a_batch_is_answered_in_its_order(house: House) -> None:
    amina, ben = MetaPhone(house, AMINA), MetaPhone(house, BEN)
    body = batch(
        said(AMINA, MAMA, "1 soap", "wamid.1"),
        said(BEN, MAMA, "hi", "wamid.2"),
        said(AMINA, MAMA, "2 soap", "wamid.3"),
    )
    assert post(house, body, OURS).status_code == 200
    amina.read("1 item")
    amina.read("3 items")
    ben.read("Mama Njeri")


BODIES = (
    (b"", 400),
    (b"{", 400),
    (b"\xff\x00", 400),
    (b"[1]", 400),
    (b"[" * 100_000, 400),
    (b"{}", 200),
    (b'{"entry": 7}', 200),
    (b'{"entry": [{"changes": [{"field": "messages", "value": {"messages": "x"}}]}]}', 200),
    (b'{"entry": [{"changes": [{"field": "account_update", "value": {}}]}]}', 200),
    (b" " * (3 * 1024 * 1024 + 1), 413),
)


def test_a_body_of_any_shape_is_no_error_of_ours(house: House) -> None:
    for body, status in BODIES:
        assert post(house, body, OURS).status_code == status, body[:80]


def confirm(house: House, **change: str) -> requests.Response:
    asked = {"mode": "subscribe", "verify_token": "meta-verify", "challenge": "1158201444"} | change
    params = {f"hub.{name}": value for name, value in asked.items()}
    return requests.get(f"{house.url}/webhooks/meta", params=params, timeout=10)


def test_the_address_is_confirmed_to_who_knows_a_verify_token(house: House) -> None:
    for token in ("meta-verify", "joys-verify"):
        answered = confirm(house, verify_token=token)
        assert (answered.status_code, answered.text) == (200, "1158201444")
        assert answered.headers["Content-Type"].startswith("text/plain")
    for token in ("guessed", "", "\0", "meta-secret"):
        assert confirm(house, verify_token=token).status_code == 403
    for change in ({"mode": "unsubscribe"}, {"challenge": "<script>"}, {"challenge": ""}):
        assert confirm(house, **change).status_code == 403
