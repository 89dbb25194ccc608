from collections.abc import Mapping, Sequence
from dataclasses import replace

import pytest
from twilio.request_validator import RequestValidator
from werkzeug.datastructures import MultiDict

from channels.channel import (
    Account,
    ForgedError,
    Inbound,
    MalformedError,
    Medium,
    Receipt,
    ReceiptStatus,
    Sender,
    WebRequest,
)
from channels.twilio import TwilioChannel
from channels.twilio.codes import ERRORS, STATUSES, fault
from flows.heard import Attachment, MediaKind

ACCOUNT = Account("twilio", "AC" + "0" * 32, "token")
URL = "https://shop.example/webhooks/twilio/messages"
SMS = {
    "AccountSid": ACCOUNT.id,
    "MessageSid": "SM1",
    "From": "+256772000001",
    "To": "+256200000001",
    "Body": "2 rice",
    "SmsStatus": "received",
    "NumMedia": "0",
}
WHATSAPP = {
    **SMS,
    "From": "whatsapp:+256772000001",
    "To": "whatsapp:+256200000001",
    "WaId": "256772000001",
    "ProfileName": "Achan",
}
channel = TwilioChannel()


def signed(
    form: Mapping[str, str | Sequence[str]], url: str = URL, token: str = "token"
) -> WebRequest:
    values = {name: [v] if isinstance(v, str) else list(v) for name, v in form.items()}
    flat = MultiDict((name, v) for name, many in values.items() for v in many)
    signature = RequestValidator(token).compute_signature(url, flat)
    return WebRequest("POST", url, {"X-Twilio-Signature": signature}, values)


def read(form: Mapping[str, str]) -> Inbound:
    (message,) = channel.read(signed(form), ACCOUNT)
    assert isinstance(message, Inbound)
    return message


@pytest.mark.parametrize(
    "form",
    [SMS, WHATSAPP, {**SMS, "Body": ""}, {**SMS, "Body": " é🐟 "}, {**SMS, "Twice": ["b", "a"]}],
)
def test_a_request_signed_by_the_account_is_believed(form: Mapping[str, str]) -> None:
    request = signed(form)
    assert channel.account_of(request) == ACCOUNT.id
    channel.verify(request, ACCOUNT)


def test_the_query_is_part_of_what_is_signed() -> None:
    request = signed(SMS, URL + "?shop=1")
    channel.verify(request, ACCOUNT)
    with pytest.raises(ForgedError):
        channel.verify(replace(request, url=URL + "?shop=2"), ACCOUNT)


def test_the_name_of_the_signature_header_may_be_written_in_any_case() -> None:
    request = signed(SMS)
    (signature,) = request.headers.values()
    channel.verify(replace(request, headers={"x-twilio-signature": signature}), ACCOUNT)


GOOD = signed(SMS)


@pytest.mark.parametrize(
    "request_",
    [
        replace(GOOD, headers={}),
        replace(GOOD, headers={"X-Twilio-Signature": ""}),
        replace(GOOD, headers={"X-Twilio-Signature": "AAAA"}),
        replace(GOOD, headers={"X-Twilio-Signature": "é" * 28}),
        replace(GOOD, url="https://elsewhere.example/webhooks/twilio/messages"),
        replace(GOOD, url="http://shop.example/webhooks/twilio/messages"),
        replace(GOOD, form={**GOOD.form, "Body": ["3 rice"]}),
        replace(GOOD, form={**GOOD.form, "Extra": ["1"]}),
        replace(GOOD, form={**GOOD.form, "Body": ["2 rice", "3 rice"]}),
        replace(GOOD, form={k: v for k, v in GOOD.form.items() if k != "Body"}),
        replace(GOOD, form={**GOOD.form, "Body": ["\ud800"]}),
        signed(SMS, token="another"),
        signed({**SMS, "AccountSid": "AC" + "1" * 32}),
        signed({**SMS, "AccountSid": [ACCOUNT.id, "AC" + "1" * 32]}),
        signed({k: v for k, v in SMS.items() if k != "AccountSid"}),
    ],
)
def test_anything_else_is_forged(request_: WebRequest) -> None:
    with pytest.raises(ForgedError):
        channel.verify(request_, ACCOUNT)


def test_an_sms_is_read() -> None:
    assert read(SMS) == Inbound(
        medium=Medium.SMS,
        provider="twilio",
        account=ACCOUNT.id,
        address="+256200000001",
        sender=Sender("+256772000001"),
        message_id="SM1",
        text="2 rice",
    )


def test_a_whatsapp_message_is_read_without_its_prefix() -> None:
    message = read(WHATSAPP)
    assert message.medium is Medium.WHATSAPP
    assert message.address == "+256200000001"
    assert message.sender == Sender("+256772000001", None, "Achan")


def test_a_person_who_hides_their_number_is_known_by_their_id() -> None:
    hidden = {**WHATSAPP, "From": "whatsapp:UG.1a2B", "ExternalUserId": "UG.1a2B", "WaId": ""}
    assert read(hidden).sender == Sender(None, "UG.1a2B", "Achan")


@pytest.mark.parametrize(
    "change",
    [
        {"From": "MTN"},
        {"From": "8008"},
        {"From": "256772000001"},
        {"From": "whatsapp:nobody", "To": "whatsapp:+256200000001"},
        {"To": "messenger:123"},
        {"MessageStatus": "new-fangled"},
    ],
)
def test_what_cannot_be_answered_is_left_out(change: Mapping[str, str]) -> None:
    assert channel.read(signed({**SMS, **change}), ACCOUNT) == ()


@pytest.mark.parametrize("field", ["MessageSid", "From", "To"])
def test_a_message_without_its_essentials_is_malformed(field: str) -> None:
    with pytest.raises(MalformedError):
        channel.read(signed({**SMS, field: ""}), ACCOUNT)


@pytest.mark.parametrize("field", ["ButtonPayload", "ListId"])
def test_a_pressed_button_or_row_is_a_choice(field: str) -> None:
    message = read({**WHATSAPP, field: "product:rice-5kg", "Body": "Rice"})
    assert (message.choice, message.text) == ("product:rice-5kg", "Rice")


@pytest.mark.parametrize(
    ("content_type", "kind"),
    [
        ("image/jpeg", MediaKind.PICTURE),
        ("image/webp", MediaKind.STICKER),
        ("audio/ogg; codecs=opus", MediaKind.VOICE),
        ("video/mp4", MediaKind.VIDEO),
        ("text/vcard", MediaKind.CONTACT),
        ("application/pdf", MediaKind.DOCUMENT),
        ("", MediaKind.DOCUMENT),
    ],
)
def test_media_become_attachments(content_type: str, kind: MediaKind) -> None:
    form = {**WHATSAPP, "NumMedia": "1", "MediaUrl0": "https://m.example/1", "Body": "this one"}
    message = read({**form, "MediaContentType0": content_type})
    where = "https://m.example/1"
    assert message.attachment == Attachment(kind, where, "this one", media=where)


def test_a_location_carries_its_place() -> None:
    form = {**WHATSAPP, "Latitude": "0.3476", "Longitude": "32.5825", "Label": "Owino", "Body": ""}
    assert read(form).attachment == Attachment(
        MediaKind.LOCATION, caption="Owino", latitude=0.3476, longitude=32.5825
    )


@pytest.mark.parametrize(
    ("latitude", "longitude"), [("nan", "1"), ("91", "0"), ("x", "1"), ("", "")]
)
def test_a_place_that_is_nowhere_is_no_location(latitude: str, longitude: str) -> None:
    assert read({**WHATSAPP, "Latitude": latitude, "Longitude": longitude}).attachment is None


def test_a_word_that_twilio_acted_upon_is_passed_on() -> None:
    assert read({**SMS, "Body": "", "OptOutType": "STOP"}).text == "STOP"


def test_words_are_cleaned() -> None:
    assert read({**WHATSAPP, "Body": "ri\x00ce\r\n", "ProfileName": "A\x07"}).text == "rice\n"


def receipt(status: str, **more: str) -> Receipt:
    form = {"AccountSid": ACCOUNT.id, "MessageSid": "SM1", "MessageStatus": status, **more}
    (found,) = channel.read(signed(form), ACCOUNT)
    assert isinstance(found, Receipt)
    return found


@pytest.mark.parametrize(("status", "meaning"), STATUSES.items())
def test_every_status_is_a_step_of_the_receipt(status: str, meaning: ReceiptStatus) -> None:
    assert receipt(status) == Receipt("twilio", ACCOUNT.id, "SM1", meaning)


@pytest.mark.parametrize("code", ERRORS)
def test_every_error_code_is_explained_in_a_failed_receipt(code: int) -> None:
    found = receipt("failed", ErrorCode=str(code))
    assert (found.status, found.code) == (ReceiptStatus.FAILED, str(code))
    assert found.reason == ERRORS[code].meaning


def test_a_code_that_no_table_knows_is_kept() -> None:
    found = receipt("undelivered", ErrorCode="99999", ErrorMessage="odd")
    assert (found.code, found.reason) == ("99999", "odd")


@pytest.mark.parametrize("code", [None, "", "abc", "99999", "²"])
def test_no_row_is_made_up(code: str | None) -> None:
    assert fault(code) is None
