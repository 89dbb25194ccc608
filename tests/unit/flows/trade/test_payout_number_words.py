"""SETPAYOUT, as an owner writes it by SMS."""

from dataclasses import replace

import pytest

from flows.ports.payout_number import Naming
from flows.ports.refusals import NoRailFor, NotAllowed, SeveralRails
from tests.fakes.payout_number import FakePayoutNumber
from tests.fakes.till import CODE_SENT
from tests.fakes.trade_talk import Phone


@pytest.fixture
def number(seller: Phone) -> FakePayoutNumber:
    made = FakePayoutNumber()
    seller.ports = replace(seller.ports, payout_number=made)
    return made


def test_alone_it_says_where_the_money_goes_and_how_to_change_it(
    seller: Phone, number: FakePayoutNumber
) -> None:
    text = seller.say("setpayout")
    assert "your own phone, +256****222" in text
    assert "SETPAYOUT 0772123456" in text


def test_a_number_is_shown_with_its_holder_then_proved_then_changed(
    seller: Phone, number: FakePayoutNumber
) -> None:
    assert "belongs to NAMUSOKE S. Is it yours?" in seller.say("SETPAYOUT 0772 444 555")
    assert "6-digit code" in seller.press(1)
    assert "2" in seller.say("000000")
    assert "Done. Your money goes to +256772444555" in seller.say(CODE_SENT)
    assert number.there.rail == "mtn-momo"


def test_no_leaves_it_as_it_is(seller: Phone, number: FakePayoutNumber) -> None:
    seller.say("set payout 0772444555")
    assert "nothing was changed" in seller.say("no")
    assert number.open is None


def test_while_the_rail_is_asked_there_is_nothing_to_agree_to(
    seller: Phone, number: FakePayoutNumber
) -> None:
    number.naming, number.holder = Naming.ASKED, None
    assert "You will get an SMS" in seller.say("SETPAYOUT 0772444555")
    seller.say("yes")
    assert not number.coming


def test_of_several_ways_one_is_chosen(seller: Phone, number: FakePayoutNumber) -> None:
    number.refusal = SeveralRails("+256772444555", ("mtn-momo", "airtel"))
    assert "MTN" in seller.say("SETPAYOUT 0772444555")
    number.refusal = None
    assert "NAMUSOKE" in seller.say("SETPAYOUT airtel 0772444555")
    assert number.open is not None
    assert number.open.rail == "airtel"


@pytest.mark.parametrize(
    ("refusal", "told"),
    [
        (NoRailFor("+254712345678"), "no way to send money to \\+254712345678"),
        (NotAllowed("owner"), "Only the owner"),
    ],
)
def test_what_cannot_be_is_said(
    seller: Phone, number: FakePayoutNumber, refusal: NoRailFor | NotAllowed, told: str
) -> None:
    number.refusal = refusal
    text = seller.say("SETPAYOUT 0772444555")
    assert told.replace("\\", "") in text


def test_what_is_no_number_is_not_tried(seller: Phone, number: FakePayoutNumber) -> None:
    assert "is not a phone number" in seller.say("SETPAYOUT 00000000")
    assert number.open is None
