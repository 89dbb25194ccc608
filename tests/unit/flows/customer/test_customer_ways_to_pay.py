"""Each way to pay, as it is said, and what is said where it does not go."""

from dataclasses import replace

import pytest

from flows.message import Message
from flows.ports.payments import AttemptStatus, RailOption, Way
from intents.intent import Intent
from tests.fakes.conversation import Conversation
from tests.fakes.ports import CODE_SENT, PHONE, FakeShop, an_order, ugx

AIRTEL = "+256701234567"
RAILS = (
    RailOption("mtn-momo", Way.PROMPT),
    RailOption("airtel", Way.PROMPT),
    RailOption("paystack", Way.LINK),
    RailOption("wallet", Way.WALLET),
    RailOption("cash", Way.CASH),
)


@pytest.fixture
def talk() -> Conversation:
    """An order that MTN was to pay, and that nothing is asked for."""
    shop = FakeShop()
    shop.payments.rails = RAILS
    shop.wallet.kept = True
    shop.orders.placed[1001] = an_order(1001, rail="mtn-momo", payer=PHONE)
    return Conversation(shop)


def opened(talk: Conversation) -> list[tuple[str, str]]:
    return [(attempt.rail, attempt.payer) for attempt in talk.shop.payments.attempts]


def test_paying_again_goes_by_the_way_and_number_of_last_time(talk: Conversation) -> None:
    talk.say(Intent.PAY, text="pay again")
    assert opened(talk) == [("mtn-momo", PHONE)]


@pytest.mark.parametrize(
    ("text", "phone", "way"),
    [
        ("pay with 0701234567", AIRTEL, ("airtel", AIRTEL)),
        ("pay with airtel 0701234567", AIRTEL, ("airtel", AIRTEL)),
        ("pay with MoMo", None, ("mtn-momo", PHONE)),
        ("pay by card", None, ("paystack", "")),
        ("lipa kwa Paystack", None, ("paystack", "")),
    ],
)
def test_what_is_named_is_what_pays(
    talk: Conversation, text: str, phone: str | None, way: tuple[str, str]
) -> None:
    talk.say(Intent.PAY, text=text, phone=phone)
    assert opened(talk) == [way]


def test_a_network_without_a_number_of_its_own_asks_for_one(talk: Conversation) -> None:
    talk.say(Intent.PAY, text="pay with airtel")
    assert opened(talk) == []
    assert (talk.state, talk.keys[0]) == ("payer", "payer-ask")
    talk.say(Intent.OUT_OF_SCOPE, phone=AIRTEL)
    assert opened(talk) == [("airtel", AIRTEL)]


def test_a_number_of_another_network_is_not_asked_by_the_one_named(talk: Conversation) -> None:
    talk.say(Intent.PAY, text="pay with mtn 0701234567", phone=AIRTEL)
    assert opened(talk) == []
    assert talk.keys == ("payer-not-taken", "rail-mtn-momo", "payer-choose", "rail-mtn-momo")


def test_two_ways_in_one_breath_are_asked_about(talk: Conversation) -> None:
    talk.say(Intent.PAY, text="not mtn, use airtel")
    assert opened(talk) == []
    assert talk.state == "rail"


def test_a_way_that_the_shop_does_not_take_is_said_with_those_it_takes(talk: Conversation) -> None:
    talk.say(Intent.PAY, text="pay with flutterwave")
    assert talk.keys == ("rail-not-here", "rail-flutterwave", "rail-ask")
    assert "mtn-momo" in talk.options
    assert "airtel" not in talk.options


def test_where_it_is_asked_how_the_name_is_enough(talk: Conversation) -> None:
    talk.say(Intent.PAY, text="pay with flutterwave")
    talk.write("let me use my airtel line")
    assert talk.state == "payer"


def test_a_way_in_trouble_is_offered_last_and_said_to_be_slow(talk: Conversation) -> None:
    talk.shop.payments.rails = (replace(RAILS[0], troubled=True), *RAILS[1:])
    talk.say(Intent.PAID_ALREADY)
    talk.choose("other-way:1001")
    assert talk.keys[:2] == ("rail-slow", "rail-mtn-momo")
    assert talk.options[-1] == "mtn-momo"


@pytest.mark.parametrize("medium", ["whatsapp", "sms", "ussd"])
def test_nothing_else_is_opened_while_a_prompt_is(talk: Conversation, medium: str) -> None:
    talk.say(Intent.PAY)
    elsewhere = Conversation(talk.shop, medium)
    for text in ("pay again", "pay with airtel 0701234567", "pay by card", "pay from my wallet"):
        elsewhere.say(Intent.PAY, text=text)
        assert elsewhere.keys == ("refused-prompt-open-until",)
    assert len(opened(talk)) == 1


def test_a_link_is_shown_and_shown_again(talk: Conversation) -> None:
    talk.say(Intent.PAY, text="by card")
    assert talk.keys == ("paying-link-soon",)
    [attempt] = talk.shop.payments.attempts
    talk.shop.payments.change(attempt, link="https://pay.example/1")
    talk.say(Intent.PAY, text="pay")
    assert talk.keys == ("paying-link-until", "rail-paystack")
    assert talk.values["link"] == "https://pay.example/1"


def test_on_ussd_a_link_comes_by_sms_after_the_end(talk: Conversation) -> None:
    talk.medium = "ussd"
    talk.say(Intent.PAY, text="by card")
    assert talk.reply.ends
    assert talk.keys == ("link-after-end",)


def test_the_code_of_the_payers_network_is_handed_on(talk: Conversation) -> None:
    talk.say(Intent.PAY)
    [attempt] = talk.shop.payments.attempts
    talk.shop.payments.change(attempt, wants_code=True)
    talk.say(Intent.PAID_ALREADY)
    talk.say(Intent.TRACK_ORDER, text="48 29 13", order=482913, confidence=0.6)
    assert talk.shop.payments.codes == [(1001, "482913")]
    assert talk.keys == ("code-handed-on",)


def test_digits_are_no_code_where_none_is_wanted(talk: Conversation) -> None:
    talk.say(Intent.TRACK_ORDER, text="482913", order=482913, confidence=0.6)
    assert talk.shop.payments.codes == []
    assert talk.keys == ("no-such-number", "home-welcome")


def test_the_wallet_pays_once_the_code_is_back(talk: Conversation) -> None:
    talk.shop.wallet.money = ugx(60_000)
    talk.say(Intent.PAY, text="pay from my wallet")
    assert (talk.state, talk.keys) == ("wallet-code", ("wallet-code-pay",))
    assert talk.shop.wallet.money == ugx(60_000)
    talk.write(CODE_SENT)
    assert talk.values["left"] == ugx(7_000)
    assert (talk.state, talk.keys[0]) == ("order", "wallet-paid")


def test_too_little_in_the_wallet_says_how_much_there_is(talk: Conversation) -> None:
    talk.shop.wallet.money = ugx(100)
    talk.say(Intent.PAY, text="pay from my wallet")
    assert talk.reply.messages[0] == Message(
        "refused-not-enough", there=ugx(100), wanted=ugx(53_000)
    )
    assert "pay:1001" in talk.options


def test_a_wrong_code_can_be_tried_again_and_a_new_one_sent(talk: Conversation) -> None:
    talk.shop.wallet.money = ugx(60_000)
    talk.say(Intent.PAY, text="wallet")
    talk.write("111111")
    assert talk.keys == ("refused-bad-code",)
    talk.write("111112")
    talk.write("111113")
    assert talk.keys == ("refused-code-over",)
    talk.choose("new-code")
    talk.write(CODE_SENT)
    assert talk.keys[0] == "wallet-paid"


def test_the_code_is_known_wherever_it_is_written(talk: Conversation) -> None:
    """It came by SMS to who chats on WhatsApp, or after the session was over."""
    talk.shop.wallet.money = ugx(60_000)
    talk.say(Intent.PAY, text="wallet")
    elsewhere = Conversation(talk.shop, "sms")
    elsewhere.say(Intent.BROWSE)
    elsewhere.write(CODE_SENT)
    assert elsewhere.keys[0] == "wallet-paid"


def test_cash_by_its_name_leaves_no_prompt(talk: Conversation) -> None:
    talk.say(Intent.PAY, text="pay cash")
    assert opened(talk) == []
    assert talk.shop.orders.placed[1001].rail == "cash"


def test_after_a_failure_every_way_is_offered(talk: Conversation) -> None:
    talk.say(Intent.PAY)
    talk.shop.payments.end(1001, AttemptStatus.FAILED)
    talk.say(Intent.PAID_ALREADY)
    assert talk.options == (
        "pay:1001",
        "other-number:1001",
        "other-way:1001",
        "cash:1001",
        "track:1001",
    )
    talk.choose("other-way:1001", "paystack")
    assert opened(talk)[-1] == ("paystack", "")


def test_the_wallet_says_what_is_in_it_before_it_is_chosen(talk: Conversation) -> None:
    talk.shop.wallet.money = ugx(100)
    talk.shop.cart.add("milk", 2)
    talk.say(Intent.CHECKOUT)
    talk.choose("pickup")
    menu = talk.reply.menu
    assert menu is not None
    told = {option.id: option.description for option in menu.options}
    assert told["wallet"] == Message("price-only", price=ugx(100))
    assert told["cash"] is None
