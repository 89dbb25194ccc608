"""Forms as Twilio and Africa's Talking post them, truly signed and with odd things in them: taken and
answered, or refused as malformed."""

from collections.abc import Callable

import pytest
from hypothesis import strategies as st

from channels.render.gsm import segments
from tests.e2e.fuzzing import (
    ACCOUNT,
    AT,
    BODIES,
    RUBBISH,
    TWILIO,
    Fields,
    Target,
    anything,
    bodies,
    encoded,
    for_each,
    form_of,
    ids,
    people,
    some,
)
from tests.e2e.house import House

# The server's own threads use chance while examples are drawn. PostgreSQL takes less than SQLite does.
pytestmark = [
    pytest.mark.filterwarnings("ignore:Do not use the `random` module"),
    pytest.mark.databases("postgres"),
]

MESSAGE = form_of(
    {
        "AccountSid": some(ACCOUNT),
        "MessageSid": ids,
        "SmsStatus": some("received", "receiving"),
        "From": people | people.map("whatsapp:{}".format) | some("MTN", "whatsapp:UG.12345"),
        "To": some("whatsapp:+256312000001", "+256312000002"),
        "Body": bodies,
        "ButtonPayload": some("", "cart", "home", "add:soap:2", "order:1001", "do:x", "page:9"),
        "ProfileName": anything,
        "WaId": people.map(lambda phone: phone[1:]),
        "Latitude": some("0.3476", "91", "nan"),
        "Longitude": some("32.58", "inf"),
        "MediaUrl0": some("https://example.test/x.jpg"),
        "MediaContentType0": some("image/jpeg", "audio/ogg", "text/vcard"),
        "OriginalRepliedMessageSid": anything,
    }
)
STATUS = form_of(
    {
        "AccountSid": some(ACCOUNT),
        "MessageSid": ids,
        "MessageStatus": some("sent", "delivered", "read", "failed", "undelivered"),
        "ErrorCode": some("0", "21610", "63016", "99999"),
        "From": some("whatsapp:+256312000001"),
        "To": people.map("whatsapp:{}".format),
    }
)
SMS = form_of(
    {
        "date": some("2026-11-21 10:00:00", "2026-11-21T10:00:00Z", "9999-99-99"),
        "from": people,
        "to": some("22884"),
        "id": ids,
        "linkId": ids,
        "text": bodies | some("MAMA", "MAMA 2 soap", "JOY"),
    }
)
REPORT = form_of({"id": ids, "status": some("Success", "Failed"), "failureReason": anything})
EVENTS = form_of(
    {
        "sessionId": ids,
        "serviceCode": some("*284*77#"),
        "phoneNumber": people,
        "status": some("Success", "Failed"),
        "hopsCount": some("3", "-1"),
        "lastAppResponse": anything,
        "errorMessage": anything,
    }
)
OPT_OUT = form_of({"senderId": some("22884"), "phoneNumber": people})
HOP = form_of(
    {
        "sessionId": st.integers(0, 199).map("s{}".format),
        "serviceCode": some("*284*77#", "*285#"),
        "phoneNumber": people,
        "text": st.one_of(some("", "1", "1*2", "9", "9*1", "12", "1001", "98", "99"), anything),
    }
)
# Which forms, and how many messages must at least have come of them. A person at a shared address is
# told once a day how to name a shop, so not every one is answered.
FORMS = {
    "twilio/messages": (TWILIO, MESSAGE, 100),
    "twilio/status": ("/webhooks/twilio/status?ref={ours}", STATUS, 0),
    "africastalking/sms": (f"{AT}/sms", SMS, 100),
    "africastalking/sms/status": (f"{AT}/sms/status", REPORT, 0),
    "africastalking/ussd/events": (f"{AT}/ussd/events", EVENTS, 0),
    "africastalking/optout": (f"{AT}/optout", OPT_OUT, 0),
}


@pytest.fixture
def target(build_house: Callable[..., House]) -> Target:
    return Target(build_house)


@pytest.mark.parametrize("name", FORMS)
def test_any_fields_are_taken_or_refused(target: Target, name: str) -> None:
    url, forms, least = FORMS[name]
    for number in range(40):
        hello = {
            "AccountSid": ACCOUNT,
            "MessageSid": f"SM{number:032d}",
            "From": f"whatsapp:+2567723101{number:02d}",
            "To": "whatsapp:+256312000001",
            "Body": "hi",
        }
        assert target.post(TWILIO, encoded([*hello.items()])) == 200
    ours = target.ours()

    def check(fields: Fields) -> None:
        assert target.post(url.format(ours=next(ours)), encoded(fields)) in (200, 400)

    for_each(BODIES - RUBBISH, forms, check)
    assert target.taken() >= least
    assert target.replied() >= least // 2
    assert (target.receipted() > 10) == ("{ours}" in url)
    target.assert_nothing_half_written()


def test_a_dialled_session_answers_anything_with_a_page(target: Target) -> None:
    def check(fields: Fields) -> None:
        status, page = target.answer(f"{AT}/ussd", encoded(fields))
        if status == 400:
            return
        assert status == 200
        assert page.startswith(("CON ", "END ")), page
        assert len(page) <= 160
        assert segments(page).encoding == "GSM-7"

    for_each(BODIES - RUBBISH, HOP, check)
    assert target.replied() > 100
    target.assert_nothing_half_written()
