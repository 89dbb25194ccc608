"""Receipts in the chat and behind their links, and SMS of payments that people forward."""

import re
from datetime import UTC, datetime

import pytest
import requests
from sqlalchemy import update
from sqlalchemy.orm import Session

from store.models import ShopRow
from tests.e2e.house import House, Phone
from tests.e2e.trade import CUSTOMER, SELLER

pytestmark = pytest.mark.databases("postgres")

OTHER = "+256772300009"


def ordered(house: House, phone: str = CUSTOMER) -> Phone:
    """A pickup order by WhatsApp whose prompt is on its way."""
    customer = house.whatsapp(phone)
    basket = customer.say("one soap", "cart|added")
    said = customer.follow(basket, "check ?out", "pick", "mtn", phone.removeprefix("+"))
    customer.choose("confirm|place", said, "PIN")
    return customer


def page_of(said: str) -> requests.Response:
    found = re.search(r"https?://\S+/r/\S+", said)
    assert found is not None, said
    return requests.get(found[0], timeout=10)


def words_on(page: requests.Response) -> str:
    return " ".join(re.sub(r"<style>.*?</style>|<[^>]+>", " ", page.text, flags=re.S).split())


def test_a_receipt_is_checked_by_its_link(house: House) -> None:
    customer = ordered(house)
    assert "no receipt" in customer.say("send my receipt", "receipt")
    house.approve(CUSTOMER)
    customer.read("We got your")
    said = customer.say("send my receipt", "Receipt of Mama Njeri Foods")
    assert "UGX 4,500 (MTN Mobile Money, number .." in said
    page = page_of(said)
    words = words_on(page)
    assert page.status_code == 200
    assert "Paid" in words
    assert "Order 1001" in words
    assert "1 x Bar Soap" in words
    assert "UGX 4,500" in words
    assert page.headers["Cache-Control"] == "no-store"
    assert "noindex" in page.headers["X-Robots-Tag"]
    assert "<script" not in page.text
    for private in (CUSTOMER.removeprefix("+"), SELLER.removeprefix("+"), "Amina"):
        assert private not in page.text


def test_a_receipt_says_what_has_become_of_the_money_since(house: House) -> None:
    customer = ordered(house)
    house.approve(CUSTOMER)
    customer.read("We got your")
    said = customer.say("send my receipt", "Receipt of")
    house.sms(SELLER).say("NO 1001 sold out", "1001")
    house.until(1001, payment_status="refunded")
    assert "given back" in words_on(page_of(said))
    assert "went back" in customer.say("where is my refund", "by MTN")


def test_what_we_did_not_give_out_is_no_receipt(house: House) -> None:
    for token in ("0" * 36, "zz", "0" * 500, "%00"):
        page = requests.get(f"{house.url}/r/{token}", timeout=10)
        assert page.status_code == 404
        assert "not one of our receipts" in words_on(page)
    for path in ("/r/", "/r/..%2f..%2fetc"):
        assert requests.get(f"{house.url}{path}", timeout=10).status_code == 404


def test_a_true_sms_is_confirmed_and_a_forged_one_told_to_the_seller(house: House) -> None:
    customer = ordered(house)
    seller = house.sms(SELLER)
    forged = "You have paid UGX 9,000 to MAMA NJERI. Transaction ID: 99887766554. Fee UGX 0"
    assert "nothing is paid by it" in customer.say(forged, "does not fit")
    assert house.order(1001)["payment_status"] == "pending"
    assert "not in our books" in seller.read("9,000")
    [fact] = house.facts("forged-payment-sms")
    assert fact["order"] == 1001
    prompt = house.prompt(CUSTOMER)
    honest = "You have paid UGX 4,500 to MAMA NJERI. Transaction ID: 12345678. Fee UGX 0"
    customer.say(honest, "asking your money service|checking")
    assert house.order(1001)["payment_status"] == "pending"
    house.wallets.approve(prompt.reference)
    house.until(1001, payment_status="paid")


def test_a_verified_shop_shows_its_badge_in_the_chat_and_on_its_pages(house: House) -> None:
    customer = ordered(house)
    house.approve(CUSTOMER)
    customer.read("We got your")
    receipt = customer.say("send my receipt", "Receipt of")
    assert "Verified" not in words_on(page_of(receipt))
    assert "Verified" not in customer.say("hello", "Welcome")

    def verified(session: Session) -> None:
        session.execute(update(ShopRow).values(verified_at=datetime.now(UTC)))

    house.in_books(verified)
    assert "✓ Verified shop." in words_on(page_of(receipt))
    shop = requests.get(f"{house.url}/s/mama", timeout=10)
    assert "✓ Verified shop." in words_on(shop)
    assert "✓ Verified shop." in customer.say("hello", "Welcome")
    assert "✓" not in house.sms(CUSTOMER, "22884", "africastalking").say("MAMA", "Mama")
