from dataclasses import replace

import pytest

from flows.heard import Attachment, Choice, Dialled, MediaKind, Stale
from flows.ports.delivery import Fulfilment
from flows.ports.orders import DeliveryStatus, OrderStatus
from flows.ports.trade import SalesToday
from flows.seller.role import NotStaffError
from intents.intent import Intent
from tests.fakes.trade import BODA, PAID, FakeTrade, an_order, trade_ports, ugx
from tests.fakes.trade_talk import Phone, sentence


def test_ok_accepts_and_says_what_comes_next(seller: Phone, trade: FakeTrade) -> None:
    assert "READY 1001" in seller.say("OK 1001")
    assert trade.orders[1001].status is OrderStatus.CONFIRMED


def test_an_order_is_walked_from_ok_to_delivered_by_words(seller: Phone, trade: FakeTrade) -> None:
    seller.say("ok 1001")
    assert "PICKED 1001" in seller.say("ready")
    assert "DELIVERED 1001" in seller.say("picked 1001")
    assert "Well done" in seller.say("delivered 1001 4321")
    assert trade.orders[1001].status is OrderStatus.DELIVERED


def test_the_number_may_be_left_out_when_one_order_waits(seller: Phone, trade: FakeTrade) -> None:
    trade.orders[1002] = an_order(1002, status=OrderStatus.PROCESSING)
    seller.say("ok")
    assert trade.done == [("confirmed", 1001)]


def test_among_several_it_is_asked_never_guessed(seller: Phone, trade: FakeTrade) -> None:
    trade.orders[1002] = an_order(1002, **PAID)
    assert "which order" in seller.say("ok")
    assert trade.done == []
    seller.press(2)
    assert trade.done == [("confirmed", 1002)]


def test_an_order_that_waits_for_its_payment_is_nobodys_to_accept(
    seller: Phone, trade: FakeTrade
) -> None:
    trade.orders = {1001: an_order(1001, rail="mtn-momo")}
    assert "No order waits for OK" in seller.say("ok")
    assert trade.done == []


def test_an_unknown_number_is_said_and_the_open_ones_are_listed(seller: Phone) -> None:
    text = seller.say("OK 1999")
    assert "no order 1999" in text
    assert "Order 1001: UGX 53,000, new" in text
    assert "Kamwokya, behind Shell" in seller.press(1)


def test_a_wrong_step_says_where_the_order_stands(seller: Phone, trade: FakeTrade) -> None:
    trade.orders = {1001: an_order(1001, status=OrderStatus.SHIPPED)}
    assert "on the way" in seller.say("READY 1001")


def test_no_with_a_reason_refuses_at_once(seller: Phone, trade: FakeTrade) -> None:
    assert "refused" in seller.say("NO 1001 rice is finished")
    assert trade.done == [("cancelled", 1001), ("reason", "rice is finished")]


def test_no_works_without_a_reason(seller: Phone, trade: FakeTrade) -> None:
    seller.say("NO 1001")
    assert trade.done == [("cancelled", 1001), ("reason", "")]


def test_refusing_a_paid_order_says_that_the_money_goes_back(
    seller: Phone, trade: FakeTrade
) -> None:
    trade.orders = {1001: an_order(1001, **PAID)}
    assert "money back" in seller.say("NO 1001")


@pytest.mark.parametrize("agrees", ["ok", "press"])
def test_a_bare_no_is_asked_about_before_it_cancels(
    seller: Phone, trade: FakeTrade, agrees: str
) -> None:
    assert "Refuse order 1001?" in seller.say("no")
    assert trade.done == []
    if agrees == "press":
        seller.press(1)
    else:
        seller.say(agrees)
    assert ("cancelled", 1001) in trade.done


@pytest.mark.parametrize("disagrees", ["no", "press"])
def test_what_was_not_meant_is_not_done(seller: Phone, trade: FakeTrade, disagrees: str) -> None:
    seller.say("no")
    text = seller.press(2) if disagrees == "press" else seller.say(disagrees)
    assert "nothing was changed" in text
    assert trade.done == []


def test_a_yes_in_words_is_a_yes_to_the_question(seller: Phone, trade: FakeTrade) -> None:
    seller.say("no")
    seller.send(sentence("yes please", Intent.AFFIRM))
    assert ("cancelled", 1001) in trade.done


def test_a_word_for_another_order_leaves_the_question(seller: Phone, trade: FakeTrade) -> None:
    trade.orders[1002] = an_order(1002, status=OrderStatus.CONFIRMED)
    seller.say("no 1001")
    seller.say("ready 1002")
    assert trade.done[-1] == ("processing", 1002)


def test_a_near_miss_with_a_number_is_done(seller: Phone, trade: FakeTrade) -> None:
    trade.orders = {1001: an_order(1001, status=OrderStatus.CONFIRMED)}
    seller.say("REDY 1001")
    assert trade.done == [("processing", 1001)]


def test_a_near_miss_of_close_is_asked_about(seller: Phone, trade: FakeTrade) -> None:
    seller.say("CLSE")
    assert trade.done == []
    seller.press(1)
    assert trade.done == [("close",)]


def test_open_and_close_are_done_as_written(seller: Phone, trade: FakeTrade) -> None:
    assert "OPEN" in seller.say("CLOSE")
    assert "Mama Njeri Foods is open" in seller.say("OPEN")
    assert trade.done == [("close",), ("open",)]


def test_delivered_without_a_code_asks_for_it(seller: Phone, trade: FakeTrade) -> None:
    trade.orders = {1001: an_order(1001, status=OrderStatus.SHIPPED)}
    assert "4-digit code" in seller.say("DELIVERED 1001")
    assert trade.done == []


def test_delivered_takes_the_code_alone_when_one_order_is_on_its_way(
    seller: Phone, trade: FakeTrade
) -> None:
    trade.orders = {1001: an_order(1001, status=OrderStatus.SHIPPED)}
    seller.say("DELIVERED 4321")
    assert trade.done == [("delivered", 1001)]


def test_a_wrong_code_says_the_tries_left(seller: Phone, trade: FakeTrade) -> None:
    trade.orders = {1001: an_order(1001, status=OrderStatus.SHIPPED)}
    assert "4 more times" in seller.say("DELIVERED 1001 9999")


def test_a_pickup_is_handed_over_for_its_code(seller: Phone, trade: FakeTrade) -> None:
    trade.orders = {
        1001: an_order(1001, status=OrderStatus.CONFIRMED, fulfilment=Fulfilment.PICKUP)
    }
    assert "come for order 1001" in seller.say("READY 1001")
    seller.say("DELIVERED 4321")
    assert trade.orders[1001].status is OrderStatus.DELIVERED


def test_ready_names_the_rider_who_comes(seller: Phone, trade: FakeTrade) -> None:
    trade.orders = {
        1001: an_order(
            1001, status=OrderStatus.CONFIRMED, rider=BODA, delivery=DeliveryStatus.ACCEPTED
        )
    }
    assert "Okello will pick it up" in seller.say("READY 1001")


def test_orders_lists_what_is_open_and_each_opens_with_its_acts(
    seller: Phone, trade: FakeTrade
) -> None:
    trade.orders[1002] = an_order(1002, status=OrderStatus.CONFIRMED)
    text = seller.say("ORDERS")
    assert "2 open orders" in text
    assert "Order 1002: UGX 53,000, to pack" in text
    facts = seller.press(2)
    assert "2 x Rice 5kg" in facts
    assert "Amina +256772123456" in facts
    seller.press(1)
    assert trade.done == [("processing", 1002)]


def test_refusing_from_the_list_is_asked_once_more(seller: Phone, trade: FakeTrade) -> None:
    seller.say("ORDERS")
    seller.press(1)
    assert "Refuse order 1001?" in seller.press(2)
    assert trade.done == []
    seller.press(1)
    assert ("cancelled", 1001) in trade.done


def test_without_orders_orders_says_so(seller: Phone, trade: FakeTrade) -> None:
    trade.orders = {}
    assert "No open orders" in seller.say("ORDERS")


def test_sales_counts_today(seller: Phone, trade: FakeTrade) -> None:
    assert "No orders yet today" in seller.say("SALES")
    trade.today = SalesToday(3, ugx(150000), ugx(90000), 2)
    text = seller.say("SALES")
    assert "3 orders, UGX 150,000" in text
    assert "Paid: UGX 90,000" in text


@pytest.mark.parametrize(
    ("option", "done"),
    [("own:1001", "own"), ("as-pickup:1001", "as-pickup"), ("offer:1001", "offer")],
)
def test_an_order_that_no_rider_takes_goes_the_way_the_seller_chooses(
    seller: Phone, trade: FakeTrade, option: str, done: str
) -> None:
    assert "1001" in seller.send(Choice(option))
    assert trade.done == [(done, 1001)]


def test_a_command_inside_an_option_is_executed(seller: Phone, trade: FakeTrade) -> None:
    seller.send(Choice("cmd:NO 1001 no rider"))
    assert trade.done == [("cancelled", 1001), ("reason", "no rider")]


@pytest.mark.parametrize("option", ["cmd:", "cmd:JUMP 3", "cmd:YES 1001", "open-order:x", "own:"])
def test_an_option_that_means_nothing_does_nothing(
    seller: Phone, trade: FakeTrade, option: str
) -> None:
    assert seller.send(Choice(option))
    assert trade.done == []


def test_help_fits_two_messages(seller: Phone) -> None:
    assert "READY" in seller.say("HELP")
    assert len(seller.text) <= 306


def test_a_greeting_shows_the_desk(seller: Phone, trade: FakeTrade) -> None:
    assert "1 open order" in seller.send(sentence("good morning", Intent.GREET))
    trade.orders = {}
    assert "Send HELP" in seller.send(Dialled())


def test_an_older_list_is_named_and_not_executed(seller: Phone, trade: FakeTrade) -> None:
    assert "from an older list" in seller.send(Stale("1002 UGX 4,000 new"))
    assert trade.done == []


def test_a_picture_is_answered(seller: Phone) -> None:
    assert "only read words" in seller.send(Attachment(MediaKind.VOICE))


def test_a_sentence_that_is_no_word_leads_to_help(seller: Phone) -> None:
    assert "Send HELP" in seller.say("the weather is nice")


def test_a_number_alone_shows_that_order(seller: Phone) -> None:
    assert "Order 1001: new" in seller.send(replace(sentence("#1001"), order=1001))


def test_nobody_else_gets_to_the_desk(seller: Phone) -> None:
    seller.ports = trade_ports()
    with pytest.raises(NotStaffError):
        seller.say("ORDERS")
