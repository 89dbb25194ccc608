"""A switch that is thrown strikes where it says, and nowhere else."""

import json

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from bot.lab.emulators import Emulators
from bot.lab.handsets import Handsets
from channels.channel import Medium
from channels.meta.emulator import Who
from channels.meta.emulator import create_emulator as create_meta
from payments.emulated import Asked, Hit, Move, Trouble
from tests.fakes.lab import AMINA, NOW, Server

SHOP = "+256700000100"


@pytest.fixture
def handsets(emulators: Emulators) -> Handsets:
    return Handsets(emulators, lambda: NOW)


def log(emulators: Emulators) -> list[str]:
    return [line.text for line in emulators.switches.panel().log]


def test_a_doubled_message_is_posted_twice_with_one_id(
    handsets: Handsets, emulators: Emulators, server: Server
) -> None:
    emulators.switches.throw("twilio-messages/twice")
    handsets.say(Medium.WHATSAPP, "twilio", AMINA, SHOP, "hi")
    handsets.say(Medium.WHATSAPP, "twilio", AMINA, SHOP, "again")
    bodies = [form["Body"] for _, form in server.posts]
    assert bodies == ["hi", "hi", "again"]
    assert len({form["MessageSid"] for _, form in server.posts}) == 2
    assert log(emulators) == ["Delivered twice: “hi” from +256 762 345111"]


def test_a_message_lost_for_good_stays_on_its_writers_phone(
    handsets: Handsets, emulators: Emulators, server: Server
) -> None:
    emulators.switches.throw("africastalking-messages/gone")
    handsets.say(Medium.SMS, "africastalking", AMINA, "20880", "NJERI hi")
    assert server.posts == []
    assert [bubble.status for bubble in handsets.texts(AMINA)] == ["failed"]
    assert log(emulators) == ["Lost for good: “NJERI hi” from +256 762 345111"]


def test_a_lost_page_is_a_connection_problem_and_the_next_one_comes(
    emulators: Emulators, server: Server
) -> None:
    assert emulators.africastalking is not None
    emulators.switches.throw("africastalking-pages/gone")
    session = emulators.africastalking.dial("*284*77#", AMINA)
    assert (session.open, session.screen) == (False, "")
    assert emulators.africastalking.dial("*284*77#", AMINA).open
    assert log(emulators) == ["Lost on the way: “*284*77#” from +256 762 345111"]


def test_switches_of_messages_leave_pages_and_notices_alone(
    emulators: Emulators, server: Server
) -> None:
    assert emulators.africastalking is not None
    for switch in ("africastalking-messages/gone", "africastalking-receipts/gone"):
        emulators.switches.throw(switch, None)
    session = emulators.africastalking.dial("*284*77#", AMINA)
    session.hang_up()
    assert [url.rpartition("/")[2] for url, _ in server.posts] == ["ussd", "events"]
    assert log(emulators) == []


def test_a_receipt_is_lost_and_the_message_is_not(
    handsets: Handsets, emulators: Emulators, server: Server
) -> None:
    meta = emulators.meta
    assert meta is not None
    emulators.switches.throw("meta-receipts/gone")
    meta.say(Who(AMINA), "100200300400500", "hi")
    assert len(server.bodies) == 1
    api, token = create_meta(meta).test_client(), meta.options.access_token
    assert _send(api, token, "Welcome").status_code == 200
    assert not meta.report(meta.messages[0], "delivered").ok
    assert len(server.bodies) == 1
    assert meta.statuses[meta.messages[0].id] == "delivered"


@pytest.mark.parametrize(
    ("switch", "status", "taken"), [("busy", 429, 0), ("broken", 500, 0), ("slow", 200, 1)]
)
def test_the_api_answers_as_its_switch_says_and_then_as_ever(
    emulators: Emulators, switch: str, status: int, taken: int
) -> None:
    meta = emulators.meta
    assert meta is not None
    api, token = create_meta(meta).test_client(), meta.options.access_token
    emulators.switches.throw(f"meta-sends/{switch}", 1, 1)
    refused = _send(api, token, "Welcome to the market, where everything is sold and bought")
    assert refused.status_code == status
    assert refused.headers.get("Retry-After") == ("1" if switch == "busy" else None)
    assert len(meta.messages) == taken
    assert _send(api, token, "Welcome").status_code == 200
    assert len(log(emulators)) == 1
    assert log(emulators)[0].endswith(
        ": “Welcome to the market, where everything…” to +256 762 345111"
    )


def test_a_prompt_and_a_call_back_meet_what_their_switches_say(emulators: Emulators) -> None:
    wallets = emulators.purses["mtn-momo"]
    asked = Asked(Move.CHARGE, "r1", AMINA, "48000", "UGX")
    emulators.switches.throw("mtn-requests/busy", 1, 9)
    emulators.switches.throw("mtn-callbacks/lying")
    assert wallets.faults.at_request(asked) == Hit(Trouble.BUSY, 9.0)
    assert wallets.faults.at_callback(asked) == Hit(Trouble.LYING)
    assert wallets.faults.at_request(asked) is None
    assert log(emulators) == [
        "Answered 429, 9 s: UGX 48,000 from +256 762 345111",
        "Said the opposite: UGX 48,000 from +256 762 345111",
    ]


def _send(api: FlaskClient, token: str, words: str) -> TestResponse:
    return api.post(
        "/v25.0/100200300400500/messages",
        headers={"Authorization": f"Bearer {token}"},
        data=json.dumps(
            {
                "messaging_product": "whatsapp",
                "to": AMINA,
                "type": "text",
                "text": {"body": words},
            }
        ),
        content_type="application/json",
    )
