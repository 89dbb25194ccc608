from collections.abc import Iterator, Mapping
from dataclasses import replace

import pytest

from channels.channel import Account, ChannelError, Medium, Outbound
from channels.emulated import Answered, Mishap, serving
from channels.interactive import (
    Button,
    Buttons,
    Payload,
    Row,
    Rows,
    Template,
    dump,
    load,
    load_interactive,
)
from channels.meta import MetaChannel
from channels.meta.app import app_account
from channels.meta.client import request_body
from channels.meta.codes import ERRORS
from channels.meta.emulator import MetaEmulator, Options, Who, create_emulator

MESSAGE = Outbound(Medium.WHATSAPP, "100", "+256772000001", "Hello", "ref-1")
BUTTONS = Buttons((Button("pay", "Pay"), Button("cart", "Cart")))
ROWS = Rows("Choose", (Row("a", "Rice", "UGX 5,000"), Row("b", "Soap")))
TEMPLATE = Template("order_accepted", "en_GB", ("1001", "Mama"))
channel = MetaChannel(timeout=(1.0, 1.0))


def no_post(url: str, body: bytes, headers: Mapping[str, str]) -> Answered:
    raise AssertionError(f"nothing is to be posted to {url}")


@pytest.fixture
def emulator() -> Iterator[MetaEmulator]:
    made = MetaEmulator(
        Options("secret", "token", "https://s.example", "http://127.0.0.1:1", post=no_post)
    )
    yield made
    made.close()


@pytest.fixture
def account(emulator: MetaEmulator) -> Iterator[Account]:
    with serving(create_emulator(emulator)) as url:
        yield app_account("secret", "token", f"{url}/v26.0")


def refused(message: Outbound, account: Account) -> ChannelError:
    with pytest.raises(ChannelError) as caught:
        channel.send(message, account)
    return caught.value


def test_a_text_is_accepted_under_its_id_and_carries_our_reference(
    emulator: MetaEmulator, account: Account
) -> None:
    sent = channel.send(MESSAGE, account)
    (message,) = emulator.messages_to("+256772000001")
    assert sent.message_id == message.id
    assert (message.sender, message.text, message.reference) == ("100", "Hello", "ref-1")


@pytest.mark.parametrize("payload", [BUTTONS, ROWS])
def test_what_can_be_tapped_arrives_as_it_is(
    emulator: MetaEmulator, account: Account, payload: Payload
) -> None:
    channel.send(replace(MESSAGE, payload=payload), account)
    (message,) = emulator.messages
    assert (message.text, message.payload) == ("Hello", payload)


def test_a_picture_carries_its_words(emulator: MetaEmulator, account: Account) -> None:
    channel.send(replace(MESSAGE, media_url="https://shop.example/a.jpg", text="x" * 2000), account)
    (message,) = emulator.messages
    assert (message.media_url, message.text) == ("https://shop.example/a.jpg", "x" * 1024)


def test_a_picture_stands_above_buttons_and_never_above_a_list(
    emulator: MetaEmulator, account: Account
) -> None:
    pictured = replace(MESSAGE, media_url="https://shop.example/a.jpg")
    for payload in (BUTTONS, ROWS):
        channel.send(replace(pictured, payload=payload), account)
    above, listed = emulator.messages
    assert (above.text, above.payload, above.media_url) == ("Hello", BUTTONS, pictured.media_url)
    assert (listed.text, listed.payload, listed.media_url) == ("Hello", ROWS, None)


def test_a_template_is_filled_in(emulator: MetaEmulator, account: Account) -> None:
    emulator.templates["order_accepted", "en_GB"] = "Order {{1}} from {{2}}."
    channel.send(replace(MESSAGE, payload=TEMPLATE), account)
    assert emulator.messages[0].text == "Order 1001 from Mama."


def test_somebody_without_a_number_is_written_to_by_user_id(
    emulator: MetaEmulator, account: Account
) -> None:
    channel.send(replace(MESSAGE, to="UG.1234"), account)
    assert emulator.messages_to("UG.1234")
    made = request_body(replace(MESSAGE, to="UG.1234"))
    assert (made["recipient"], "to" in made) == ("UG.1234", False)
    assert request_body(MESSAGE)["to"] == "256772000001"


@pytest.mark.parametrize(("code", "row"), ERRORS.items())
def test_every_code_is_known_by_its_row(
    emulator: MetaEmulator, account: Account, code: int, row: object
) -> None:
    emulator.mishaps.next(Mishap(status=400, code=code))
    error = refused(MESSAGE, account)
    assert (error.code, error.permanent) == (str(code), ERRORS[code].permanent)
    assert error.reason == ERRORS[code].meaning
    assert not error.unknown


def test_a_code_that_no_table_knows_is_permanent_and_named(
    emulator: MetaEmulator, account: Account
) -> None:
    emulator.mishaps.next(Mishap(status=400, code=999999))
    error = refused(MESSAGE, account)
    assert (error.permanent, error.code, error.reason) == (True, "999999", "unknown code")


def test_too_many_a_second_say_when_to_come_back(emulator: MetaEmulator, account: Account) -> None:
    emulator.mishaps.next(Mishap(status=429, retry_after=7))
    error = refused(MESSAGE, account)
    assert (error.permanent, error.code, error.retry_after) == (False, "130429", 7.0)


def test_too_many_to_one_person_do_not_stop_the_line(
    emulator: MetaEmulator, account: Account
) -> None:
    emulator.mishaps.next(Mishap(status=429, code=131056, retry_after=7))
    error = refused(MESSAGE, account)
    assert (error.permanent, error.retry_after) == (False, None)


@pytest.mark.parametrize("status", [500, 502, 503])
def test_an_error_of_the_server_is_tried_again(
    emulator: MetaEmulator, account: Account, status: int
) -> None:
    emulator.mishaps.next(Mishap(status=status, code=424242))
    error = refused(MESSAGE, account)
    assert (error.permanent, error.unknown) == (False, False)


def test_a_wrong_token_is_a_fault_of_the_account(account: Account) -> None:
    error = refused(MESSAGE, replace(account, secret="wrong"))
    assert (error.permanent, error.code) == (False, "190")


def test_a_connection_dropped_after_the_request_leaves_the_outcome_unknown(
    emulator: MetaEmulator, account: Account
) -> None:
    emulator.mishaps.next(Mishap(drop=True))
    error = refused(MESSAGE, account)
    assert (error.unknown, error.permanent) == (True, False)


def test_a_server_that_is_not_there_was_told_nothing() -> None:
    error = refused(MESSAGE, app_account("s", "t", "http://127.0.0.1:9/v26.0"))
    assert (error.unknown, error.permanent) == (False, False)


@pytest.mark.parametrize(
    ("message", "code"),
    [
        (replace(MESSAGE, text=""), "131008"),
        (replace(MESSAGE, text="x" * 4097), "131009"),
        (replace(MESSAGE, to="+12"), "131009"),
        (replace(MESSAGE, to="nobody"), "131009"),
        (replace(MESSAGE, text="x" * 1025, payload=BUTTONS), "131009"),
        (replace(MESSAGE, payload=Buttons(())), "131009"),
        (replace(MESSAGE, payload=Buttons(BUTTONS.buttons * 2)), "131009"),
        (replace(MESSAGE, payload=Buttons((Button("a", "x" * 21),))), "131009"),
        (replace(MESSAGE, payload=Buttons((Button("a", "x"), Button("b", "x")))), "131009"),
        (replace(MESSAGE, payload=Buttons((Button(" a", "x"),))), "131009"),
        (replace(MESSAGE, payload=Buttons((Button("a", " "),))), "131008"),
        (replace(MESSAGE, payload=Rows("Choose", ())), "131009"),
        (replace(MESSAGE, payload=Rows("x" * 21, ROWS.rows)), "131009"),
        (replace(MESSAGE, payload=Rows("Choose", (Row("a", "x" * 25),))), "131009"),
        (replace(MESSAGE, payload=Rows("Choose", (Row("a", "x", "y" * 73),))), "131009"),
        (replace(MESSAGE, payload=Rows("Choose", (Row("x" * 201, "x"),))), "131009"),
        (
            replace(MESSAGE, payload=Rows("Choose", tuple(Row(str(n), "x") for n in range(11)))),
            "131009",
        ),
        (replace(MESSAGE, payload=TEMPLATE), "132001"),
    ],
)
def test_the_emulator_refuses_what_meta_would(
    account: Account, message: Outbound, code: str
) -> None:
    error = refused(message, account)
    assert (error.permanent, error.code) == (True, code)


def test_a_template_with_another_number_of_values_is_refused(
    emulator: MetaEmulator, account: Account
) -> None:
    emulator.templates["order_accepted", "en_GB"] = "Order {{1}}."
    assert refused(replace(MESSAGE, payload=TEMPLATE), account).code == "132000"
    broken = replace(TEMPLATE, values=("a\nb",))
    assert refused(replace(MESSAGE, payload=broken), account).code == "132012"


@pytest.mark.parametrize("payload", [BUTTONS, ROWS, TEMPLATE])
def test_what_a_message_carries_is_kept_as_json(payload: Payload) -> None:
    assert load(dump(payload)) == payload


@pytest.mark.parametrize(
    "document", [{}, {"buttons": 1}, {"buttons": [1]}, {"list": "x", "rows": [[1]]}]
)
def test_what_is_something_else_is_not_read(document: dict[str, object]) -> None:
    with pytest.raises(ValueError, match=r"no|nothing"):
        load(document)
    with pytest.raises(ValueError, match="nothing"):
        load_interactive(dump(TEMPLATE))


def test_nobody_can_tap_what_is_not_there(emulator: MetaEmulator, account: Account) -> None:
    channel.send(MESSAGE, account)
    with pytest.raises(KeyError):
        emulator.press(Who("+256772000001"), emulator.messages[0], "Pay")
