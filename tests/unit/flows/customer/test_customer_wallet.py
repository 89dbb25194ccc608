"""The wallet in words: what is in it, in and out."""

from decimal import Decimal

import pytest

from flows.message import Message
from flows.ports.payments import RailOption, Way
from flows.ports.shop import Profile
from flows.ports.wallet import Move, WalletMove
from intents.intent import Intent
from tests.fakes.conversation import Conversation
from tests.fakes.ports import CODE_SENT, NOW, PHONE, FakeShop, ugx


@pytest.fixture
def talk() -> Conversation:
    shop = FakeShop()
    shop.wallet.kept = True
    shop.wallet.money = ugx(20_000)
    shop.payments.rails = (
        RailOption("mtn-momo", Way.PROMPT),
        RailOption("airtel", Way.PROMPT),
        RailOption("wallet", Way.WALLET),
        RailOption("cash", Way.CASH),
    )
    return Conversation(shop)


def test_the_balance_comes_with_what_moved_it(talk: Conversation) -> None:
    talk.shop.wallet.moved = [
        WalletMove(Move.PAID, ugx(-4_000), NOW, 1001),
        WalletMove(Move.TOP_UP, ugx(24_000), NOW),
    ]
    talk.say(Intent.BALANCE)
    assert talk.keys == (
        "wallet-balance",
        "wallet-moves",
        *("wallet-move-order", "move-paid"),
        *("wallet-move", "move-top-up"),
    )
    assert talk.values["amount"] == ugx(20_000)


@pytest.mark.parametrize("intent", [Intent.BALANCE, Intent.TOP_UP, Intent.WITHDRAW])
def test_a_shop_without_wallets_says_so(intent: Intent) -> None:
    talk = Conversation(FakeShop())
    talk.say(intent, amount=Decimal(5000))
    assert talk.keys == ("wallet-none",)
    assert "human" in talk.options


def test_a_top_up_said_in_full_asks_for_nothing_but_the_pin(talk: Conversation) -> None:
    talk.say(Intent.TOP_UP, amount=Decimal(5000), phone=PHONE, text="top up 5000 with mtn")
    [attempt] = talk.shop.payments.attempts
    assert (attempt.order_number, attempt.rail, attempt.payer) == (None, "mtn-momo", PHONE)
    assert attempt.amount == ugx(5000)
    assert talk.keys == ("top-up-prompt",)


def test_what_is_not_said_of_a_top_up_is_asked(talk: Conversation) -> None:
    talk.say(Intent.TOP_UP)
    assert talk.keys == ("top-up-ask",)
    talk.say(Intent.TRACK_ORDER, text="5000", amount=Decimal(5000), confidence=0.6)
    assert talk.state == "rail"
    assert set(talk.options) == {"mtn-momo"}
    talk.choose("mtn-momo", f"payer:{PHONE}")
    assert talk.shop.payments.attempts[0].amount == ugx(5000)


def test_an_unsure_top_up_opens_no_prompt(talk: Conversation) -> None:
    talk.say(Intent.TOP_UP, amount=Decimal(5000), phone=PHONE, text="mtn", confidence=0.6)
    assert talk.shop.payments.attempts == []
    assert talk.state == "wallet-amount"


def test_a_second_top_up_waits_for_the_first(talk: Conversation) -> None:
    for _ in range(2):
        talk.say(Intent.TOP_UP, amount=Decimal(5000), phone=PHONE, text="mtn")
    assert len(talk.shop.payments.attempts) == 1
    assert talk.keys == ("top-up-prompt",)


@pytest.mark.parametrize("figure", ["0", "0.5", "1e20"])
def test_no_amount_of_the_currency_is_asked_again(talk: Conversation, figure: str) -> None:
    talk.say(Intent.TOP_UP, amount=Decimal(figure), text="mtn")
    assert talk.keys[0] == "refused-bad-amount"
    assert talk.state == "wallet-amount"


def test_on_ussd_a_top_up_ends_the_session(talk: Conversation) -> None:
    talk.medium = "ussd"
    talk.say(Intent.TOP_UP, amount=Decimal(5000), phone=PHONE, text="mtn")
    assert talk.reply.ends
    assert talk.keys == ("top-up-prompt",)


def test_money_leaves_once_the_code_is_back_and_to_the_own_number_only(talk: Conversation) -> None:
    talk.say(
        Intent.WITHDRAW, amount=Decimal(3000), phone="+256709999999", text="withdraw to 0709999999"
    )
    assert talk.keys == ("wallet-code-withdraw",)
    assert talk.values["phone"] == PHONE
    talk.write(CODE_SENT)
    assert talk.keys[0] == "withdrawal-on-its-way"
    assert talk.shop.wallet.paid_out[0].phone == PHONE


def test_a_fee_is_said_before_the_code_is_written(talk: Conversation) -> None:
    talk.shop.wallet.fee = ugx(50)
    talk.say(Intent.WITHDRAW, amount=Decimal(3000))
    assert talk.values["fee"] == ugx(50)


def test_more_than_there_is_cannot_be_taken_out(talk: Conversation) -> None:
    talk.say(Intent.WITHDRAW, amount=Decimal(30_000))
    assert talk.reply.messages[0] == Message(
        "refused-not-enough", there=ugx(20_000), wanted=ugx(30_000)
    )
    assert talk.state == "wallet-amount"
    talk.say(Intent.OUT_OF_SCOPE, amount=Decimal(3000), text="3000", confidence=0.4)
    assert talk.state == "wallet-code"


def test_nothing_can_be_taken_out_of_nothing(talk: Conversation) -> None:
    talk.shop.wallet.money = ugx(0)
    talk.say(Intent.WITHDRAW)
    assert talk.keys == ("wallet-empty",)
    assert "top-up" in talk.options


def test_who_shows_no_number_is_told_from_where_to_write(talk: Conversation) -> None:
    talk.shop.customer.kept = Profile(None, "Zuri", None)
    talk.say(Intent.WITHDRAW, amount=Decimal(3000))
    assert talk.keys[0] == "refused-no-phone"


def test_a_code_can_be_left_alone(talk: Conversation) -> None:
    talk.say(Intent.WITHDRAW, amount=Decimal(3000))
    talk.choose("leave-code")
    assert talk.state == "wallet"
    assert talk.shop.wallet.paid_out == []


def test_two_misunderstandings_offer_a_person(talk: Conversation) -> None:
    talk.say(Intent.TOP_UP)
    talk.write("hmm")
    assert talk.keys[0] == "hint-amount"
    talk.write("hmm hmm")
    assert talk.keys[0] == "lost-human"
    assert talk.options[0] == "human"
