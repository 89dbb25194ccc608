from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from channels.africastalking import AfricasTalkingChannel
from channels.africastalking.codes import FAILURES, STATUSES
from channels.channel import (
    Account,
    Inbound,
    MalformedError,
    Medium,
    OptOut,
    Receipt,
    ReceiptStatus,
    Sender,
    Session,
    UnknownSecretError,
    UssdNotice,
    WebRequest,
)

ACCOUNT = Account("africastalking", "sokoni", "key", webhook_secret="s3cret-é")
BASE = "https://shop.example/webhooks/africastalking/s3cret-%C3%A9"
SMS = {
    "date": "2026-11-21 06:04:45",
    "from": "+254711000001",
    "id": "msg-1",
    "linkId": "link-1",
    "text": "2 rice",
    "to": "22345",
    "networkCode": "63902",
}
USSD = {
    "sessionId": "ATUid_1",
    "serviceCode": "*284*77#",
    "phoneNumber": "+254711000001",
    "networkCode": "63902",
    "text": "1*2* 3",
}
channel = AfricasTalkingChannel()


def posted(kind: str, form: Mapping[str, str], base: str = BASE) -> WebRequest:
    return WebRequest("POST", f"{base}/{kind}", {}, {name: [value] for name, value in form.items()})


def read(kind: str, form: Mapping[str, str]) -> object:
    (found,) = channel.read(posted(kind, form), ACCOUNT)
    return found


@pytest.mark.parametrize("kind", ["sms", "sms/status", "ussd", "ussd/events", "optout", "sms/"])
def test_the_secret_of_the_path_opens_every_webhook(kind: str) -> None:
    request = posted(kind, {})
    assert channel.account_of(request) == ACCOUNT.webhook_secret
    channel.verify(request, ACCOUNT)


@pytest.mark.parametrize(
    ("base", "account"),
    [
        (BASE + "x", ACCOUNT),
        (BASE[:-1], ACCOUNT),
        ("https://shop.example/webhooks/africastalking/%00", ACCOUNT),
        ("https://shop.example/webhooks/africastalking", ACCOUNT),
        (BASE, replace(ACCOUNT, webhook_secret=None)),
        (BASE, replace(ACCOUNT, webhook_secret="")),
    ],
)
def test_another_secret_opens_nothing(base: str, account: Account) -> None:
    with pytest.raises(UnknownSecretError):
        channel.verify(posted("sms", SMS, base), account)


def test_an_sms_is_read() -> None:
    assert read("sms", SMS) == Inbound(
        medium=Medium.SMS,
        provider="africastalking",
        account="sokoni",
        address="22345",
        sender=Sender("+254711000001"),
        message_id="msg-1",
        text="2 rice",
        reply_to="link-1",
        sent_at=datetime(2026, 11, 21, 6, 4, 45, tzinfo=UTC),
    )


@pytest.mark.parametrize(
    ("date", "at"),
    [
        ("2017-05-03T06:04:45Z", datetime(2017, 5, 3, 6, 4, 45, tzinfo=UTC)),
        ("2017-05-03T09:04:45+03:00", datetime(2017, 5, 3, 6, 4, 45, tzinfo=UTC)),
        ("2017-05-03 06:04:45", datetime(2017, 5, 3, 6, 4, 45, tzinfo=UTC)),
        ("3rd of May", None),
        ("", None),
    ],
)
def test_both_forms_of_date_are_understood(date: str, at: datetime | None) -> None:
    message = read("sms", {**SMS, "date": date})
    assert isinstance(message, Inbound)
    assert message.sent_at == at


def test_a_number_that_lost_its_plus_gets_it_back() -> None:
    message = read("sms", {**SMS, "from": " 254711000001", "to": "254200000001"})
    assert isinstance(message, Inbound)
    assert (message.sender.phone, message.address) == ("+254711000001", "+254200000001")


@pytest.mark.parametrize(
    ("kind", "form"),
    [
        ("sms", {**SMS, "from": "SAFARICOM"}),
        ("sms", {**SMS, "from": "22345"}),
        ("ussd", {**USSD, "phoneNumber": "hidden"}),
        ("optout", {"senderId": "22345", "phoneNumber": "x"}),
        ("sms/status", {"id": "1", "status": "Pondering"}),
    ],
)
def test_what_cannot_be_answered_or_is_unknown_is_left_out(
    kind: str, form: Mapping[str, str]
) -> None:
    assert channel.read(posted(kind, form), ACCOUNT) == ()


@pytest.mark.parametrize(
    ("kind", "form", "field"),
    [
        *(("sms", SMS, field) for field in ("from", "to", "id")),
        *(("ussd", USSD, field) for field in ("sessionId", "serviceCode", "phoneNumber")),
        *(("sms/status", {"id": "1", "status": "Sent"}, field) for field in ("id", "status")),
        ("optout", {"senderId": "1", "phoneNumber": "+254711000001"}, "senderId"),
        ("ussd/events", {**USSD, "status": "Success"}, "status"),
    ],
)
def test_a_form_without_its_essentials_is_malformed(
    kind: str, form: Mapping[str, str], field: str
) -> None:
    for broken in ({**form, field: " "}, {k: v for k, v in form.items() if k != field}):
        with pytest.raises(MalformedError):
            channel.read(posted(kind, broken), ACCOUNT)


def test_a_path_that_is_no_webhook_is_malformed() -> None:
    with pytest.raises(MalformedError):
        channel.read(posted("voice", SMS), ACCOUNT)


def test_a_ussd_input_keeps_the_whole_text_of_its_session() -> None:
    assert read("ussd", USSD) == Inbound(
        medium=Medium.USSD,
        provider="africastalking",
        account="sokoni",
        address="*284*77#",
        sender=Sender("+254711000001"),
        message_id="ATUid_1:1*2* 3",
        text="1*2* 3",
        session=Session("ATUid_1", "1*2* 3", "*284*77#"),
    )


def test_the_first_screen_has_no_text() -> None:
    message = read("ussd", {k: v for k, v in USSD.items() if k != "text"})
    assert isinstance(message, Inbound)
    assert (message.text, message.message_id) == ("", "ATUid_1:")


@pytest.mark.parametrize("code", ["*284*77#", "*284*77", "284*77#", " *284*77# "])
def test_a_service_code_is_written_one_way(code: str) -> None:
    message = read("ussd", {**USSD, "serviceCode": code})
    assert isinstance(message, Inbound)
    assert message.address == "*284*77#"


def test_a_long_session_still_has_a_short_and_distinct_id() -> None:
    ids = set()
    for length in (150, 151):
        message = read("ussd", {**USSD, "text": "1*" * length})
        assert isinstance(message, Inbound)
        assert len(message.message_id) <= 200
        ids.add(message.message_id)
    assert len(ids) == 2


@pytest.mark.parametrize(("status", "meaning"), STATUSES.items())
def test_every_status_is_a_step_of_the_receipt(status: str, meaning: ReceiptStatus) -> None:
    receipt = read("sms/status", {"id": "msg-1", "status": status, "phoneNumber": "+254711000001"})
    assert isinstance(receipt, Receipt)
    assert (receipt.message_id, receipt.status) == ("msg-1", meaning)


@pytest.mark.parametrize("reason", FAILURES)
def test_every_failure_is_explained(reason: str) -> None:
    receipt = read("sms/status", {"id": "1", "status": "Failed", "failureReason": reason})
    assert isinstance(receipt, Receipt)
    assert (receipt.code, receipt.reason) == (reason, FAILURES[reason].meaning)


def test_a_status_that_is_its_own_reason_is_explained_too() -> None:
    receipt = read("sms/status", {"id": "1", "status": "AbsentSubscriber"})
    assert isinstance(receipt, Receipt)
    assert (receipt.code, receipt.reason) == (
        "AbsentSubscriber",
        FAILURES["AbsentSubscriber"].meaning,
    )


def test_a_reason_that_no_table_knows_is_kept() -> None:
    receipt = read("sms/status", {"id": "1", "status": "Failed", "failureReason": "Gremlins"})
    assert isinstance(receipt, Receipt)
    assert (receipt.code, receipt.reason) == ("Gremlins", None)


def test_the_end_of_a_session_is_noticed() -> None:
    form = {
        **USSD,
        "status": "Incomplete",
        "hopsCount": "3",
        "lastAppResponse": "CON Hi",
        "input": "1",
    }
    assert read("ussd/events", form) == UssdNotice(
        provider="africastalking",
        account="sokoni",
        session_id="ATUid_1",
        address="*284*77#",
        phone="+254711000001",
        status="Incomplete",
        hops=3,
        last_response="CON Hi",
    )


def test_an_opt_out_names_the_sender_and_the_person() -> None:
    form = {"senderId": "22345", "phoneNumber": "+254711000001"}
    assert read("optout", form) == OptOut("africastalking", "sokoni", "22345", "+254711000001")
