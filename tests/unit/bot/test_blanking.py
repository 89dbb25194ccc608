"""Secrets that people type at a shop are gone before anything is kept."""

import pytest

from bot.blanking import blanked, is_bare_code, without_secrets
from channels.channel import Inbound, Medium, Sender
from flows.heard import Attachment, MediaKind


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("my pin is 1234", "my pin is ****"),
        ("PIN: 12345 please take the money", "PIN: **** please take the money"),
        ("MoMo pin 0 1 2 3 4", "MoMo pin ****"),
        ("the pin code for my mtn = 90210", "the pin code for my mtn = ****"),
        ("12345 is my pin", "**** is my pin"),
        ("otp 884213", "otp ****"),
        ("my password is Kato@2020", "my password is ****"),
        ("mot de passe: soleil", "mot de passe: ****"),
        ("namba ya siri ni 4321", "namba ya siri ni ****"),
        ("le code secret est 4321", "le code secret est ****"),
        ("cvv 123", "cvv ****"),
        ("4111 1111 1111 1111 exp 12/29", "**** exp 12/29"),
        ("card 5500-0000-0000-0004", "card ****"),
        ("2223003122003222", "****"),
        ("378282246310005 amex", "**** amex"),
        ("pay with 5060990580000217499", "pay with ****"),
    ],
)
def test_pins_codes_and_cards_are_blanked(typed: str, kept: str) -> None:
    assert blanked(typed) == kept


@pytest.mark.parametrize(
    "typed",
    [
        "DELIVERED 1001 4821",
        "4821",
        "code 4821",
        "the code is 4821 for order 1001",
        "OK 1001",
        "PRICE pins 1500",
        "2 packets of safety pins",
        "1 hair pin",
        "hair pin 500",
        "pin 2 of them",
        "my number is 0772300001",
        "+256 772 300 001",
        "2348031234567",
        "2341234567897",
        "256772300001 and 256772300002",
        "add 1000000 soap",
        "4111 1111 1111 1112",
        "STOCK spinach 4000",
        "opinion 1234",
        "I forgot my password please",
    ],
)
def test_what_a_shop_is_told_every_day_stays(typed: str) -> None:
    assert blanked(typed) == typed


def test_a_caption_is_blanked_too_and_what_is_dialled_stays() -> None:
    picture = Attachment(MediaKind.PICTURE, caption="my pin is 1234")
    inbound = Inbound(
        medium=Medium.WHATSAPP,
        provider="twilio",
        account="AC1",
        address="+256312000001",
        sender=Sender("+256772300001"),
        message_id="SM1",
        text="pin 1234",
        attachment=picture,
    )
    kept = without_secrets(inbound)
    assert kept.text == "pin ****"
    assert kept.attachment is not None
    assert kept.attachment.caption == "my pin is ****"


def test_a_number_alone_may_be_a_pin() -> None:
    assert is_bare_code(" 12345 ")
    assert not is_bare_code("123")
    assert not is_bare_code("1234 soap")
