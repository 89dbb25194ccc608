"""Words instead of numbers, looks aside, and a yes at the wrong moment, with the real language engine."""

from collections.abc import Callable

from tests.e2e.house import House, Phone
from tests.e2e.trade import CUSTOMER, RIDER, SELLER

OKELLO = "+256772100008"


def test_an_order_in_words_and_no_number(house: House) -> None:
    customer = house.sms(CUSTOMER)
    customer.say("2 of the soap pls", "9,000")
    for words, answer in (
        ("check out", "get it"),
        ("bring it to kololo", "landmark"),
        ("skip", "pay"),
        ("cash", "Confirm"),
        ("how much is sugar", "5,000"),
        ("continue", "Confirm"),
    ):
        customer.say(words, answer)
    assert house.orders() == []
    customer.say("place the order", "1001")
    assert house.order(1001)["total"] == "14000"


def test_the_size_named_is_counted_and_then_swapped(house: House) -> None:
    customer = house.whatsapp(CUSTOMER)
    customer.say("how much is rice", "5kg")
    customer.say("i want 2 of the 5kg", "2 x Rice 5kg")
    said = customer.say("not the 5kg, the 25kg", "25kg")
    assert "2 x Rice 25kg" in said
    assert "5kg: UGX 40,000" not in customer.say("cart", "Rice")


def test_the_address_is_changed_by_saying_so(house: House) -> None:
    customer = house.whatsapp(CUSTOMER)
    customer.say("1 soap", "4,500")
    customer.say("checkout", "get it")
    customer.say("deliver", "bring it")
    customer.say("kololo", "landmark")
    customer.say("skip", "pay")
    customer.say("cash", "Shall I")
    customer.say("wait, change the address", "bring it")
    customer.say("kamwokya", "landmark")
    customer.say("skip", "To: Kamwokya")
    customer.say("yes", "1001")
    customer.say("change address", "bring it")
    customer.say("wandegeya", "landmark")
    assert "Wandegeya" in customer.say("near the lights", "Wandegeya")


def test_a_voice_note_never_stands_between_a_question_and_its_yes(house: House) -> None:
    customer = house.whatsapp(CUSTOMER)
    customer.say("1 soap", "4,500")
    customer.say("checkout", "get it")
    customer.say("pick up", "pay")
    customer.say("cash", "Shall I")
    note = {"NumMedia": "1", "MediaUrl0": "https://x.example/1", "MediaContentType0": "audio/ogg"}
    customer.send("", extra=note)
    assert "Shall I" in customer.read("voice")


def test_a_seller_who_greets_is_at_their_desk_and_who_asks_for_goods_may_buy(house: House) -> None:
    seller = house.sms(SELLER)
    assert "HELP" in seller.say("hi", "orders")
    assert "OK 1001" in seller.say("help", "READY")
    assert "4,500" in seller.say("how much is the soap", "Soap")
    rider = house.sms(RIDER)
    assert "coupon" not in rider.say("code", ".")


def _orders_by_ussd(house: House, phone: str) -> None:
    session = house.dial("*285#", phone)
    for typed in ("8", "1", "1", "1", "1", "1"):
        session.reply(typed)
    assert "1001" in session.screen


def test_on_the_platforms_number_a_menu_is_answered_by_its_number(
    build_house: Callable[..., House],
) -> None:
    """The seller of a shop without a number of its own."""
    house = build_house(platform_sms_provider="africastalking", platform_sms_from="8333")
    seller: Phone = house.sms(OKELLO, "8333", "africastalking")
    _orders_by_ussd(house, CUSTOMER)
    assert "Okello Hardware: New order 1001" in seller.read("1001")
    seller.say("orders", "1 Order 1001")
    seller.say("1", "Accept")
    seller.say("1", "accepted")
    assert house.order(1001, "okello")["status"] == "confirmed"
    assert "READY" in seller.say("what do i do now", ".")


def test_code_means_the_delivery_code_to_whom_has_an_order(house: House) -> None:
    customer = house.sms(CUSTOMER)
    customer.say("1 soap", "4,500")
    for words, answer in (("checkout", "get it"), ("pickup", "pay"), ("cash", "Confirm")):
        customer.say(words, answer)
    customer.say("yes", "1001")
    assert "Code " in customer.say("what is my code?", ".")
