"""Two shops on one shortcode and one service code: neither can see or touch the other's things."""

import pytest

from channels.africastalking.emulator import UssdSession
from tests.e2e.house import House

pytestmark = pytest.mark.databases("sqlite", "postgres")

CUSTOMER, JOY, MAMA = "+256772300003", "+256772100009", "+256772100001"


def at_shortcode(house: House, phone: str):  # type: ignore[no-untyped-def]
    return house.sms(phone, "22884", "africastalking")


def test_without_a_keyword_one_hint_is_given_once(house: House) -> None:
    customer = at_shortcode(house, CUSTOMER)
    hint = customer.say("hello", "MAMA")
    assert "JOY" in hint
    customer.send("hello again")
    customer.say("JOY", "Joy Fashions")
    assert len(customer.inbox()) == 2


def test_a_keyword_leads_to_its_shop_and_stays(house: House) -> None:
    customer = at_shortcode(house, CUSTOMER)
    assert "Joy Fashions" in customer.say("joy", "Joy")
    assert "60,000" in customer.say("ankara gown", "gown")
    assert "Rice" not in customer.say("rice", ".")


def test_with_a_cart_only_a_lone_keyword_switches(house: House) -> None:
    customer = at_shortcode(house, CUSTOMER)
    customer.say("joy add 1 ankara gown", "gown")
    said = customer.say("mama soap", ".")
    assert "4,500" not in said
    assert "Mama Njeri" in customer.say("MAMA", "Mama")
    assert "60,000" not in customer.say("cart", ".")
    customer.say("JOY", "Joy")
    assert "60,000" in customer.say("cart", "gown")


def test_another_shops_order_and_products_do_not_exist_here(house: House) -> None:
    joy, mama = at_shortcode(house, CUSTOMER), house.whatsapp(CUSTOMER)
    joy.say("joy add 1 ankara gown", "gown")
    said = joy.say("checkout", ".")
    for wanted in ("cash", "confirm", "place"):
        for line in said.splitlines():
            if wanted in line.casefold() and line[:1].isdigit():
                said = joy.say(line.split()[0].strip("."), ".")
                break
    assert house.orders("joy")[0]["number"] == 1001
    assert "1001" not in mama.say("where is order 1001", ".").replace("no order 1001", "")
    assert "60,000" not in mama.say("ankara gown", ".")
    assert house.orders("mama") == []


def test_a_seller_of_one_shop_cannot_touch_the_others_order(house: House) -> None:
    customer = at_shortcode(house, CUSTOMER)
    customer.say("joy add 1 ankara gown", "gown")
    said = customer.say("checkout", ".")
    for wanted in ("cash", "confirm", "place"):
        for line in said.splitlines():
            if wanted in line.casefold() and line[:1].isdigit():
                said = customer.say(line.split()[0].strip("."), ".")
                break
    stranger = at_shortcode(house, MAMA)
    stranger.say("OK 1001", ".")
    assert house.order(1001, "joy")["status"] == "pending"
    at_shortcode(house, JOY).say("OK 1001", "1001")
    assert house.order(1001, "joy")["status"] == "confirmed"


def test_a_shared_service_code_asks_for_the_extension(house: House) -> None:
    session = house.dial("*285#", CUSTOMER)
    assert "9 Joy" in session.screen
    assert "8 Okello" in session.screen
    # Nothing is offered that would not work here.
    assert "Back" not in session.screen
    assert "Okello" in session.reply("8")


def test_an_extension_in_the_code_opens_its_shop_only(house: House) -> None:
    session = UssdSession(house.at, "ATUid_deep", "*285#", CUSTOMER, text="9")
    session.ask()
    assert "Joy" in session.screen
    assert "Okello" not in session.screen


def test_a_wrong_extension_is_asked_again(house: House) -> None:
    session = house.dial("*285#", CUSTOMER)
    assert "9 Joy" in session.reply("7")
    assert "Joy" in session.reply("9")


@pytest.mark.parametrize("text", ["OK 1001", "STOCK soap 0", "PRICE soap 1", "CLOSE"])
def test_a_strangers_seller_words_change_nothing(house: House, text: str) -> None:
    stranger = house.whatsapp("+256772399999")
    stranger.say(text, ".")
    assert "4,500" in house.whatsapp(CUSTOMER).say("bar soap price", "soap")
