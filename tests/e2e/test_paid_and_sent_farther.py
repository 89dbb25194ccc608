"""An order that is paid goes farther than was agreed: what that costs more is cash at the door, which the
rider takes, owes, and hands over."""

import re
from pathlib import Path

import pytest
import requests

from tests.e2e.house import House, Phone, code_in
from tests.e2e.test_dearer_address import goes_farther
from tests.e2e.trade import CUSTOMER, Shop

pytestmark = pytest.mark.databases("sqlite", "postgres")

DUE = "4,000 in cash at the door"


def buys_and_pays(house: House, phone: Phone) -> None:
    step = phone.say("2 soap", "soap")
    step = phone.choose("delivery", phone.say("checkout", "delivery"))
    step = phone.follow(step, ">kamwokya", ">blue gate", "mtn", "2567")
    phone.choose("confirm|place", step, "PIN")
    house.approve(phone.number)
    phone.read("we got your UGX 14,000")
    house.until(1001, payment_status="paid")


def sends_it_farther(phone: Phone) -> None:
    step = phone.say("where is my order 1001", "address")
    phone.follow(step, "address", "entebbe")
    asked = phone.say("tower B", DUE)
    assert "is paid" in asked
    moved = phone.choose("yes", asked, "now goes to Entebbe")
    assert moved.count("UGX 4,000 in cash ready") == 1


def brought_and_handed_over(house: House, shop: Shop, customer: Phone) -> None:
    """The rider took the job as a paid one, and hears of every step what to take."""
    assert DUE in shop.rider.read("new address.*Entebbe").replace("is taken ", "")
    shop.seller.say("READY 1001", "1001")
    assert "Take UGX 4,000 cash" in shop.rider.say("PICKED 1001", "Bring order 1001")
    told = customer.read("code")
    assert "UGX 4,000 in cash" in told
    done = shop.rider.say(f"DELIVERED 1001 {code_in(told)}", "delivered")
    assert "You hold UGX 4,000" in done
    customer.read("delivered")
    day = shop.rider.say("DAY", "Earned")
    assert "Earned UGX 9,000" in day
    assert "hand over: UGX 4,000" in day
    shop.rider.say("HANDED", "UGX 4,000")
    asked = shop.seller.read("you got UGX 4,000")
    shop.seller.choose("yes", asked, "You got UGX 4,000")
    shop.rider.read("got UGX 4,000 cash from you")
    assert "hand over" not in shop.rider.say("DAY", "Earned UGX 9,000")


def on_the_page(receipt: str) -> None:
    """Beside the total, and no part of it."""
    link = re.search(r"https?://\S+/r/\S+", receipt)
    assert link is not None
    page = requests.get(link[0], timeout=10).text
    total, door = page.index("14,000"), page.index("In cash at the door")
    assert total < door < page.index("4,000", door)


def all_adds_up(house: House) -> None:
    order = house.until(1001, status="delivered", payment_status="paid")
    assert (order["total"], order["delivery_fee"], order["due_at_door"]) == (
        "14000",
        "5000",
        "4000",
    )
    [prompt] = house.wallets.all()
    assert (str(prompt.amount), prompt.requests) == ("14000", 1)
    checked = house.app.test_cli_runner().invoke(args=["money", "check"])
    assert checked.exit_code == 0, checked.output


@pytest.mark.parametrize("medium", ["whatsapp", "sms"])
def test_by_message_it_goes_the_whole_way(house: House, tmp_path: Path, medium: str) -> None:
    goes_farther(house, tmp_path)
    customer = house.whatsapp(CUSTOMER) if medium == "whatsapp" else house.sms(CUSTOMER)
    shop = Shop(house)
    buys_and_pays(house, customer)
    assert "PAID" in shop.alert()
    assert "take no cash" in shop.rider.read("1001")
    shop.rider.say("YES 1001", "take no cash")
    sends_it_farther(customer)
    heard = shop.seller.read("new address.*Entebbe")
    assert heard.endswith("tower B. It is paid, but UGX 4,000 is taken in cash at the door.")
    assert "PAID, UGX 4,000 cash at the door" in shop.seller.say("1001", "Total")
    assert "UGX 4,000 in cash" in customer.say("where is my order 1001", "address")
    receipt = customer.say("receipt 1001", "Receipt")
    assert "In cash at the door: UGX 4,000" in receipt
    on_the_page(receipt)
    brought_and_handed_over(house, shop, customer)
    all_adds_up(house)


def test_by_the_dialled_menu_it_goes_the_whole_way(house: House, tmp_path: Path) -> None:
    goes_farther(house, tmp_path)
    shop, sms = Shop(house), house.sms(CUSTOMER)
    handset = house.handset(CUSTOMER)
    handset.follow("shop", "household", "soap", "add 1", "check ?out", "delivery", "kamwokya")
    handset.follow(">blue gate", "mtn", "256772300001", "confirm")
    house.approve(CUSTOMER)
    sms.read("we got your UGX 9,500")
    shop.alert()
    shop.rider.read("1001")
    shop.rider.say("YES 1001", "take no cash")
    again = house.handset(CUSTOMER)
    again.follow("order", "address", "entebbe", ">tower B")
    assert DUE in again.screen
    again.follow("yes")
    assert "UGX 4,000 in cash ready" in again.screen
    brought_and_handed_over(house, shop, sms)
    order = house.until(1001, status="delivered")
    assert (order["total"], order["due_at_door"]) == ("9500", "4000")


def test_who_says_no_or_comes_back_owes_nothing(house: House, tmp_path: Path) -> None:
    goes_farther(house, tmp_path)
    customer, shop = house.whatsapp(CUSTOMER), Shop(house)
    buys_and_pays(house, customer)
    step = customer.say("where is my order 1001", "address")
    customer.follow(step, "address", "entebbe")
    customer.choose("no", customer.say("tower B", DUE), "1001")
    assert "due_at_door" not in house.order(1001)
    sends_it_farther(customer)
    shop.seller.read("new address.*Entebbe")
    step = customer.say("where is my order 1001", "address")
    customer.follow(step, "address", ">kamwokya")
    assert "nothing more to pay" in customer.say("blue gate", "now goes to Kamwokya")
    assert "no cash is taken" in shop.seller.read("new address.*Kamwokya")
    offered = shop.bring(customer)
    assert "take no cash" in offered
    order = house.until(1001, status="delivered", payment_status="paid")
    assert (order["total"], order.get("due_at_door")) == ("14000", None)
    assert "hand over" not in shop.rider.say("DAY", "Earned UGX 5,000")
