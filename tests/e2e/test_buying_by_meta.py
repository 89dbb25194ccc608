"""WhatsApp through Meta: lists and buttons that are tapped, from hello to the door."""

from pathlib import Path

import pytest

from bot.cli.books import load_shops
from channels.interactive import Buttons, Rows
from channels.meta.emulator import Who
from tests.e2e.house import House
from tests.e2e.meta_phone import MAMA, MetaPhone
from tests.e2e.trade import CUSTOMER, Shop

pytestmark = pytest.mark.databases("sqlite", "postgres")

AMINA = Who(CUSTOMER, "UG.13491208655302741918", "Amina")
# She shows a name of her own choice, and no number.
ZURI = Who(None, "UG.77491208655302741977", "Zuri")
ZURIS_WALLET = "+256772555666"


def test_a_basket_is_bought_by_tapping_paid_by_momo_and_delivered(house: House) -> None:
    shop, customer = Shop(house), MetaPhone(house, AMINA)
    customer.say("hi", "Mama Njeri")
    assert customer.last is not None
    assert isinstance(customer.last.payload, Rows)
    customer.tap("See what we sell")
    customer.tap("Grains", "Grains")
    customer.tap("^Rice", "which one")
    customer.tap("5kg", "20,000")
    assert isinstance(customer.last.payload, Buttons)
    customer.tap("Add 1", "1 x Rice")
    # Who writes is understood as well as who taps, also by the number of an option.
    customer.say("and one soap please", "24,500")
    customer.say("1", "get it")
    customer.say("delivery", "Where do we bring it")
    customer.tap("Kamwokya", "landmark")
    customer.say("opposite the mosque", "pay")
    customer.tap("MTN", "number")
    customer.tap("256772300001", "29,500")
    customer.tap("Yes, place", "PIN")
    house.approve(CUSTOMER)
    customer.read("we got your")
    assert "1001" in shop.alert()
    shop.bring(customer)
    order = house.until(1001, status="delivered")
    assert (order["payment_status"], order["total"]) == ("paid", "29500")
    assert (order["customer"], order["channel"]) == (CUSTOMER, "whatsapp")


def test_somebody_without_a_phone_number_buys_and_pays_from_a_number_given_at_checkout(
    house: House,
) -> None:
    shop, customer = Shop(house), MetaPhone(house, ZURI)
    customer.say("2 soap", "2 x Bar Soap")
    customer.tap("Check out", "get it")
    customer.tap("Delivery", "Where")
    customer.tap("Kololo", "landmark")
    customer.tap("Skip", "What phone number")
    customer.say("I have none here", "phone number, like")
    customer.say("0772 555 666", "we call you on \\+256772555666")
    customer.tap("MTN", "Which")
    customer.tap("256772555666", "from \\+256772555666")
    customer.tap("Yes, place", "PIN")
    house.approve(ZURIS_WALLET)
    customer.read("we got your")
    # The seller and the rider have somebody to call.
    assert ZURIS_WALLET in shop.alert()
    shop.bring(customer)
    order = house.until(1001, status="delivered")
    assert (order["customer"], order["payment_status"]) == (ZURIS_WALLET, "paid")


def test_a_number_that_was_typed_makes_nobody_somebody_else(house: House) -> None:
    owner, customer = house.whatsapp(ZURIS_WALLET), MetaPhone(house, ZURI)
    owner.say("3 soap", "3 x Bar Soap")
    customer.say("1 soap", "1 x Bar Soap")
    customer.tap("Check out", "get it")
    customer.tap("Pick it up", "What phone number")
    customer.say(ZURIS_WALLET, "we call you")
    customer.tap("Cash", "Shall I")
    customer.tap("Yes, place", "placed")
    # The basket of whose number it is stays their own, and so do their orders.
    assert "3 x Bar Soap" in owner.say("cart")
    assert "1001" not in owner.say("where is my order")


def test_a_basket_from_the_catalogue_becomes_the_cart_at_our_prices(house: House) -> None:
    customer = MetaPhone(house, AMINA)
    text = customer.order(("soap", 2), ("caviar", 1), ("rice-5kg", 1), pattern="29,000")
    assert "Not found here: caviar" in text
    assert "2 x Bar Soap" in text
    # The same basket again is the same basket.
    customer.order(("soap", 2), ("rice-5kg", 1), pattern="29,000")
    asked = customer.order(("sugar", 5), ("rice", 2), pattern="Only 1 left")
    assert "29,000" not in asked
    # "rice" is the only rice that is in the cart.
    assert "Now in your cart: 2 x Rice 5kg" in asked
    customer.tap("Take 1", "54,000")


MANY = """
[shop]
slug = "many"
name = "Many Things"
model = "wholesale"
country = "UG"
currency = "UGX"
locales = ["en"]
timezone = "Africa/Kampala"

[[lines]]
channel = "whatsapp"
provider = "meta"
address = "100000000000003"

[delivery]
pickup = true

[payments]
rails = ["cash"]
"""


def test_more_than_ten_options_are_tapped_through(house: House, tmp_path: Path) -> None:
    goods = "".join(
        f'[[products]]\nsku = "p{number}"\nname = "Thing {number}"\ncategory = "All"\nprice = 1000\n'
        for number in range(1, 14)
    )
    file = tmp_path / "many.toml"
    file.write_text(MANY + goods)
    load_shops(house.world, [file])
    customer = MetaPhone(house, AMINA, to="100000000000003")
    customer.say("hi", "Many Things")
    customer.tap("See what we sell")
    if "All" in " ".join(customer.offered):
        customer.tap("All")
    assert len(customer.offered) == 10
    customer.tap("^More$", "")
    assert "Thing 13" in " ".join(customer.offered)
    customer.tap("Thing 13", "Thing 13: UGX 1,000")


def test_ticks_move_forward_and_a_price_is_counted_once(house: House) -> None:
    customer = MetaPhone(house, AMINA)
    customer.say("hi", "Mama Njeri")
    assert customer.last is not None
    for status in ("sent", "read", "delivered"):
        assert house.meta.report(customer.last, status).status == 200
    assert house.sent(customer.last.id).status == "read"
    # "delivered" came after "read" and moved nothing.
    assert house.facts("message-billed") == []
    customer.say("hi", "Mama Njeri")
    house.meta.report(customer.last, "delivered")
    (billed,) = house.facts("message-billed")
    assert billed == {"provider": "meta", "billable": True, "category": "service", "model": "PMP"}


def test_what_is_no_message_is_counted_and_not_answered(house: House) -> None:
    reaction = {"type": "reaction", "reaction": {"message_id": "wamid.1", "emoji": "👍"}}
    assert house.meta.bring(AMINA, MAMA, reaction).status == 200
    (noted,) = house.facts("meta-noted")
    assert noted["kind"] == "reaction"
    assert house.meta.messages == []
