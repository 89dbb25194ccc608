"""BALANCE, PAYOUT and CASH of sellers, BALANCE and PAYOUT of riders, as they are written by SMS."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from channels.channel import Medium
from channels.render import Reader, Words, render
from channels.render.gsm import Encoding, segments
from flows.message import Message
from flows.money import Money
from flows.ports.till import Day, TillBalance
from flows.reply import Reply
from flows.seller.money import _lines
from tests.fakes.till import CODE_SENT, FakePurse, FakeTill, rider_with, ugx
from tests.fakes.trade import NOW
from tests.fakes.trade_talk import Phone

LOCALES = Path(__file__).parents[4] / "locales"
LANGUAGES = sorted(folder.name for folder in LOCALES.iterdir() if folder.is_dir())
FULL = TillBalance(ugx(1_250_000), ugx(410_000), ugx(300_000), ugx(95_000), ugx(12_500))


@pytest.fixture
def till(seller: Phone) -> FakeTill:
    made = FakeTill()
    seller.ports = replace(seller.ports, till=made)
    return made


@pytest.fixture
def purse(rider: Phone) -> FakePurse:
    made = FakePurse(holds=ugx(53_000))
    rider.ports = replace(rider.ports, purse=made)
    return made


def test_the_balance_says_what_there_is_and_no_zeros(seller: Phone, till: FakeTill) -> None:
    assert seller.say("BALANCE") == "Yours to take out: UGX 120,000"
    till.there = FULL
    text = seller.say("balanse")
    assert "Not delivered yet: UGX 410,000" in text
    assert "Coming to your phone: UGX 300,000" in text
    assert "Cash with riders: UGX 95,000" in text
    assert "You owe us: UGX 12,500" in text


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_balance_is_one_sms_in_every_language(language: str) -> None:
    words = Words(LOCALES, strict=True)
    much = Money(9_999_999_00, "NGN")
    balance = TillBalance(much, much, much, much, Money(50_000_00, "NGN"))
    reply = Reply((Message("till-balance", lines=_lines(balance)),))
    reader = Reader(language, "Africa/Lagos", "seller", gsm_only=True)
    (draft,) = render(reply, Medium.SMS, reader, words, NOW, provider="twilio").texts
    counted = segments(draft.text)
    assert (counted.encoding, counted.count) == (Encoding.GSM7, 1), draft.text


def test_money_leaves_when_the_code_comes_back(seller: Phone, till: FakeTill) -> None:
    text = seller.say("PAYOUT 50,000")
    assert "+256772111222" in text
    assert "UGX 50,000" in text
    assert not till.money.left
    assert "on its way" in seller.say(CODE_SENT)
    assert till.money.left == [ugx(50_000)]


@pytest.mark.parametrize("typed", ["CODE 482190", "code 482 190", "482 190", "482190."])
def test_the_code_is_known_however_it_is_written(seller: Phone, till: FakeTill, typed: str) -> None:
    seller.say("payout 50k")
    seller.say(typed)
    assert till.money.left == [ugx(50_000)]


def test_the_code_is_known_after_a_look_elsewhere(seller: Phone, till: FakeTill) -> None:
    seller.say("payout 50k")
    seller.say("ORDERS")
    assert "on its way" in seller.say(CODE_SENT)


def test_without_an_amount_all_of_it_goes(seller: Phone, till: FakeTill) -> None:
    seller.say("PAYOUT")
    seller.say(CODE_SENT)
    assert till.money.left == [ugx(120_000)]


def test_a_slip_in_the_code_can_be_mended(seller: Phone, till: FakeTill) -> None:
    seller.say("PAYOUT 50000")
    assert "2" in seller.say("482191")
    seller.say(CODE_SENT)
    assert till.money.left == [ugx(50_000)]


def test_after_three_slips_a_new_code_is_needed(seller: Phone, till: FakeTill) -> None:
    seller.say("PAYOUT 50000")
    for _ in range(3):
        seller.say("111111")
    seller.say(CODE_SENT)
    assert not till.money.left


def test_the_seller_can_think_again(seller: Phone, till: FakeTill) -> None:
    seller.say("PAYOUT 50000")
    assert "new code" in seller.text.lower()
    seller.press(2)
    assert not till.money.left


def test_a_misspelt_word_is_asked_about(seller: Phone, till: FakeTill) -> None:
    assert "PAYOUT 50000" in seller.say("payot 50000")
    assert till.money.waiting() is None
    seller.press(1)
    assert till.money.waiting() is not None


def test_what_is_no_amount_is_said_to_be_none(seller: Phone, till: FakeTill) -> None:
    for typed in ("PAYOUT -5000", "PAYOUT all of it 5000"):
        seller.say(typed)
        assert till.money.waiting() is None


def test_more_than_there_is_names_what_there_is(seller: Phone, till: FakeTill) -> None:
    assert "UGX 120,000" in seller.say("PAYOUT 500000")


def test_nobody_but_the_owner(seller: Phone, till: FakeTill) -> None:
    till.owner = False
    assert "owner" in seller.say("PAYOUT 50000")


def test_the_fee_is_said_before(seller: Phone, till: FakeTill) -> None:
    till.money.fee = ugx(1_000)
    assert "fee is UGX 1,000" in seller.say("PAYOUT 50000")


def test_digits_that_nothing_waits_for_are_as_before(seller: Phone, till: FakeTill) -> None:
    assert "did not understand" in seller.say("482190")


def test_cash_says_who_holds_how_much(seller: Phone, till: FakeTill) -> None:
    assert "No rider holds cash" in seller.say("CASH")
    till.riders = rider_with("r-1", "Moses Okello", "+256772333444", 95_000)
    assert "Moses Okello: UGX 95,000" in seller.say("cash")


@pytest.mark.parametrize(
    "typed", ["CASH Moses 50000", "cash okello moses 50,000", "CASH 0772333444 50k"]
)
def test_cash_that_came_is_written_down(seller: Phone, till: FakeTill, typed: str) -> None:
    till.riders = rider_with("r-1", "Moses Okello", "+256772333444", 95_000)
    text = seller.say(typed)
    assert "You got UGX 50,000 from Moses Okello" in text
    assert "UGX 45,000" in text


@pytest.mark.parametrize("typed", ["CASH Moses", "CASH +256772333444", "cash 0772 333 444"])
def test_without_an_amount_it_is_all(seller: Phone, till: FakeTill, typed: str) -> None:
    till.riders = rider_with("r-1", "Moses Okello", "+256772333444", 95_000)
    assert "You got UGX 95,000" in seller.say(typed)


def test_a_name_with_a_slip_is_asked_about(seller: Phone, till: FakeTill) -> None:
    till.riders = rider_with("r-1", "Moses Okello", "+256772333444", 95_000)
    assert "CASH +256772333444 50000" in seller.say("CASH Mosis 50000")
    assert till.riders["r-1"].amount == ugx(95_000)
    seller.press(1)
    assert till.riders["r-1"].amount == ugx(45_000)


def test_of_two_riders_it_is_asked_which(seller: Phone, till: FakeTill) -> None:
    till.riders = rider_with("r-1", "Moses Okello", "+256772333444", 95_000) | rider_with(
        "r-2", "Moses Kato", "+256772555666", 20_000
    )
    assert "Which Moses?" in seller.say("CASH Moses 10000")
    seller.press(2)
    assert till.riders["r-2"].amount == ugx(10_000)


def test_nobody_of_that_name(seller: Phone, till: FakeTill) -> None:
    till.riders = rider_with("r-1", "Moses Okello", "+256772333444", 95_000)
    text = seller.say("CASH Peter 10000")
    assert "Peter" in text
    assert "Moses Okello" in text


def test_sales_says_what_came_and_went(seller: Phone, till: FakeTill) -> None:
    till.today = Day(date(2026, 11, 2), 3, ugx(150_000), ugx(20_000), 0)
    assert "Money in today: UGX 150,000, out: UGX 20,000" in seller.say("SALES")


def test_a_rider_sees_what_is_earned_and_what_is_the_shops(rider: Phone, purse: FakePurse) -> None:
    text = rider.say("BALANCE")
    assert "You have earned: UGX 120,000" in text
    assert "UGX 53,000" in text


def test_a_rider_takes_earnings_out(rider: Phone, purse: FakePurse) -> None:
    rider.say("PAYOUT 30000")
    assert "on its way" in rider.say(CODE_SENT)
    assert purse.money.left == [ugx(30_000)]


def test_a_deliverys_code_is_not_the_payouts(rider: Phone, purse: FakePurse) -> None:
    rider.say("PAYOUT 30000")
    rider.say("JOBS")
    rider.say("4321")
    assert purse.money.waiting() is not None
    assert purse.money.tries == 3


@pytest.mark.parametrize("typed", ["code 482190", "482190"])
def test_a_riders_code_with_or_without_its_name(rider: Phone, purse: FakePurse, typed: str) -> None:
    rider.say("PAYOUT 30000")
    rider.say("JOBS")
    rider.say(typed)
    assert purse.money.left == [ugx(30_000)]
