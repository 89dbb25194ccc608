import pytest

from flows.heard import Choice
from flows.ports.trade import Talk
from intents.intent import Intent
from tests.fakes.trade import FakeTrade, an_order
from tests.fakes.trade_talk import Phone, sentence

AMINA = Talk("person-1", "+256772123456", "Amina", 1001)
BRIAN = Talk("person-2", "+256772999888", "Brian", None)
CHATTY = Talk("person-3", None, "Chatty", None)


def test_reply_reaches_the_customer_of_the_order(seller: Phone, trade: FakeTrade) -> None:
    assert "BOT 1001" in seller.say("REPLY 1001 yes, fresh ones came today")
    assert trade.done == [("answer", 1001, "yes, fresh ones came today")]


@pytest.mark.parametrize(
    "written",
    [
        "REPLY 0772999888 we open at 8",
        "reply +256772999888 we open at 8",
        "REPLY 772999888 we open at 8",
    ],
)
def test_reply_reaches_somebody_without_an_order_by_phone(
    seller: Phone, trade: FakeTrade, written: str
) -> None:
    trade.waiting_talks = [AMINA, BRIAN]
    assert "REPLY +256772999888" in seller.say(written)
    assert trade.done == [("answer", "person-2", "we open at 8")]


def test_bot_takes_a_phone_too(seller: Phone, trade: FakeTrade) -> None:
    trade.waiting_talks = [AMINA, BRIAN]
    assert "talks to Brian again" in seller.say("BOT 0772999888")
    assert trade.done == [("bot", "person-2")]


def test_nobody_is_written_to_who_does_not_wait(seller: Phone, trade: FakeTrade) -> None:
    trade.waiting_talks = [BRIAN]
    text = seller.say("REPLY 0700111222 hello")
    assert "No customer with the number +256700111222" in text
    assert trade.done == []


def test_reply_without_words_asks_for_them_and_sends_what_is_written_next(
    seller: Phone, trade: FakeTrade
) -> None:
    assert "What shall I say" in seller.say("REPLY 1001")
    seller.send(sentence("hello, where is order 1001 going?", Intent.TRACK_ORDER))
    assert trade.done == [("answer", 1001, "hello, where is order 1001 going?")]


def test_a_bare_ok_is_an_answer_while_one_is_being_written(seller: Phone, trade: FakeTrade) -> None:
    seller.say("REPLY 1001")
    seller.say("ok")
    assert trade.done == [("answer", 1001, "ok")]


def test_a_word_with_its_number_stays_a_word_while_an_answer_is_being_written(
    seller: Phone, trade: FakeTrade
) -> None:
    seller.say("REPLY 1001")
    seller.say("OK 1001")
    assert trade.done == [("confirmed", 1001)]


def test_an_unknown_number_asks_who_is_meant_and_keeps_the_words(
    seller: Phone, trade: FakeTrade
) -> None:
    trade.waiting_talks = [AMINA, BRIAN]
    text = seller.say("REPLY 1999 it is on its way")
    assert "no order 1999" in text
    assert trade.done == []
    seller.press(2)
    assert trade.done == [("answer", "person-2", "it is on its way")]


def test_a_stray_sentence_is_offered_to_who_waits_never_sent(
    seller: Phone, trade: FakeTrade
) -> None:
    trade.waiting_talks = [AMINA]
    text = seller.say("yes we still have the big ones")
    assert "1 Send it to Amina (order 1001)" in text
    assert trade.done == []
    seller.press(1)
    assert trade.done == [("answer", "person-1", "yes we still have the big ones")]


def test_somebody_without_phone_and_order_is_answered_by_choosing(
    seller: Phone, trade: FakeTrade
) -> None:
    trade.waiting_talks = [CHATTY]
    seller.send(Choice("answer:person-3"))
    seller.say("come by tomorrow: we have more")
    assert trade.done == [("answer", "person-3", "come by tomorrow: we have more")]


def test_who_no_longer_waits_gets_nothing(seller: Phone, trade: FakeTrade) -> None:
    assert "No customer waits" in seller.send(Choice("answer:person-3:hello"))
    assert trade.done == []


def test_bot_gives_the_talk_back(seller: Phone, trade: FakeTrade) -> None:
    assert "talks to 1001 again" in seller.say("BOT 1001")
    trade.waiting_talks = [BRIAN]
    assert "talks to Brian again" in seller.say("BOT")
    assert trade.done == [("bot", 1001), ("bot", "person-2")]


def test_bot_among_several_is_asked(seller: Phone, trade: FakeTrade) -> None:
    trade.orders[1002] = an_order(1002)
    trade.waiting_talks = [AMINA, BRIAN]
    seller.say("BOT")
    assert trade.done == []
    seller.press(1)
    assert trade.done == [("bot", "person-1")]


def test_with_nobody_waiting_that_is_said(seller: Phone) -> None:
    assert "No customer waits" in seller.say("BOT")
