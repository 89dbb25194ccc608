import json
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from channels.channel import (
    Account,
    ForgedError,
    Inbound,
    MalformedError,
    Medium,
    Noted,
    Pricing,
    Receipt,
    ReceiptStatus,
    Sender,
    WebRequest,
)
from channels.meta import MetaChannel
from channels.meta.app import app_account
from channels.meta.codes import ERRORS, STATUSES
from channels.meta.emulator import Who, handset
from channels.meta.signature import HEADER, answer_challenge, sign
from channels.meta.webhook import moment, numbers_in, read
from flows.heard import Attachment, Basket, BasketItem, MediaKind

ACCOUNT = app_account("secret", "token", "https://graph.example/v26.0")
AT = datetime(2026, 11, 21, 11, 5, tzinfo=UTC)
AMINA = Who("+256772000001", "UG.1234", "Amina")
channel = MetaChannel()


def request(body: bytes, **headers: str) -> WebRequest:
    return WebRequest("POST", "https://shop.example/webhooks/meta", headers, {}, body)


def body(*values: handset.Json) -> bytes:
    return json.dumps(handset.envelope(values)).encode()


def received(
    content: handset.Json, who: Who = AMINA, replies_to: str | None = None
) -> list[object]:
    made = handset.message(who, content, "wamid.1", AT, replies_to)
    return list(
        read(body(handset.value_of("100", contacts=[who.contact], messages=[made])), ACCOUNT)
    )


def one(content: handset.Json, who: Who = AMINA, replies_to: str | None = None) -> Inbound:
    (item,) = received(content, who, replies_to)
    assert isinstance(item, Inbound)
    return item


def test_a_text_arrives_whole() -> None:
    assert one(handset.text("2 rice"), replies_to="wamid.0") == Inbound(
        medium=Medium.WHATSAPP,
        provider="meta",
        account=ACCOUNT.id,
        address="100",
        sender=Sender("+256772000001", "UG.1234", "Amina"),
        message_id="wamid.1",
        text="2 rice",
        reply_to="wamid.0",
        sent_at=AT,
    )


@pytest.mark.parametrize(
    ("content", "text", "choice"),
    [
        (handset.button("pay", "Pay"), "Pay", "pay"),
        (handset.row("product:rice", "Rice", "UGX 5,000"), "Rice", "product:rice"),
        (handset.quick_reply("track:1001", "Where is it?"), "Where is it?", "track:1001"),
        # Without a payload of ours the words come twice, and are words.
        (handset.quick_reply("Where is it?", "Where is it?"), "Where is it?", None),
    ],
)
def test_what_is_tapped_comes_with_its_id(
    content: handset.Json, text: str, choice: str | None
) -> None:
    assert (one(content).text, one(content).choice) == (text, choice)


def test_a_basket_says_what_and_how_many_and_nothing_of_prices() -> None:
    heard = one(handset.order([("rice", 2), ("soap", 0), ("", 1), ("beans", -1)], "UGX", "soon"))
    assert heard.basket == Basket((BasketItem("rice", 2),), "soon")
    assert heard.text == "soon"
    assert "price" not in repr(heard)


def test_quantities_that_are_no_numbers_are_left_out() -> None:
    items = [
        {"product_retailer_id": "a", "quantity": quantity}
        for quantity in ("3", 2.9, None, True, "x", float("nan"), float("inf"), 10**400, 10**7)
    ]
    heard = one({"type": "order", "order": {"product_items": [*items, 7]}})
    assert heard.basket == Basket((BasketItem("a", 3), BasketItem("a", 2)))


@pytest.mark.parametrize(
    ("content", "attachment"),
    [
        (
            handset.location(0.34, 32.58, "Nakasero"),
            Attachment(MediaKind.LOCATION, None, "Nakasero", 0.34, 32.58),
        ),
        (
            {"type": "image", "image": {"id": "1", "caption": "this one"}},
            Attachment(MediaKind.PICTURE, None, "this one", media="1"),
        ),
        (
            {"type": "image", "image": {"id": "../me/accounts?x=1"}},
            Attachment(MediaKind.PICTURE),
        ),
        ({"type": "audio", "audio": {"id": "1"}}, Attachment(MediaKind.VOICE, media="1")),
        ({"type": "video", "video": {}}, Attachment(MediaKind.VIDEO)),
        ({"type": "document", "document": {}}, Attachment(MediaKind.DOCUMENT)),
        ({"type": "sticker", "sticker": {}}, Attachment(MediaKind.STICKER)),
        (
            {"type": "contacts", "contacts": [{"name": {"formatted_name": "Okello"}}]},
            Attachment(MediaKind.CONTACT, None, "Okello"),
        ),
    ],
)
def test_what_is_no_text_is_an_attachment(content: handset.Json, attachment: Attachment) -> None:
    assert one(content).attachment == attachment


@pytest.mark.parametrize(
    "content",
    [
        {"type": "reaction", "reaction": {"emoji": "👍"}},
        {"type": "unsupported", "errors": [{"code": 131051}]},
        {"type": "interactive", "interactive": {"type": "nfm_reply", "nfm_reply": {}}},
        {"type": "system", "system": {"type": "user_changed_number"}},
    ],
)
def test_what_nobody_answers_is_noted(content: handset.Json) -> None:
    (noted,) = received(content)
    assert isinstance(noted, Noted)
    assert (noted.kind, noted.address) == (content["type"], "100")


@pytest.mark.parametrize(
    "content",
    [
        {"type": "hologram"},
        {},
        {"type": ["text"]},
        {"type": "location", "location": {"latitude": 91, "longitude": 0}},
    ],
)
def test_what_is_of_an_unknown_kind_is_left_out(content: handset.Json) -> None:
    assert received(content) == []


@pytest.mark.parametrize(
    ("who", "sender"),
    [
        (Who("+256772000001", None, "A"), Sender("+256772000001", None, "A")),
        (Who(None, "UG.77", "A"), Sender(None, "UG.77", "A")),
        (Who(None, "UG.ENT.77", "A"), Sender(None, "UG.ENT.77", "A")),
        (Who("+256772000001", "UG.77", "A"), Sender("+256772000001", "UG.77", "A")),
    ],
)
def test_people_are_known_by_phone_or_by_user_id(who: Who, sender: Sender) -> None:
    assert one(handset.text("hi"), who).sender == sender


@pytest.mark.parametrize("who", [Who(), Who("+12"), Who(None, "nonsense"), Who(None, "ug.1")])
def test_what_comes_from_nobody_is_left_out(who: Who) -> None:
    assert received(handset.text("hi"), who) == []


def test_a_batch_is_read_to_its_end_with_everybody_by_their_own_name() -> None:
    ben = Who("+256772000002", None, "Ben")
    said = [
        handset.message(w, handset.text("hi"), f"wamid.{n}", AT, None)
        for n, w in ((1, AMINA), (2, ben))
    ]
    values = (
        handset.value_of("100", contacts=[AMINA.contact, ben.contact], messages=said),
        handset.value_of("200", messages=said[1:], statuses=[{"id": "w", "status": "sent"}]),
        handset.value_of("300", errors=[{"code": 131042, "title": "Payment"}]),
    )
    items = read(body(*values), ACCOUNT)
    seen = [(i.address, i.sender.name) for i in items if isinstance(i, Inbound)]
    assert seen == [("100", "Amina"), ("100", "Ben"), ("200", None)]
    assert [type(item) for item in items[3:]] == [Receipt, Noted]
    assert isinstance(items[4], Noted)
    assert (items[4].kind, items[4].code) == ("error", "131042")
    assert items[4].details == ERRORS[131042].meaning
    assert numbers_in(body(*values)) == ("100", "200", "300")


def test_a_contact_whose_number_is_written_otherwise_lends_its_name() -> None:
    """Brazil and Argentina write a mobile number in two ways."""
    made = handset.message(Who("+5491112345678"), handset.text("hi"), "wamid.1", AT, None)
    contact = {"wa_id": "541112345678", "profile": {"name": "Eva"}}
    (item,) = read(body(handset.value_of("1", contacts=[contact], messages=[made])), ACCOUNT)
    assert isinstance(item, Inbound)
    assert item.sender == Sender("+5491112345678", None, "Eva")


@pytest.mark.parametrize(("status", "known"), STATUSES.items())
def test_every_status_is_known_by_its_row(status: str, known: ReceiptStatus) -> None:
    told = {"id": "wamid.9", "status": status, "biz_opaque_callback_data": "our-id"}
    (receipt,) = read(body(handset.value_of("100", statuses=[told])), ACCOUNT)
    assert receipt == Receipt("meta", ACCOUNT.id, "wamid.9", known, reference="our-id")


@pytest.mark.parametrize(("code", "row"), ERRORS.items())
def test_every_failure_says_why(code: int, row: object) -> None:
    told = {"id": "wamid.9", "status": "failed", "errors": [{"code": code, "title": "x"}]}
    (receipt,) = read(body(handset.value_of("100", statuses=[told])), ACCOUNT)
    assert isinstance(receipt, Receipt)
    assert (receipt.code, receipt.reason) == (str(code), ERRORS[code].meaning)


def test_a_failure_that_no_table_knows_is_told_in_metas_words() -> None:
    error = {"code": 999999, "title": "t", "error_data": {"details": "Because"}}
    told = {"id": "wamid.9", "status": "failed", "errors": [error]}
    (receipt,) = read(body(handset.value_of("100", statuses=[told])), ACCOUNT)
    assert isinstance(receipt, Receipt)
    assert (receipt.code, receipt.reason) == ("999999", "Because")


def test_what_a_message_costs_is_kept() -> None:
    pricing = {"billable": False, "category": "utility", "pricing_model": "PMP"}
    told = {"id": "wamid.9", "status": "delivered", "pricing": pricing}
    (receipt,) = read(body(handset.value_of("100", statuses=[told])), ACCOUNT)
    assert isinstance(receipt, Receipt)
    assert receipt.pricing == Pricing(False, "utility", "PMP")


def test_a_status_of_no_message_or_no_kind_is_left_out() -> None:
    told = [{"status": "sent"}, {"id": "w", "status": "played"}, {"id": "w"}]
    assert list(read(body(handset.value_of("100", statuses=told)), ACCOUNT)) == []


@pytest.mark.parametrize(
    ("timestamp", "at"),
    [
        ("1795259100", datetime(2026, 11, 21, 11, 5, tzinfo=UTC)),
        ("1795259100000", datetime(2026, 11, 21, 11, 5, tzinfo=UTC)),
        ("", None),
        ("soon", None),
        ("-5", None),
        ("9" * 15, None),
        ("٣", None),
    ],
)
def test_times_come_in_seconds_or_milliseconds(timestamp: str, at: datetime | None) -> None:
    assert moment(timestamp) == at


@pytest.mark.parametrize("raw", [b"", b"{", b"7", b"[]", b'"x"', b"\xff", b"[" * 200_000])
def test_what_is_no_json_object_is_malformed(raw: bytes) -> None:
    with pytest.raises(MalformedError):
        read(raw, ACCOUNT)


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=3)
    | st.dictionaries(
        st.sampled_from(
            ["entry", "changes", "field", "value", "metadata", "phone_number_id", "messages", "type",
             "text", "body", "id", "from", "statuses", "status", "errors", "order", "contacts"]
        ),
        inner,
        max_size=4,
    ),
    max_leaves=25,
)  # fmt: skip


@given(json_values)
def test_json_of_any_shape_is_read_or_malformed(value: object) -> None:
    raw = json.dumps({"entry": [{"changes": [{"field": "messages", "value": value}]}]}).encode()
    read(raw, ACCOUNT)
    wrapped = {"metadata": {"phone_number_id": "1"}, "messages": [value], "statuses": [value]}
    read(body(wrapped), ACCOUNT)


@pytest.mark.parametrize("words", ["a\0b", "a\ud800b", "\u202ahi", "x" * 9000])
def test_words_can_be_kept_whatever_they_hold(words: str) -> None:
    text = one(handset.text(words)).text
    assert "\0" not in text
    assert len(text.encode("utf-8")) <= 4096


def test_only_the_exact_bytes_and_the_right_secret_make_a_signature() -> None:
    raw = body()
    channel.verify(request(raw, **{HEADER: sign(raw, "secret")}), ACCOUNT)
    channel.verify(
        request(raw, **{HEADER.upper(): sign(raw, "secret").upper().replace("SHA256", "sha256")}),
        ACCOUNT,
    )
    forged = (
        request(raw),
        request(raw, **{HEADER: sign(raw, "other")}),
        request(raw + b" ", **{HEADER: sign(raw, "secret")}),
        request(raw, **{HEADER: sign(raw, "secret").removeprefix("sha256=")}),
        request(raw, **{HEADER: "sha256=é"}),
        request(raw, **{HEADER: "sha1=" + "0" * 40}),
    )
    for attempt in forged:
        with pytest.raises(ForgedError):
            channel.verify(attempt, ACCOUNT)


def test_an_account_without_a_secret_verifies_nothing() -> None:
    raw = body()
    with pytest.raises(ForgedError):
        channel.verify(request(raw, **{HEADER: sign(raw, "")}), Account("meta", "x", "token"))


def test_a_request_claims_to_be_about_the_number_that_it_names() -> None:
    assert channel.account_of(request(body(handset.value_of("100")))) == "100"
    assert channel.account_of(request(body())) is None


def test_a_challenge_is_answered_to_any_of_our_tokens_and_to_no_empty_one() -> None:
    asked = {"hub.mode": "subscribe", "hub.verify_token": "b", "hub.challenge": "42"}
    assert answer_challenge(asked, ["a", "b"]) == "42"
    for wrong in (asked | {"hub.verify_token": "c"}, asked | {"hub.verify_token": ""}):
        with pytest.raises(ForgedError):
            answer_challenge(wrong, ["a", "b", ""])


def test_an_app_is_named_without_giving_its_secret_away() -> None:
    assert "secret" not in repr(ACCOUNT)
    assert ACCOUNT.id != app_account("other", "token", "").id
