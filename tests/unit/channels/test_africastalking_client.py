from collections.abc import Iterator
from dataclasses import replace

import pytest
from flask import Flask, Response

from channels.africastalking import AfricasTalkingChannel
from channels.africastalking.codes import ACCEPTED, NAMES, REFUSED
from channels.africastalking.emulator import AfricasTalkingEmulator, Options, create_emulator
from channels.channel import Account, ChannelError, Medium, Outbound
from channels.emulated import Mishap, serving

SMS = Outbound(Medium.SMS, "22345", "+254711000001", "Habari & karibu", "ref-1")
channel = AfricasTalkingChannel(timeout=(1.0, 1.0))


@pytest.fixture
def emulator() -> Iterator[AfricasTalkingEmulator]:
    made = AfricasTalkingEmulator(Options("sokoni", "key", "secret", "http://127.0.0.1:1"))
    yield made
    made.close()


@pytest.fixture
def account(emulator: AfricasTalkingEmulator) -> Iterator[Account]:
    with serving(create_emulator(emulator)) as url:
        yield Account("africastalking", "sokoni", "key", url, "secret")


def refused(message: Outbound, account: Account) -> ChannelError:
    with pytest.raises(ChannelError) as caught:
        channel.send(message, account)
    return caught.value


def answering(body: str, status: int = 201, content_type: str = "application/json") -> Flask:
    app = Flask("fixed")
    app.add_url_rule(
        "/<path:path>",
        "any",
        lambda path: Response(body, status, content_type=content_type),
        methods=["POST"],
    )
    return app


def test_an_sms_is_accepted_under_its_id(
    emulator: AfricasTalkingEmulator, account: Account
) -> None:
    sent = channel.send(SMS, account)
    (message,) = emulator.messages_to("+254711000001")
    assert sent.message_id == message.id
    assert (message.sender, message.body) == ("22345", "Habari & karibu")


@pytest.mark.parametrize("code", ACCEPTED)
@pytest.mark.parametrize("written", ["{}", '"{}"'])
def test_every_good_code_is_an_acceptance(code: int, written: str) -> None:
    body = (
        '{"SMSMessageData":{"Message":"ok","Recipients":'
        f'[{{"statusCode":{written.format(code)},"number":"+254711000001","messageId":"m1"}}]}}}}'
    )
    with serving(answering(body, content_type="application/json; charset=utf-8")) as url:
        assert channel.send(SMS, Account("africastalking", "u", "k", url)).message_id == "m1"


@pytest.mark.parametrize("code", REFUSED)
def test_every_refusal_is_known_by_its_row(
    emulator: AfricasTalkingEmulator, account: Account, code: int
) -> None:
    emulator.mishaps.next(Mishap(code=code))
    error = refused(SMS, account)
    assert (error.code, error.permanent) == (str(code), REFUSED[code].permanent)
    assert (error.reason, error.unknown) == (REFUSED[code].meaning, False)


@pytest.mark.parametrize("name", NAMES)
def test_a_request_refused_as_a_whole_is_known_by_name(name: str) -> None:
    body = f'{{"SMSMessageData":{{"Message":"{name}","Recipients":[]}}}}'
    with serving(answering(body)) as url:
        error = refused(SMS, Account("africastalking", "u", "k", url))
    assert error.code == str(NAMES[name])


@pytest.mark.parametrize(
    "body",
    [
        '{"SMSMessageData":{"Message":"Gremlins","Recipients":[]}}',
        '{"SMSMessageData":{"Recipients":[{"statusCode":999,"messageId":"None"}]}}',
    ],
)
def test_a_code_that_no_table_knows_is_permanent_and_named(body: str) -> None:
    with serving(answering(body)) as url:
        error = refused(SMS, Account("africastalking", "u", "k", url))
    assert (error.permanent, error.reason, error.unknown) == (True, "unknown code", False)
    assert error.code in {"Gremlins", "999"}


@pytest.mark.parametrize("body", ["<html>", "{}", "[]", '{"SMSMessageData": {}}'])
def test_an_acceptance_that_cannot_be_read_may_have_sent_it(body: str) -> None:
    with serving(answering(body)) as url:
        error = refused(SMS, Account("africastalking", "u", "k", url))
    assert (error.unknown, error.permanent) == (True, False)


def test_too_many_requests_say_when_to_come_back(
    emulator: AfricasTalkingEmulator, account: Account
) -> None:
    emulator.mishaps.next(Mishap(status=429, retry_after=3))
    error = refused(SMS, account)
    assert (error.permanent, error.retry_after) == (False, 3.0)


def test_a_wrong_key_and_a_broken_server_are_tried_again(
    emulator: AfricasTalkingEmulator, account: Account
) -> None:
    assert not refused(SMS, replace(account, secret="wrong")).permanent
    emulator.mishaps.next(Mishap(status=503))
    assert not refused(SMS, account).permanent


def test_a_number_that_is_none_is_refused_before_it_leaves(
    emulator: AfricasTalkingEmulator, account: Account
) -> None:
    error = refused(replace(SMS, to="0711"), account)
    assert (error.permanent, error.code) == (True, "403")
    assert not emulator.messages


def test_a_connection_dropped_after_the_request_leaves_the_outcome_unknown(
    emulator: AfricasTalkingEmulator, account: Account
) -> None:
    emulator.mishaps.next(Mishap(drop=True))
    assert refused(SMS, account).unknown
    assert len(emulator.messages) == 1
