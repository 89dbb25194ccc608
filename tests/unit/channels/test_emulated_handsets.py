"""The emulators' webhooks are those that the adapters read."""

from collections.abc import Iterator, Mapping
from urllib.parse import urlsplit

import pytest

from channels.africastalking import AfricasTalkingChannel
from channels.africastalking import emulator as africastalking
from channels.channel import (
    Account,
    Inbound,
    Incoming,
    Medium,
    OptOut,
    Receipt,
    UssdNotice,
    WebRequest,
)
from channels.emulated import Answered, Form, LoopbackPost, NotLoopbackError
from channels.twilio import TwilioChannel
from channels.twilio import emulator as twilio

SID = "AC" + "0" * 32
PUBLIC = "https://shop.example"
TARGET = "http://127.0.0.1:9"


class Server:
    """Stands where the server would: verifies and reads what is posted, answers what it is told to."""

    def __init__(self, channel: TwilioChannel | AfricasTalkingChannel, account: Account) -> None:
        self.channel, self.account = channel, account
        self.read: list[Incoming] = []
        self.answers: list[str] = []

    def __call__(self, url: str, form: Form, headers: Mapping[str, str]) -> Answered:
        assert url.startswith(TARGET)
        values: dict[str, list[str]] = {}
        for name, value in form:
            values.setdefault(name, []).append(value)
        request = WebRequest("POST", PUBLIC + urlsplit(url).path, headers, values)
        self.channel.verify(request, self.account)
        self.read += self.channel.read(request, self.account)
        return Answered(200, self.answers.pop(0) if self.answers else "<Response/>")


@pytest.fixture
def whatsapp() -> Iterator[tuple[twilio.TwilioEmulator, Server]]:
    server = Server(TwilioChannel(), Account("twilio", SID, "token"))
    emulator = twilio.TwilioEmulator(
        twilio.Options(
            SID, "token", PUBLIC, TARGET, receipts=("sent", "delivered", "read"), post=server
        )
    )
    yield emulator, server
    emulator.close()


@pytest.fixture
def ussd() -> Iterator[tuple[africastalking.AfricasTalkingEmulator, Server]]:
    account = Account("africastalking", "sokoni", "key", webhook_secret="secret")
    server = Server(AfricasTalkingChannel(), account)
    emulator = africastalking.AfricasTalkingEmulator(
        africastalking.Options(
            "sokoni", "key", "secret", TARGET, receipts=("Sent", "Success"), post=server
        )
    )
    yield emulator, server
    emulator.close()


@pytest.mark.parametrize("medium", [Medium.WHATSAPP, Medium.SMS])
def test_what_a_person_says_arrives_signed(
    whatsapp: tuple[twilio.TwilioEmulator, Server], medium: Medium
) -> None:
    emulator, server = whatsapp
    emulator.say("+256772000001", "+256200000001", "2 rice", medium=medium, sid="SM7")
    (message,) = server.read
    assert isinstance(message, Inbound)
    assert (message.medium, message.text, message.message_id) == (medium, "2 rice", "SM7")


@pytest.mark.parametrize(
    ("prefix", "statuses"),
    [("whatsapp:", ["sent", "delivered", "read"]), ("", ["sent", "delivered"])],
    ids=["whatsapp", "sms is never reported as read"],
)
def test_receipts_follow_an_accepted_message_in_order(
    whatsapp: tuple[twilio.TwilioEmulator, Server], prefix: str, statuses: list[str]
) -> None:
    emulator, server = whatsapp
    client = twilio.create_emulator(emulator).test_client()
    answer = client.post(
        f"/2010-04-01/Accounts/{SID}/Messages.json",
        auth=(SID, "token"),
        data={
            "From": f"{prefix}+256200000001",
            "To": f"{prefix}+256772000001",
            "Body": "Hello",
            "StatusCallback": f"{PUBLIC}/webhooks/twilio/status",
        },
    )
    assert answer.status_code == 201
    emulator.close()
    read = [receipt.status for receipt in server.read if isinstance(receipt, Receipt)]
    assert read == statuses
    assert set(emulator.statuses.values()) == {statuses[-1]}


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"To": ""}, 21604),
        ({"From": ""}, 21603),
        ({"To": "0772"}, 21211),
        ({"To": "whatsapp:+256772000001"}, 63007),
        ({"Body": ""}, 21619),
        ({"Body": "x" * 1601}, 21617),
    ],
)
def test_the_emulated_twilio_refuses_what_twilio_refuses(
    whatsapp: tuple[twilio.TwilioEmulator, Server], change: Mapping[str, str], code: int
) -> None:
    emulator, _ = whatsapp
    form = {"From": "+256200000001", "To": "+256772000001", "Body": "Hello", **change}
    client = twilio.create_emulator(emulator).test_client()
    answer = client.post(
        f"/2010-04-01/Accounts/{SID}/Messages.json", auth=(SID, "token"), data=form
    )
    assert (answer.status_code, answer.json["code"]) == (400, code)
    assert emulator.messages == []


def test_a_session_adds_up_what_is_typed(
    ussd: tuple[africastalking.AfricasTalkingEmulator, Server],
) -> None:
    emulator, server = ussd
    server.answers = ["CON One", "CON Two", "END Bye"]
    session = emulator.dial("*284*77#", "+254711000001")
    assert (session.screen, session.open) == ("One", True)
    assert session.reply("1") == "Two"
    assert session.reply("2*3") == "Bye"
    assert not session.open
    with pytest.raises(ValueError, match="over"):
        session.reply("4")
    texts = [message.text for message in server.read if isinstance(message, Inbound)]
    assert texts == ["", "1", "1*2*3"]


def test_a_deep_code_is_dialled_with_its_input(
    ussd: tuple[africastalking.AfricasTalkingEmulator, Server],
) -> None:
    emulator, server = ussd
    server.answers = ["CON Rice", "CON Two"]
    session = emulator.dial("*284*77*12#", "+254711000001")
    session.reply("1")
    first, second = server.read
    assert isinstance(first, Inbound)
    assert isinstance(second, Inbound)
    assert (first.address, first.text, second.text) == ("*284*77#", "12", "12*1")


def test_hanging_up_and_opting_out_are_told(
    ussd: tuple[africastalking.AfricasTalkingEmulator, Server],
) -> None:
    emulator, server = ussd
    server.answers = ["CON One"]
    emulator.dial("*284*77#", "+254711000001").hang_up()
    emulator.opt_out("+254711000001", "22345")
    _, notice, opted_out = server.read
    assert isinstance(notice, UssdNotice)
    assert (notice.status, notice.hops) == ("Incomplete", 1)
    assert isinstance(opted_out, OptOut)


def test_an_answer_that_is_no_ussd_text_ends_the_session(
    ussd: tuple[africastalking.AfricasTalkingEmulator, Server],
) -> None:
    emulator, server = ussd
    server.answers = ["<html>"]
    session = emulator.dial("*284*77#", "+254711000001")
    assert (session.open, session.screen) == (False, "")


def test_an_emulator_never_speaks_to_another_machine() -> None:
    post = LoopbackPost()
    with pytest.raises(NotLoopbackError):
        post("https://shop.example/webhooks", [], {})
    with pytest.raises(NotLoopbackError):
        post("http://127.0.0.1.example/webhooks", [], {})
    assert post("http://127.0.0.1:9/webhooks", [], {}).status == 0
    post.close()
