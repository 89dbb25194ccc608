"""`/lab`: the page, and who may use it."""

import json
from dataclasses import replace

import pytest
from fakeredis import FakeRedis
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from bot.build import build_world
from bot.lab.blueprint import blueprint
from bot.lab.circuits import CIRCUITS
from bot.lab.emulators import Emulators
from bot.settings import Settings
from store.transaction import Sessions
from tests.fakes.lab import AMINA, Server, prompt

HOME = "http://127.0.0.1:8000"
SHOP = "+256700000100"


@pytest.fixture
def client(settings: Settings, emulators: Emulators, demo_books: Sessions) -> FlaskClient:
    world = replace(build_world(settings, FakeRedis()), sessions=demo_books)
    app = Flask("bot", static_folder=None)
    app.register_blueprint(blueprint(world, emulators))
    return app.test_client()


def post(client: FlaskClient, path: str, **fields: str) -> TestResponse:
    return client.post(f"/lab/{path}", base_url=HOME, json=fields)


def test_the_page_draws_a_shop_with_its_line_and_its_customer(client: FlaskClient) -> None:
    page = client.get("/lab?shop=mama-njeri", base_url=HOME).text
    assert "Mama Njeri Foods" in page
    assert "+256 700 000100" in page
    assert AMINA in page


def test_the_page_runs_no_script_but_its_own(client: FlaskClient) -> None:
    page = client.get("/lab", base_url=HOME)
    assert "default-src 'self'" in page.headers["Content-Security-Policy"]
    assert "http://" not in page.text.replace("http://www.w3.org", "")
    assert "https://" not in page.text


@pytest.mark.parametrize(
    "name",
    ["lab.js", "feed.js", "faults.js", "page.css", "handsets.css", "faults.css", "sokoni.svg"],
)
def test_what_the_page_needs_is_served(client: FlaskClient, name: str) -> None:
    with client.get(f"/lab/static/{name}", base_url=HOME) as answer:
        assert answer.status_code == 200


def test_a_tapped_word_reaches_the_server_and_stands_in_the_chat(
    client: FlaskClient, server: Server
) -> None:
    answer = post(client, "whatsapp", **{"from": AMINA, "to": SHOP, "text": "hi"})
    assert answer.json == {"status": 200}
    assert server.posts[0][1]["Body"] == "hi"
    board = client.get("/lab/board?shop=mama-njeri", base_url=HOME)
    assert [bubble["text"] for bubble in json.loads(board.text)["whatsapp"]] == ["hi"]


def test_an_sms_leaves_by_the_provider_of_the_address(client: FlaskClient, server: Server) -> None:
    post(client, "sms", **{"from": AMINA, "to": "20880", "text": "NJERI hi"})
    assert server.posts[0][0].endswith("/webhooks/africastalking/development-secret/sms")


def test_a_number_of_no_shop_is_refused_in_words(client: FlaskClient, server: Server) -> None:
    answer = post(client, "sms", **{"from": AMINA, "to": "999", "text": "hi"})
    assert answer.status_code == 404
    assert "999" in str(answer.json)
    assert server.posts == []


def test_a_code_is_dialled_and_its_page_answered(client: FlaskClient, server: Server) -> None:
    page = post(client, "ussd/dial", **{"from": AMINA, "code": "*284*77#"})
    assert page.json is not None
    assert page.json["open"] is True
    session = page.json["session"]
    assert post(client, "ussd/reply", session=session, text="1").status_code == 200
    assert post(client, "ussd/cancel", session=session).json == {"ended": True}
    assert post(client, "ussd/reply", session=session, text="1").status_code == 404


def test_a_prompt_is_approved_on_the_phone(client: FlaskClient, emulators: Emulators) -> None:
    emulators.purses["mtn-momo"].ask(prompt("r1"))
    assert post(client, "wallet/r1/approve").status_code == 200
    assert emulators.purses["mtn-momo"].all()[0].status == "taken"


@pytest.mark.parametrize("path", ["wallet/r1/steal", "wallet/unknown/approve"])
def test_an_answer_or_a_prompt_that_is_none_is_not_found(client: FlaskClient, path: str) -> None:
    assert post(client, path).status_code == 404


def panel(client: FlaskClient) -> dict[str, list[dict[str, object]]]:
    drawn = client.get("/lab/board?shop=mama-njeri", base_url=HOME)
    return dict(json.loads(drawn.text)["faults"])


def test_a_switch_is_thrown_strikes_and_is_off_again(client: FlaskClient, server: Server) -> None:
    assert post(client, "switches/twilio-messages/gone", times="1").status_code == 200
    assert panel(client)["thrown"] == [{"id": "twilio-messages/gone", "left": 1, "seconds": 0.0}]
    post(client, "whatsapp", **{"from": AMINA, "to": SHOP, "text": "hi"})
    assert server.posts == []
    shown = panel(client)
    assert shown["thrown"] == []
    assert shown["struck"] == {"twilio-messages/gone": 1}
    assert [line["text"] for line in shown["log"]] == ["Lost for good: “hi” from +256 762 345111"]


def test_a_switch_is_switched_off_and_everything_is_made_well(client: FlaskClient) -> None:
    post(client, "switches/twilio-messages/late", times="always", seconds="7")
    post(client, "switches/wallet/never", times="3")
    thrown = panel(client)["thrown"]
    assert [(t["id"], t["left"], t["seconds"]) for t in thrown] == [
        ("twilio-messages/late", None, 7.0),
        ("wallet/never", 3, 0.0),
    ]
    assert post(client, "switches/wallet/never/off").json == {"on": False}
    assert len(panel(client)["thrown"]) == 1
    assert post(client, "heal").json == {"well": True}
    assert panel(client)["thrown"] == []


@pytest.mark.parametrize(
    ("path", "fields", "status"),
    [
        ("switches/twilio-messages/steal", {}, 404),
        ("switches/nowhere/lost/off", {}, 404),
        ("switches/twilio-messages/late", {"seconds": "31"}, 400),
        ("switches/twilio-messages/late", {"seconds": "soon"}, 400),
        ("switches/twilio-messages/late", {"times": "0"}, 400),
        ("switches/twilio-messages/late", {"times": "often"}, 400),
    ],
)
def test_a_switch_that_is_none_or_makes_no_sense_is_refused(
    client: FlaskClient, path: str, fields: dict[str, str], status: int
) -> None:
    assert post(client, path, **fields).status_code == status
    assert panel(client)["thrown"] == []


def test_the_panel_names_every_switch_and_what_this_shop_does_not_use(client: FlaskClient) -> None:
    page = client.get("/lab?shop=mama-njeri", base_url=HOME).text
    for circuit in CIRCUITS:
        assert f'data-circuit="{circuit.id}"' in page
        for switch in circuit.switches:
            assert f'data-switch="{circuit.id}/{switch.name}"' in page
    unused = page.partition('label="Not in use by this shop"')[2].partition("</optgroup>")[0]
    assert "WhatsApp by Meta" in unused
    assert "Twilio" not in unused


@pytest.mark.parametrize(
    "path", ["switches/twilio-messages/gone", "heal", "switches/wallet/never/off"]
)
@pytest.mark.parametrize(
    ("headers", "environ"),
    [
        ({"Host": "elsewhere.example"}, {}),
        ({}, {"REMOTE_ADDR": "192.0.2.7"}),
        ({"Origin": "https://elsewhere.example"}, {}),
        ({"Content-Type": "text/plain"}, {}),
    ],
    ids=["other name", "other machine", "other page", "a plain form"],
)
def test_nobody_else_throws_a_switch(
    client: FlaskClient, path: str, headers: dict[str, str], environ: dict[str, str]
) -> None:
    answer = client.post(
        f"/lab/{path}",
        base_url=HOME,
        data="{}",
        headers={"Content-Type": "application/json", **headers},
        environ_overrides=environ,
    )
    assert answer.status_code == 403
    assert panel(client)["thrown"] == []


@pytest.mark.parametrize(
    "fields",
    [{}, {"from": AMINA}, {"from": "nobody", "to": SHOP, "text": "hi"}, {"from": AMINA, "to": 5}],
)
def test_a_request_that_lacks_something_is_refused(
    client: FlaskClient, fields: dict[str, object]
) -> None:
    assert client.post("/lab/sms", base_url=HOME, json=fields).status_code == 400


def test_the_stream_brings_the_board(client: FlaskClient) -> None:
    with client.get("/lab/stream", base_url=HOME, buffered=False) as answer:
        assert answer.mimetype == "text/event-stream"
        events = answer.iter_encoded()
        assert next(events).startswith(b"retry:")
        assert set(json.loads(next(events).removeprefix(b"data: "))) >= {"whatsapp", "asks"}
        events.close()  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("headers", "environ"),
    [
        ({"Host": "elsewhere.example"}, {}),
        ({}, {"REMOTE_ADDR": "192.0.2.7"}),
        ({"Origin": "https://elsewhere.example"}, {}),
        ({"Origin": "null"}, {}),
        ({"Content-Type": "text/plain"}, {}),
    ],
    ids=["other name", "other machine", "other page", "no page", "a plain form"],
)
def test_nobody_else_drives_the_handsets(
    client: FlaskClient, server: Server, headers: dict[str, str], environ: dict[str, str]
) -> None:
    answer = client.post(
        "/lab/sms",
        base_url=HOME,
        data=json.dumps({"from": AMINA, "to": "20880", "text": "hi"}),
        headers={"Content-Type": "application/json", **headers},
        environ_overrides=environ,
    )
    assert answer.status_code == 403
    assert server.posts == []


def test_the_page_may_drive_the_handsets(client: FlaskClient) -> None:
    fields = {"from": AMINA, "to": "20880", "text": "hi"}
    answer = client.post("/lab/sms", base_url=HOME, json=fields, headers={"Origin": HOME})
    assert answer.status_code == 200
