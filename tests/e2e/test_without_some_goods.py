"""Something is missing when an order is packed: the seller sends the rest, and the money for it goes back."""

from collections.abc import Callable

import pytest
from sqlalchemy import select

from channels.render.gsm import is_gsm, segments
from store.models import AuditRow, StockRow
from tests.e2e.house import House, Phone, eventually
from tests.e2e.trade import CUSTOMER, Shop

pytestmark = pytest.mark.databases("sqlite", "postgres")

GERTRUDE, SARAH, AMINA = "+256772500001", "+256772500011", "+256772300001"


def check_money(house: House) -> None:
    done = house.app.test_cli_runner().invoke(args=["money", "check"])
    assert done.exit_code == 0, done.output


def buy(house: House, customer: Phone, *goods: str) -> None:
    for each in goods:
        asked = customer.say(each, "UGX")
    asked = customer.follow(asked, "check ?out", "delivery", ">Kamwokya", ">blue gate", "mtn")
    customer.choose("confirm|place", customer.follow(asked, customer.number[1:]), "PIN")
    house.approve(customer.number)
    customer.read("we got your")


def test_the_seller_leaves_two_bars_out_and_their_money_is_back(house: House) -> None:
    shop, customer = Shop(house), house.whatsapp(CUSTOMER)
    buy(house, customer, "2 rice 5kg", "3 soap")
    shop.alert()
    asked = shop.seller.say("WITHOUT 1001 2 soap", "without 2 x Bar Soap")
    assert "gets UGX 9,000 back" in asked
    assert "UGX 49,500" in asked
    assert house.order(1001)["total"] == "58500"
    shop.seller.choose("yes", asked, "is UGX 49,500 now")
    told = customer.read("does not have 2 x Bar Soap")
    assert "UGX 9,000 back" in told
    assert "UGX 49,500" in told
    eventually(lambda: [r.amount for r in house.wallets.refunds()] == ["9000"], "the refund")
    shop.seller.say("WITHOUT 1001 soap", "gets UGX 4,500 back")
    shop.seller.say("no", "nothing was changed")
    held = house.in_books(
        lambda s: s.scalars(select(StockRow.on_hand).where(StockRow.sku == "soap")).one()
    )
    assert held == 37
    shop.bring(customer)
    house.until(1001, status="delivered", payment_status="paid", total="49500")
    actions = house.in_books(lambda s: s.scalars(select(AuditRow.action)).all())
    assert actions.count("LackingDesk.take_out") == 1
    check_money(house)


def test_the_customer_who_does_not_want_the_rest_cancels_by_the_answer(house: House) -> None:
    shop, customer = Shop(house), house.sms(CUSTOMER)
    buy(house, customer, "2 rice 5kg", "1 soap")
    shop.alert()
    shop.seller.choose("yes", shop.seller.say("without 1001 rice", "40,000"), "1001")
    told = customer.read("does not have 2 x Rice")
    assert (is_gsm(told), segments(told).count) == (True, 1)
    asked = customer.follow(told, "cancel")
    if "?" in asked:
        customer.follow(asked, "yes|cancel")
    house.until(1001, status="cancelled", payment_status="refunded")
    eventually(
        lambda: sorted(int(r.amount) for r in house.wallets.refunds()) == [9_500, 40_000],
        "both refunds",
    )
    check_money(house)


def test_a_suppliers_no_names_the_word_that_sends_the_rest(
    build_house: Callable[..., House],
) -> None:
    house = build_house("gate", "styles")
    gertrude = house.sms(GERTRUDE, "+256312000051")
    sarah = house.sms(SARAH, "+256312000062")
    amina = house.whatsapp(AMINA, "+256312000061")
    buy(house, amina, "1 swiss lace", "2 kitenge")
    gertrude.read("S1")
    gertrude.say("OK S1", "S1")
    sarah.say("WITHOUT 1001 kitenge", "without 2 x Kitenge")
    sarah.say("ok", "1001")
    amina.read("does not have 2 x Kitenge")
    assert "Swiss Lace" in gertrude.read("Still wanted")
    check_money(house)
