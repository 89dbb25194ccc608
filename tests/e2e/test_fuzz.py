"""Whatever is posted to a webhook, also properly signed: never a server error, nothing half-written."""

from collections.abc import Callable, Mapping, Sequence
from urllib.parse import parse_qsl, urlencode
from uuid import uuid4

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy
from sqlalchemy import func, select
from twilio.request_validator import RequestValidator
from werkzeug.datastructures import MultiDict

from channels.channel import Medium
from channels.render.gsm import segments
from store.models import InboxRow
from tests.e2e.house import SECRET, House

CUSTOMER = "+256772300050"
ACCOUNT = "AC" + "1" * 32
FORM = "application/x-www-form-urlencoded"
AT = f"/webhooks/africastalking/{SECRET}"

# The server's own threads use chance while examples are drawn.
pytestmark = pytest.mark.filterwarnings("ignore:Do not use the `random` module")

bounded = settings(
    max_examples=150,
    derandomize=True,
    database=None,
    deadline=None,
    suppress_health_check=list(HealthCheck),
)

Fields = Sequence[tuple[str, str]]

# Where text breaks things: no such character, half of one, no end, no number, a number too many,
# a digit that int() refuses, and what other programs would take for code.
ODD = (
    "",
    " ",
    "\x00",
    "a\x00b",
    "\ud800",
    "\u202e",
    "\u200b",
    "²",
    "٣",
    "1e999999",
    "NaN",
    "-0",
    "9" * 18,
    "9" * 25,
    "%s %d %(x)s",
    "{total} {0.__class__} {",
    "${jndi:x}",
    "'; DROP TABLE inbox; --",
    "<Response><Message>x</Message></Response>",
    "order 99999999999999999999",
    "track 99999999999999999999",
    "cancel order 9223372036854775808",
    "2147483648",
    "add 99999999999999 soap",
    "-3 soap",
    "whatsapp:",
    "+",
    "\r\n",
)
anything = st.one_of(
    st.sampled_from(ODD),
    st.sampled_from(("9", "a", "*", "1*", "🍚", "ẞ")).map(lambda part: part * 3000),
    st.text(st.characters(codec=None), max_size=40),
    st.integers().map(str),
    st.floats().map(str),
)


def form_of(known: Mapping[str, SearchStrategy[str]]) -> SearchStrategy[Fields]:
    """A well-formed form in which up to three fields are odd, missing, twice there, or unheard of."""
    change = st.tuples(
        st.sampled_from([name for name in known if name != "AccountSid"]) | anything,
        st.lists(anything, max_size=2),
    )

    def changed(form: Mapping[str, str], changes: Sequence[tuple[str, list[str]]]) -> Fields:
        fields = {name: [value] for name, value in form.items()} | dict(changes)
        return [(name, value) for name, values in fields.items() for value in values]

    return st.builds(changed, st.fixed_dictionaries(known), st.lists(change, max_size=3))


def encoded(fields: Fields) -> bytes:
    return urlencode(fields, errors="surrogatepass").encode()


def some(*values: str) -> SearchStrategy[str]:
    return st.sampled_from(values)


ids = st.uuids().map(lambda u: u.hex)
bodies = st.one_of(
    some("hi", "1", "2 soap", "cart", "OK 1001", "99", "0", "STOP", "START"), anything
)
MESSAGE = form_of(
    {
        "AccountSid": some(ACCOUNT),
        "MessageSid": ids,
        "SmsStatus": some("received", "receiving"),
        "From": some(CUSTOMER, f"whatsapp:{CUSTOMER}", "MTN", "whatsapp:UG.12345"),
        "To": some("whatsapp:+256312000001", "+256312000002"),
        "Body": bodies,
        "ButtonPayload": some("cart", "home", "add:soap:2", "order:1001", "do:x", "page:9"),
        "ProfileName": anything,
        "WaId": some(CUSTOMER[1:]),
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
        "To": some(f"whatsapp:{CUSTOMER}"),
    }
)
SMS = form_of(
    {
        "date": some("2026-11-21 10:00:00", "2026-11-21T10:00:00Z", "9999-99-99"),
        "from": some(CUSTOMER),
        "to": some("22884"),
        "id": ids,
        "linkId": ids,
        "text": bodies,
    }
)
REPORT = form_of({"id": ids, "status": some("Success", "Failed"), "failureReason": anything})
EVENTS = form_of(
    {
        "sessionId": ids,
        "serviceCode": some("*284*77#"),
        "phoneNumber": some(CUSTOMER),
        "status": some("Success", "Failed"),
        "hopsCount": some("3", "-1"),
        "lastAppResponse": anything,
        "errorMessage": anything,
    }
)
OPT_OUT = form_of({"senderId": some("22884"), "phoneNumber": some(CUSTOMER)})


FORMS = {
    "/webhooks/twilio/messages": MESSAGE,
    "/webhooks/twilio/status": STATUS,
    f"{AT}/sms": SMS,
    f"{AT}/sms/status": REPORT,
    f"{AT}/ussd/events": EVENTS,
    f"{AT}/optout": OPT_OUT,
}
URLS = (*FORMS, f"{AT}/ussd", "/webhooks/mtn-momo/11111111-1111-4111-8111-111111111111")
Post = Callable[..., int]


@pytest.fixture
def post(house: House) -> Callable[[str, bytes, str], int]:
    """Posts a body in this process; answers with the status."""

    def send(url: str, body: bytes, kind: str = FORM) -> int:
        headers = {"Content-Type": kind}
        if "twilio" in url:
            headers["X-Twilio-Signature"] = signature(house, url, body)
        with house.app.test_client() as client:
            return client.post(url, data=body, headers=headers, base_url=house.url).status_code

    return send


def signature(house: House, url: str, body: bytes) -> str:
    """As Twilio would sign this very form, however odd."""
    try:
        # What cannot be decoded reaches the server's code still quoted.
        fields = parse_qsl(body.decode(), keep_blank_values=True, errors="werkzeug.url_quote")
        form = MultiDict(fields)
        return str(RequestValidator("twilio-token").compute_signature(house.url + url, form))
    except UnicodeError:
        return ""


def taken(house: House) -> int:
    """How many messages came as far as the inbox."""
    return house.in_books(lambda s: s.scalar(select(func.count(InboxRow.id))) or 0)


def assert_nothing_half_written(house: House) -> None:
    """Everything that was taken was answered, and no message had to be put aside."""
    open_, failed = house.in_books(
        lambda s: (
            s.scalar(select(func.count()).where(InboxRow.done_at.is_(None))),
            list(
                s.execute(
                    select(InboxRow.text, InboxRow.failure).where(InboxRow.failure.is_not(None))
                )
            ),
        )
    )
    assert (open_, failed) == (0, [])


def test_any_bytes_on_any_webhook(house: House, post: Post) -> None:
    kinds = some(FORM, "application/json", "multipart/form-data; boundary=x", "", "text/plain\x7f")
    encodable = anything.map(lambda text: text.encode(errors="ignore"))

    @bounded
    @given(st.one_of(st.binary(max_size=300), encodable), kinds)
    def check(body: bytes, kind: str) -> None:
        for url in URLS:
            assert post(url, body, kind) < 500, url

    check()
    assert_nothing_half_written(house)


def test_any_fields_with_a_true_signature(house: House, post: Post) -> None:
    def every(url: str, forms: SearchStrategy[Fields]) -> None:
        @bounded
        @given(forms)
        def check(fields: Fields) -> None:
            assert post(url, encoded(fields)) in (200, 400), url

        check()

    for url, forms in FORMS.items():
        every(url, forms)
    assert taken(house) > 40
    assert_nothing_half_written(house)


def test_a_dialled_session_answers_anything_with_a_page(house: House) -> None:
    form = form_of(
        {
            "sessionId": some("s1", "s2", "s3", "s4"),
            "serviceCode": some("*284*77#", "*285#"),
            "phoneNumber": some(CUSTOMER),
            "text": st.one_of(some("", "1", "1*2", "9", "9*1", "12", "1001", "98", "99"), anything),
        }
    )

    @bounded
    @given(form)
    def check(fields: Fields) -> None:
        with house.app.test_client() as client:
            answer = client.post(f"{AT}/ussd", data=encoded(fields), content_type=FORM)
        if answer.status_code == 200:
            assert answer.text.startswith(("CON ", "END ")), answer.text
            assert len(answer.text) <= 160
            assert segments(answer.text).encoding == "GSM-7"
        else:
            assert answer.status_code == 400

    check()
    assert taken(house) > 20
    assert_nothing_half_written(house)


# What people of each kind write when things go well, to get deep into every conversation.
WORDS = {
    CUSTOMER: (
        *("hi", "1", "2", "3", "4", "0", "00", "99", "98", "yes", "no", "menu", "cart", "checkout"),
        *(
            "2 rice 5kg",
            "soap",
            "add 3 soap",
            "not rice but soap",
            "remove rice",
            "make it 5",
            "pay",
        ),
        *("kamwokya", "near the mosque", "0772300051", "cash", "track", "cancel order 1001"),
        *("reorder", "i have paid", "human", "STOP", "START", "change address", "1001", "bot"),
        *(
            "price of rice?",
            "where is order 1002",
            "help",
            "receipt",
            "luganda",
            "deliver to ntinda",
        ),
    ),
    "+256772100001": (
        *("OK 1001", "OK", "NO 1001 finished", "READY 1001", "STOCK soap 40", "STOCK soap +5"),
        *("STOCK soap -5", "PRICE soap 5000", "PRICE soap 1", "ORDERS", "SALES", "OPEN", "CLOSE"),
        *("REPLY 1001 coming", "BOT 1001", f"REPLY {CUSTOMER} yes", f"BOT {CUSTOMER}", "BALANCE"),
        *("PAYOUT 5000", "HELP", "PICKED 1001", "DELIVERED 1001 0000", "1", "2", "yes", "no"),
        *("STOCK soap 99999999999999999999", "PRICE soap 99999999999999999999", "REPLY", "STOCK"),
        *("PRICE rice 1e9", "PRICE soap 0", "STOCK rice-5kg 2.5", "OK 999999999", "1 2 3"),
    ),
    "+256772200001": (
        *(
            "ON",
            "OFF",
            "YES 1001",
            "YES",
            "NO 1001",
            "PICKED 1001",
            "PICKED",
            "DELIVERED 1001 0000",
        ),
        *("DELIVERED 1111", "FAIL 1001 nobody home", "JOBS", "UNDO", "HELP", "1", "2", "code"),
        *("FAIL", "DELIVERED 1001 99999999999999", "UNDO 999999999", "0", "yes"),
    ),
}
OURS = {Medium.WHATSAPP: "+256312000001", Medium.SMS: "+256312000002"}
PRESSED = (
    *("add:soap:9223372036854775808", "set:rice:-5", "add:x:1", "do:add:soap:1;add:rice:1"),
    *("swap:take:soap:0;add:rice:1", "do:" + "add:soap:1;" * 22, "track:99999999999999999999"),
    *("cancel:²", "reorder:²", "reorder:99999999999999999999", "pay:1001", "cash:1001", "yes"),
    *("confirm", "change:x", "rail:wallet", "kind:express", "area:Mars", "as-seller:OK 1001"),
    *("as-rider:PICKED 1001", "category:x", "info:x", "language:xx", "product:", "quantity:x"),
    *("paid:1001", "other-number:1001", "address:1001", "as-seller:", "talk:x:y", ":", "page:2"),
)


def test_a_conversation_survives_whatever_is_said(house: House, post: Post) -> None:
    people = st.sampled_from(tuple(WORDS))
    turns = people.flatmap(
        lambda person: st.tuples(
            st.just(person),
            st.one_of(*[st.sampled_from(WORDS[person])] * 3, anything),
            st.sampled_from(tuple(OURS)),
            st.one_of(st.none(), st.none(), st.sampled_from(PRESSED)),
        )
    )

    @settings(bounded, max_examples=60)
    @given(st.lists(turns, min_size=1, max_size=5))
    def check(turns: Sequence[tuple[str, str, Medium, str | None]]) -> None:
        for person, text, medium, pressed in turns:
            prefix = "whatsapp:" if medium is Medium.WHATSAPP else ""
            form = [
                ("AccountSid", ACCOUNT),
                ("MessageSid", f"SM{uuid4().hex}"),
                ("From", prefix + person),
                ("To", prefix + OURS[medium]),
                ("Body", text),
                ("ButtonPayload", pressed or ""),
            ]
            assert post("/webhooks/twilio/messages", encoded(form)) == 200
        assert_nothing_half_written(house)

    check()
