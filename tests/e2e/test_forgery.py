"""Who may speak for whom: signatures, secret paths, and accounts that lines bring with them."""

from collections.abc import Iterator
from pathlib import Path

import pytest
import requests
from sqlalchemy import func, select
from twilio.request_validator import RequestValidator
from werkzeug.datastructures import MultiDict

from bot.cli.books import load_shops
from store.models import CustomerRow, InboxRow, OutboxRow
from tests.e2e.house import SECRET, House, eventually

CUSTOMER = "+256772300060"
PLATFORM = ("AC" + "1" * 32, "twilio-token")
OWN = ("AC" + "2" * 32, "own-token")
OWN_NUMBER, PLATFORM_NUMBER = "+256312000077", "+256312000002"
MTN = "mtn-momo/11111111-1111-4111-8111-111111111111"
OWN_CODE, PLATFORM_CODE, OWN_SECRET = "22999", "22884", "rose-secret"

ROSE = f"""
[shop]
slug = "rose"
name = "Rose Cakes"
model = "marketplace"
country = "UG"
currency = "UGX"
locales = ["en"]
owner = "+256772100077"
timezone = "Africa/Kampala"
minimum_order = 0

[[lines]]
channel = "sms"
provider = "twilio"
address = "{OWN_NUMBER}"
credentials = {{ account_sid = "{OWN[0]}", auth_token = "{OWN[1]}" }}

[[lines]]
channel = "whatsapp"
provider = "twilio"
address = "{OWN_NUMBER}"
credentials = {{ account_sid = "{OWN[0]}", auth_token = "{OWN[1]}" }}

[[lines]]
channel = "sms"
provider = "africastalking"
address = "{OWN_CODE}"
credentials = {{ username = "rose", api_key = "rose-key", webhook_secret = "{OWN_SECRET}" }}

[[products]]
sku = "cake"
name = "Cake"
price = 30000
stock = 5

[delivery]
pickup = true

[payments]
rails = ["cash"]
"""


@pytest.fixture
def rose(house: House, tmp_path: Path) -> House:
    """The house, with a fourth shop whose lines have accounts of their own."""
    file = tmp_path / "rose.toml"
    file.write_text(ROSE)
    load_shops(house.world, [file])
    return house


def signed(
    house: House,
    account: tuple[str, str],
    form: dict[str, str],
    *,
    path: str = "/webhooks/twilio/messages",
    signed_url: str | None = None,
) -> int:
    """Post a form of `account`, signed by its token for `signed_url`."""
    form = {"AccountSid": account[0], "MessageSid": "SM" + "d" * 32, **form}
    url = signed_url or house.url + path
    signature = RequestValidator(account[1]).compute_signature(url, MultiDict(form))
    headers = {"X-Twilio-Signature": signature}
    return requests.post(house.url + path, data=form, headers=headers, timeout=10).status_code


def sms(to: str, text: str = "hi") -> dict[str, str]:
    return {"From": CUSTOMER, "To": to, "Body": text}


def at(house: House, secret: str, kind: str, **form: str) -> int:
    url = f"{house.url}/webhooks/africastalking/{secret}/{kind}"
    return requests.post(url, data=form, timeout=10).status_code


def texts(house: House) -> list[str]:
    return house.in_books(lambda s: list(s.scalars(select(InboxRow.text))))


def statuses(house: House) -> set[str]:
    return house.in_books(lambda s: set(s.scalars(select(OutboxRow.status))))


def opted_out(house: House) -> int:
    asked = select(func.count()).where(CustomerRow.opted_out_at.is_not(None))
    return house.in_books(lambda s: s.scalar(asked) or 0)


def test_a_signature_counts_for_its_url_only(house: House) -> None:
    messages = "/webhooks/twilio/messages"
    here = house.url + messages
    others = (
        f"{here}?a=1",
        f"{here}/",
        here.replace("http://", "https://"),
        house.url + "/webhooks/twilio/status",
        "http://sokoni.example" + messages,
    )
    for other in others:
        assert signed(house, PLATFORM, sms(PLATFORM_NUMBER), signed_url=other) == 403
    for path in (f"{messages}?a=1", "/webhooks/twilio/status"):
        assert signed(house, PLATFORM, sms(PLATFORM_NUMBER), path=path, signed_url=here) == 403
    assert texts(house) == []
    assert signed(house, PLATFORM, sms(PLATFORM_NUMBER)) == 200
    assert texts(house) == ["hi"]


def test_a_line_with_an_account_of_its_own_is_served_through_it(rose: House) -> None:
    assert signed(rose, OWN, sms(OWN_NUMBER)) == 200
    assert (
        at(rose, OWN_SECRET, "sms", **{"from": CUSTOMER}, to=OWN_CODE, id="1", text="hello") == 200
    )
    assert texts(rose) == ["hi", "hello"]


def test_no_account_speaks_for_the_lines_of_another(rose: House) -> None:
    assert signed(rose, OWN, sms(PLATFORM_NUMBER)) == 200
    assert signed(rose, PLATFORM, sms(OWN_NUMBER)) == 200
    message = {"from": CUSTOMER, "id": "2", "text": "MAMA soap"}
    assert at(rose, OWN_SECRET, "sms", to=PLATFORM_CODE, **message) == 200
    assert at(rose, SECRET, "sms", to=OWN_CODE, **message) == 200
    assert texts(rose) == []


def test_a_token_opens_no_other_account(rose: House) -> None:
    assert signed(rose, (PLATFORM[0], OWN[1]), sms(PLATFORM_NUMBER)) == 403
    assert signed(rose, (OWN[0], PLATFORM[1]), sms(OWN_NUMBER)) == 403
    both = {**sms(PLATFORM_NUMBER), "AccountSid": PLATFORM[0]}
    assert signed(rose, (OWN[0], OWN[1]), both) == 403
    for secret in ("rose", "rose-key", "sandbox", "at-key", "%20", "e2e-secret-path-000", "*"):
        assert at(rose, secret, "sms", to=OWN_CODE, id="3", text="hi", **{"from": CUSTOMER}) == 404
    assert texts(rose) == []


def test_a_shop_that_writes_anothers_account_into_its_file_gets_nothing_by_it(
    rose: House, tmp_path: Path
) -> None:
    """Neither does it speak for the other's lines, nor does the other fall silent."""
    squatter = ROSE.replace("rose", "squat").replace(OWN[1], "squatters-token")
    for old, new in ((OWN_NUMBER, "+256312000078"), (OWN_CODE, "22998"), ("7100077", "7100078")):
        squatter = squatter.replace(old, new)
    file = tmp_path / "squat.toml"
    file.write_text(squatter)
    load_shops(rose.world, [file])
    pretended = (OWN[0], "squatters-token")
    assert signed(rose, pretended, sms(OWN_NUMBER)) == 200
    assert texts(rose) == []
    assert signed(rose, OWN, sms(OWN_NUMBER)) == 200
    assert texts(rose) == ["hi"]
    assert signed(rose, pretended, {**sms("+256312000078", "mine"), "MessageSid": "SM2"}) == 200
    assert signed(rose, OWN, {**sms("+256312000078", "not mine"), "MessageSid": "SM3"}) == 200
    assert texts(rose) == ["hi", "mine"]


def hidden(sid: str, sender: str, to: str, **more: str) -> dict[str, str]:
    """A WhatsApp message as Twilio tells it, perhaps of somebody who hides their number."""
    given = {"From": f"whatsapp:{sender}", "To": f"whatsapp:{to}", "Body": "cart", **more}
    return {"MessageSid": sid, **given}


def test_what_one_shops_account_says_of_people_makes_nobody_somebody_else_elsewhere(
    rose: House,
) -> None:
    """A WhatsApp user id is one business's name for a person. A shop that pairs the number of another
    shop's customer with its own id must not become that customer by hiding its number."""
    mama, mine = "+256312000001", "UG.attackers1"
    assert signed(rose, PLATFORM, hidden("SM1", CUSTOMER, mama)) == 200
    assert signed(rose, OWN, hidden("SM2", CUSTOMER, OWN_NUMBER, ExternalUserId=mine)) == 200
    assert signed(rose, PLATFORM, hidden("SM3", mine, mama)) == 200
    assert signed(rose, OWN, hidden("SM4", mine, OWN_NUMBER)) == 200
    rows = rose.in_books(lambda s: s.scalars(select(InboxRow)).all())
    who = {row.message_id: row.person_id for row in rows}
    assert len(who) == 4
    assert who["SM1"] == who["SM2"], "who shows a number is one person at all shops"
    assert who["SM3"] != who["SM1"]
    assert who["SM4"] == who["SM2"], "who hid it later is known to the shop that knew both"


def test_a_receipt_of_another_account_moves_nothing(rose: House) -> None:
    customer = rose.sms(CUSTOMER, PLATFORM_NUMBER)
    customer.say("hi", "Mama")
    sent = rose.twilio.messages_to(CUSTOMER)[-1]
    eventually(lambda: statuses(rose) == {"sent"}, "a message that was sent")
    failed = {"MessageSid": sent.sid, "MessageStatus": "failed", "ErrorCode": "30003"}
    reference = str(sent.status_callback).removeprefix(rose.url)
    assert signed(rose, OWN, failed, path="/webhooks/twilio/status") == 200
    assert signed(rose, OWN, failed, path=reference) == 200
    assert at(rose, OWN_SECRET, "sms/status", id=sent.sid, status="Failed") == 200
    assert statuses(rose) == {"sent"}
    assert signed(rose, PLATFORM, failed, path=reference) == 200
    assert statuses(rose) == {"failed"}


def test_an_opt_out_told_by_another_account_is_not_believed(rose: House) -> None:
    customer = rose.sms(CUSTOMER, PLATFORM_CODE, "africastalking")
    customer.say("MAMA", "Mama")
    told = {"senderId": PLATFORM_CODE, "phoneNumber": CUSTOMER}
    assert at(rose, OWN_SECRET, "optout", **told) == 200
    assert opted_out(rose) == 0
    assert at(rose, SECRET, "optout", **told) == 200
    assert opted_out(rose) == 1


def test_other_methods_and_paths_are_not_served(house: House) -> None:
    base = house.url + "/webhooks"
    for path in ("twilio/messages", "twilio/status", f"africastalking/{SECRET}/ussd"):
        for method in ("GET", "PUT", "DELETE", "PATCH"):
            assert requests.request(method, f"{base}/{path}", timeout=10).status_code == 405
    for path in (
        "",
        "/x",
        "/twilio",
        f"/africastalking/{SECRET}",
        "/mtn-momo/x",
        "/twilio/messages/",
    ):
        assert requests.post(base + path, data={"a": "b"}, timeout=10).status_code == 404


def test_a_body_of_more_than_three_megabytes_is_refused(house: House) -> None:
    def sent(path: str, body: bytes | Iterator[bytes]) -> int:
        try:
            return requests.post(f"{house.url}/webhooks/{path}", data=body, timeout=20).status_code
        except requests.ConnectionError:
            # Hung up on while it still wrote.
            return 413

    most = 3 * 1024 * 1024
    for path in ("twilio/messages", f"africastalking/{SECRET}/sms", MTN):
        assert sent(path, b"x" * (most + 1)) == 413
        assert sent(path, (b"x" * 65536 for _ in range(most // 65536 + 1))) == 413
        assert sent(path, b"x" * most) in (200, 400)
        assert sent(path, (b"x" * 65536 for _ in range(most // 65536))) in (200, 400)
