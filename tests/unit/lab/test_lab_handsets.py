"""What the handsets show, and what their owners' messages become."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.lab.emulators import Emulators
from bot.lab.handsets import Handsets
from bot.lab.screens import cost
from channels.africastalking.emulator import Accepted as AtAccepted
from channels.channel import Medium
from channels.interactive import Payload, Row, Rows
from channels.meta.emulator import Accepted as MetaAccepted
from channels.meta.emulator import MetaEmulator
from channels.twilio.emulator import Accepted
from tests.fakes.lab import AMINA, NOW, Server, prompt

SHOP = "+256700000100"


@pytest.fixture
def handsets(emulators: Emulators) -> Handsets:
    return Handsets(emulators, lambda: NOW)


def received(sid: str, text: str, seconds: int, medium: Medium = Medium.WHATSAPP) -> Accepted:
    at = NOW + timedelta(seconds=seconds)
    return Accepted(sid, medium, SHOP, AMINA, text, None, None, at)


def test_a_whatsapp_message_reaches_the_server_as_a_signed_webhook_with_the_writers_name(
    handsets: Handsets, server: Server
) -> None:
    handsets.say(Medium.WHATSAPP, "twilio", AMINA, SHOP, "hi", "Amina")
    ((url, form),) = server.posts
    assert url == "http://127.0.0.1:8000/webhooks/twilio/messages"
    assert form["From"] == f"whatsapp:{AMINA}"
    assert form["ProfileName"] == "Amina"


def test_a_chat_shows_both_sides_in_the_order_of_time(
    handsets: Handsets, emulators: Emulators
) -> None:
    assert emulators.twilio is not None
    emulators.twilio.accept(received("SM2", "Welcome", 1))
    handsets.say(Medium.WHATSAPP, "twilio", AMINA, SHOP, "hi")
    chat = handsets.chat(AMINA, {SHOP})
    assert [(b.text, b.mine, b.status) for b in chat] == [
        ("hi", True, "delivered"),
        ("Welcome", False, "queued"),
    ]


def test_what_the_server_refuses_is_shown_as_not_delivered(
    handsets: Handsets, server: Server
) -> None:
    server.status = 500
    handsets.say(Medium.SMS, "africastalking", AMINA, "20880", "NJERI hi")
    assert [b.status for b in handsets.texts(AMINA)] == ["failed"]


def test_the_ticks_follow_the_receipts(handsets: Handsets, emulators: Emulators) -> None:
    assert emulators.twilio is not None
    message = received("SM1", "Welcome", 0)
    emulators.twilio.accept(message)
    emulators.twilio.report(message, "read")
    assert [b.status for b in handsets.chat(AMINA, {SHOP})] == ["read"]


def test_a_phone_shows_the_sms_of_every_provider_and_of_nobody_else(
    handsets: Handsets, emulators: Emulators
) -> None:
    assert emulators.twilio is not None
    assert emulators.africastalking is not None
    emulators.twilio.accept(received("SM1", "by Twilio", 0, Medium.SMS))
    emulators.africastalking.accept(AtAccepted("AT1", "20880", AMINA, "by shortcode", NOW))
    emulators.africastalking.accept(AtAccepted("AT2", "20880", "+256700000102", "not mine", NOW))
    assert {(b.text, b.peer) for b in handsets.texts(AMINA)} == {
        ("by Twilio", SHOP),
        ("by shortcode", "20880"),
    }


LINE = "100200300400500"
ROWS = Rows("Choose", (Row("pickup", "Pick it up", "free"), Row("standard", "Delivery")))


def by_meta(emulators: Emulators, identifier: str, payload: Payload | None) -> MetaEmulator:
    assert emulators.meta is not None
    message = MetaAccepted(identifier, LINE, AMINA, "How?", payload, None, None, NOW)
    emulators.meta.accept(message, templated=False)
    return emulators.meta


def test_a_list_is_shown_with_its_rows_and_a_tap_comes_back_as_the_row(
    handsets: Handsets, emulators: Emulators, server: Server
) -> None:
    by_meta(emulators, "wamid.1", ROWS)
    (shown,) = handsets.chat(AMINA, {LINE})
    assert (shown.opener, shown.status, shown.cost) == ("Choose", "queued", "4 of 1,024 characters")
    assert [(c.title, c.description) for c in shown.choices] == [
        ("Pick it up", "free"),
        ("Delivery", None),
    ]
    handsets.tap(AMINA, "wamid.1", "standard", "Amina")
    assert [(b.text, b.mine) for b in handsets.chat(AMINA, {LINE})][-1] == ("Delivery", True)
    (posted,) = server.bodies
    assert b'"list_reply": {"id": "standard"' in posted
    with pytest.raises(KeyError):
        handsets.tap(AMINA, "wamid.1", "express")
    with pytest.raises(KeyError):
        handsets.tap("+256762345222", "wamid.1", "standard")


def test_a_text_through_meta_is_shown_with_its_ticks(
    handsets: Handsets, emulators: Emulators, server: Server
) -> None:
    meta = by_meta(emulators, "wamid.1", None)
    meta.report(meta.messages[0], "read")
    handsets.say(Medium.WHATSAPP, "meta", AMINA, LINE, "hi", "Amina")
    chat = handsets.chat(AMINA, {LINE})
    assert {(b.text, b.status) for b in chat} == {("How?", "read"), ("hi", "delivered")}
    assert chat[0].choices == ()


def test_every_change_rings_the_bell(handsets: Handsets, emulators: Emulators) -> None:
    assert emulators.twilio is not None
    before = emulators.bell.count
    emulators.twilio.accept(received("SM1", "Welcome", 0))
    emulators.purses["mtn-momo"].ask(prompt("r1"))
    emulators.purses["mtn-momo"].approve("r1")
    assert emulators.bell.count >= before + 3


def test_a_prompt_waits_on_the_payers_phone_until_it_is_answered(
    handsets: Handsets, emulators: Emulators
) -> None:
    emulators.purses["mtn-momo"].ask(prompt("r1"))
    (ask,) = handsets.asks(AMINA, {AMINA})
    assert ask.amount == "UGX 71,000"
    emulators.purses["mtn-momo"].fail("r1", "NOT_ENOUGH_FUNDS")
    assert handsets.asks(AMINA, {AMINA}) == []


def test_a_prompt_that_was_put_away_is_seen_no_more(
    handsets: Handsets, emulators: Emulators
) -> None:
    emulators.purses["mtn-momo"].ask(prompt("r1"))
    handsets.put_away("r1")
    assert handsets.asks(AMINA, {AMINA}) == []
    assert emulators.purses["mtn-momo"].all()[0].status == "waiting"


def test_a_prompt_for_a_number_nobody_here_has_is_shown_too(
    handsets: Handsets, emulators: Emulators
) -> None:
    emulators.purses["mtn-momo"].ask(prompt("r1", payer="+256772999999"))
    assert len(handsets.asks(AMINA, {AMINA})) == 1
    assert handsets.asks(AMINA, {AMINA, "+256772999999"}) == []


def test_who_pays_by_a_link_is_not_asked_on_the_phone(
    handsets: Handsets, emulators: Emulators
) -> None:
    link = "http://127.0.0.1:8000/emulators/flutterwave/pay/1"
    emulators.purses["mtn-momo"].ask(replace(prompt("r1"), link=link))
    assert handsets.asks(AMINA, {AMINA}) == []


def test_a_code_to_pay_with_comes_by_sms_from_the_network(
    handsets: Handsets, emulators: Emulators
) -> None:
    emulators.purses["mtn-momo"].ask(replace(prompt("r1"), code="482915"))
    assert handsets.asks(AMINA, {AMINA}) == []
    (bubble,) = handsets.texts(AMINA)
    assert (bubble.text, bubble.peer) == (
        "Your code to pay UGX 71000 is 482915.",
        "Mobile Money",
    )
    assert handsets.texts("+256772999999") == []


@pytest.mark.parametrize(
    ("medium", "text", "words"),
    [
        (Medium.SMS, "hi", "2 in GSM-7, 1 SMS"),
        (Medium.SMS, "a" * 161, "161 in GSM-7, 2 SMS"),
        (Medium.SMS, "\u00e7a va \u0153", "7 in UCS-2, 1 SMS"),
        (Medium.WHATSAPP, "a" * 1200, "1,200 of 1,600 characters"),
    ],
)
def test_a_message_says_its_length_and_its_cost(medium: Medium, text: str, words: str) -> None:
    assert cost(medium, text) == words
