import socket
from collections.abc import Iterator
from dataclasses import replace

import pytest
from flask import Flask, Response

from channels.channel import Account, ChannelError, Medium, Outbound
from channels.emulated import Answered, Form, Mishap, serving
from channels.twilio import TwilioChannel
from channels.twilio.codes import ERRORS
from channels.twilio.emulator import Options, TwilioEmulator, create_emulator

SID = "AC" + "0" * 32
SMS = Outbound(
    Medium.SMS, "+256200000001", "+256772000001", "Hello", "ref-1", "https://shop.example/s"
)


def no_post(url: str, form: Form, headers: object) -> Answered:
    raise AssertionError(f"nothing is to be posted to {url}")


@pytest.fixture
def emulator() -> Iterator[TwilioEmulator]:
    made = TwilioEmulator(
        Options(SID, "token", "https://shop.example", "http://127.0.0.1:1", post=no_post)
    )
    yield made
    made.close()


@pytest.fixture
def account(emulator: TwilioEmulator) -> Iterator[Account]:
    with serving(create_emulator(emulator)) as url:
        yield Account("twilio", SID, "token", url)


channel = TwilioChannel(timeout=(1.0, 1.0))


def refused(message: Outbound, account: Account) -> ChannelError:
    with pytest.raises(ChannelError) as caught:
        channel.send(message, account)
    return caught.value


def test_an_sms_is_accepted_under_its_sid(emulator: TwilioEmulator, account: Account) -> None:
    sent = channel.send(SMS, account)
    (message,) = emulator.messages_to("+256772000001")
    assert sent.message_id == message.sid
    assert (message.medium, message.sender, message.body) == (Medium.SMS, "+256200000001", "Hello")
    assert message.status_callback == "https://shop.example/s"


def test_whatsapp_addresses_get_their_prefix_and_pictures_their_url(
    emulator: TwilioEmulator, account: Account
) -> None:
    picture = replace(SMS, medium=Medium.WHATSAPP, text="", media_url="https://shop.example/a.jpg")
    channel.send(picture, account)
    (message,) = emulator.messages
    assert message.medium is Medium.WHATSAPP
    assert message.media_url == "https://shop.example/a.jpg"


@pytest.mark.parametrize(("code", "row"), ERRORS.items())
def test_every_code_is_known_by_its_row(
    emulator: TwilioEmulator, account: Account, code: int, row: object
) -> None:
    emulator.mishaps.next(Mishap(status=400, code=code))
    error = refused(SMS, account)
    assert (error.code, error.permanent) == (str(code), ERRORS[code].permanent)
    assert error.reason == ERRORS[code].meaning
    assert not error.unknown


def test_a_code_that_no_table_knows_is_permanent_and_named(
    emulator: TwilioEmulator, account: Account
) -> None:
    emulator.mishaps.next(Mishap(status=400, code=99999))
    error = refused(SMS, account)
    assert (error.permanent, error.code, error.reason) == (True, "99999", "unknown code")


def test_too_many_requests_say_when_to_come_back(
    emulator: TwilioEmulator, account: Account
) -> None:
    emulator.mishaps.next(Mishap(status=429, retry_after=7))
    error = refused(SMS, account)
    assert (error.permanent, error.retry_after, error.unknown) == (False, 7.0, False)


@pytest.mark.parametrize("status", [500, 502, 503])
def test_an_error_of_the_server_is_tried_again(
    emulator: TwilioEmulator, account: Account, status: int
) -> None:
    emulator.mishaps.next(Mishap(status=status))
    error = refused(SMS, account)
    assert (error.permanent, error.unknown) == (False, False)


def test_a_wrong_token_is_a_fault_of_the_account(account: Account) -> None:
    error = refused(SMS, replace(account, secret="wrong"))
    assert (error.permanent, error.code) == (False, "20003")


def test_a_person_who_said_stop_is_not_written_to(
    emulator: TwilioEmulator, account: Account
) -> None:
    emulator.opted_out.add(SMS.to)
    error = refused(SMS, account)
    assert (error.permanent, error.code) == (True, "21610")


def test_a_connection_dropped_after_the_request_leaves_the_outcome_unknown(
    emulator: TwilioEmulator, account: Account
) -> None:
    emulator.mishaps.next(Mishap(drop=True))
    error = refused(SMS, account)
    assert (error.unknown, error.permanent) == (True, False)
    assert len(emulator.messages) == 1


def test_no_answer_in_time_leaves_the_outcome_unknown(
    emulator: TwilioEmulator, account: Account
) -> None:
    emulator.mishaps.next(Mishap(slow=0.4))
    quick = TwilioChannel(timeout=(1.0, 0.1))
    with pytest.raises(ChannelError) as caught:
        quick.send(SMS, account)
    assert caught.value.unknown


def test_a_refused_connection_sent_nothing() -> None:
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{unused.getsockname()[1]}"
    error = refused(SMS, Account("twilio", SID, "token", url))
    assert (error.unknown, error.permanent) == (False, False)


@pytest.mark.parametrize("body", ["<html>ok</html>", "{}", '{"sid": null}'])
def test_an_acceptance_that_cannot_be_read_may_have_sent_it(body: str) -> None:
    app = Flask("odd")
    app.add_url_rule("/<path:path>", "any", lambda path: Response(body, 201), methods=["POST"])
    with serving(app) as url:
        error = refused(SMS, Account("twilio", SID, "token", url))
    assert (error.unknown, error.permanent) == (True, False)


def test_one_account_keeps_one_client_and_a_new_token_gets_another(account: Account) -> None:
    own = TwilioChannel()
    client = own._client._client(account)
    assert own._client._client(account) is client
    assert own._client._client(replace(account, secret="new")) is not client
