"""COUPON, as a seller with an SMS phone writes it."""

from decimal import Decimal
from typing import cast

import pytest

from flows.money import Money
from intents.commands.reading import read_command
from intents.coupon_making import Making, Worth, read_making
from tests.fakes.loyalty import FakeCouponDesk
from tests.fakes.trade_talk import Phone


@pytest.fixture
def desk(seller: Phone) -> FakeCouponDesk:
    return cast(FakeCouponDesk, seller.ports.coupon_desk)


WRITTEN = {
    "FRIDAY 10%": Making("FRIDAY", Worth.PERCENT, Decimal(10)),
    "friday 10 % 30d": Making("FRIDAY", Worth.PERCENT, Decimal(10), 30),
    "FRIDAY 7.5 percent 7 days": Making("FRIDAY", Worth.PERCENT, Decimal("7.5"), 7),
    "FRIDAY10 5,000": Making("FRIDAY10", Worth.AMOUNT, Decimal(5000)),
    "FRIDAY10 5.000 2d": Making("FRIDAY10", Worth.AMOUNT, Decimal(5000), 2),
    "FRIDAY10 5k 2d": Making("FRIDAY10", Worth.AMOUNT, Decimal(5000), 2),
    "FRIDAY = 5000": Making("FRIDAY", Worth.AMOUNT, Decimal(5000)),
    "FREE free": Making("FREE", Worth.FREE),
    "friday off": Making("FRIDAY", Worth.OFF),
    "FRIDAY": None,
    "FRIDAY please": None,
    "AB 10%": None,
    "my friend 10%": None,
    "FRIDAY 10% for ever": None,
}


@pytest.mark.parametrize("text", WRITTEN, ids=lambda text: text.replace(" ", "-"))
def test_what_a_coupon_is_made_of(text: str) -> None:
    assert read_making(text) == WRITTEN[text]


@pytest.mark.parametrize(
    ("written", "locale"),
    [
        ("COUPON FRIDAY 10%", "en"),
        ("kuponi FRIDAY 10%", "sw"),
        ("bon de réduction FRIDAY 10%", "fr"),
        ("kuponu FRIDAY 10%", "yo"),
    ],
)
def test_the_word_is_known_in_the_shops_language(written: str, locale: str) -> None:
    command = read_command(written, "seller", (locale,))
    assert command is not None
    assert (command.word, command.rest, command.exact) == ("COUPON", "FRIDAY 10%", True)


@pytest.mark.parametrize("written", ["coupon FRIDAY", "coupon code SAVE10", "do you take coupons"])
def test_what_a_customer_says_alike_is_not_the_sellers_word(written: str) -> None:
    assert read_command(written, "seller", ("en",)) is None


def test_a_percentage_is_told_with_its_end(seller: Phone, desk: FakeCouponDesk) -> None:
    said = seller.say("COUPON FRIDAY 10% 30d")
    assert desk.made["FRIDAY"].worth == Decimal(10)
    assert "10%" in said
    assert "COUPON FRIDAY OFF" in said
    assert len(said) <= 160


def test_an_amount_says_from_when_on_it_counts(seller: Phone, desk: FakeCouponDesk) -> None:
    said = seller.say("COUPON FRIDAY 5000")
    assert desk.made["FRIDAY"].worth == Money(5000, "UGX")
    assert "5,000" in said
    assert "10,000" in said


def test_free_delivery_is_told_as_that(seller: Phone) -> None:
    assert "the delivery off" in seller.say("COUPON BRINGIT FREE")


def test_it_is_ended_with_how_often_it_was_used(seller: Phone, desk: FakeCouponDesk) -> None:
    seller.say("COUPON FRIDAY 10%")
    assert "12 times" in seller.say("COUPON FRIDAY OFF")
    assert desk.made == {}
    assert "not a code" in seller.say("COUPON FRIDAY OFF")


def test_the_word_alone_lists_them_or_says_how(seller: Phone) -> None:
    assert "COUPON FRIDAY 10%" in seller.say("COUPON")
    seller.say("COUPON FRIDAY 10%")
    seller.say("COUPON SAVE 5000")
    said = seller.say("COUPON")
    assert "FRIDAY: 10% off" in said
    assert "SAVE" in said


@pytest.mark.parametrize(
    ("written", "why"),
    [("COUPON FRIDAY 60%", "50%"), ("COUPON 12345 10%", "cannot be a code")],
)
def test_what_is_out_of_bounds_is_refused(seller: Phone, written: str, why: str) -> None:
    assert why in seller.say(written)
