"""A shop from the first word to the first customer, by SMS alone, and by USSD."""

import re
from collections.abc import Callable
from urllib.parse import urlsplit

import pytest
import requests
from sqlalchemy import select

from bot.cli.books import load_shops
from channels.emulated import Kept
from channels.meta.emulator import Who
from store.models import ProductRow
from tests.e2e.house import SHOPS, Dialling, House, Phone, code_in, eventually
from tests.e2e.meta_phone import MetaPhone
from tests.fakes.photos import photo

pytestmark = pytest.mark.databases("sqlite", "postgres")

SELLER, STAFF, CUSTOMER, STRANGER = (
    "+256772910001",
    "+256772900001",
    "+256772910002",
    "+256772910003",
)
PLATFORM, SHARED = "22000", "22885"


@pytest.fixture
def house(build_house: Callable[..., House]) -> House:
    house = build_house()
    load_shops(house.world, [SHOPS / "sokoni.toml"])
    return house


def at(house: House, phone: str, to: str = SHARED) -> Phone:
    return house.sms(phone, to, "africastalking")


def opened_by_sms(house: House, seller: Phone) -> None:
    said = seller.say("hi", "Open a shop")
    seller.choose("Open a shop", said, "called")
    seller.say("Prince Fashions", "sell")
    seller.say("dresses and shoes", "landmark")
    seller.say("Ntinda, behind the Shell station", "Mobile Money")
    seller.say("Prince Okello", "first thing")
    said = seller.say("Ankara gown 15000 x5", "Open it")
    assert "Prince Fashions" in said
    assert "15,000" in said
    seller.choose("Open it", said, "PRINCE")


def test_a_shop_is_opened_by_sms_and_sells_once_it_is_verified(house: House) -> None:
    seller, staff = at(house, SELLER, PLATFORM), at(house, STAFF, PLATFORM)
    opened_by_sms(house, seller)
    customer = at(house, CUSTOMER)
    assert "not open yet" in customer.say("PRINCE", "Prince Fashions")
    alert = staff.read("New shop Prince Fashions")
    assert "VERIFY prince-fashions" in alert
    at_shop = at(house, SELLER)
    at_shop.say("ADD Leather shoes 45000 x2", "leather-shoes")
    staff.say("VERIFY prince-fashions", "is live")
    at_shop.read("live: customers can order")
    assert "Prince Fashions" in customer.say("PRINCE", "Prince Fashions")
    said = customer.say("add 2 ankara gown", "gown")
    assert "30,000" in said
    said = customer.say("checkout", ".")
    for wanted in ("cash", "confirm|place"):
        said = customer.choose(wanted, said, ".")
    assert "1001" in at_shop.read("1001")
    order = house.order(1001, "prince-fashions")
    assert order["total"] == "30000"
    at_shop.say("OK 1001", "1001")


def test_strangers_verify_nothing_and_sell_nothing(house: House) -> None:
    opened_by_sms(house, at(house, SELLER, PLATFORM))
    stranger = at(house, STRANGER, PLATFORM)
    stranger.say("VERIFY prince-fashions", ".")
    at(house, SELLER, PLATFORM).say("VERIFY prince-fashions", ".")
    at(house, STRANGER).say("PRINCE ADD Fake gown 100 x5", ".")
    customer = at(house, CUSTOMER)
    assert "not open yet" in customer.say("PRINCE", "Prince Fashions")
    at(house, STAFF, PLATFORM).say("VERIFY prince-fashions", "is live")
    customer.say("PRINCE", "Prince")
    assert "Fake" not in customer.say("gown", ".")


def test_a_shop_that_is_rejected_hears_why_and_frees_its_words(house: House) -> None:
    seller = at(house, SELLER, PLATFORM)
    opened_by_sms(house, seller)
    staff = at(house, STAFF, PLATFORM)
    staff.say("REJECT prince-fashions", "Write REJECT")
    heard = at(house, SELLER)
    staff.say("REJECT prince-fashions the stall is not there", "will not open")
    assert "the stall is not there" in heard.read("not accepted")
    assert "PRINCE" not in at(house, CUSTOMER).say("PRINCE", ".")
    opened_by_sms(house, seller)


def test_a_shop_is_verified_from_the_command_line_as_well(house: House) -> None:
    opened_by_sms(house, at(house, SELLER, PLATFORM))
    cli = house.app.test_cli_runner()
    assert "prince-fashions" in cli.invoke(args=["shop", "pending"]).stdout
    heard = at(house, SELLER)
    assert cli.invoke(args=["shop", "verify", "prince-fashions"]).exit_code == 0
    heard.read("live: customers can order")
    late = cli.invoke(args=["shop", "reject", "prince-fashions", "too late"])
    assert late.exit_code == 1
    assert "no shop 'prince-fashions' waits" in late.stderr
    assert cli.invoke(args=["shop", "pending"]).stdout == ""


def test_back_and_another_name(house: House) -> None:
    seller = at(house, SELLER, PLATFORM)
    seller.say("I want to open a shop", "called")
    seller.say("Wrong name", "sell")
    seller.say("back", "called")
    seller.say("Right name", "sell")
    seller.say("soap", "landmark")
    seller.say("Owino market", "Mobile Money")
    said = seller.say("Sarah Nakato", "first thing")
    said = seller.choose("Later", said, "Open it")
    assert "Right name" in said
    said = seller.choose("Another name", said, "called")
    said = seller.say("Better Soap", "Open it")
    assert "Better Soap" in said
    assert "Owino market" in said
    assert "BETTER" in seller.choose("Open it", said, "Better Soap")


def test_by_ussd_without_goods(house: House) -> None:
    hand: Dialling = house.handset(SELLER, "*290#")
    hand.follow("Open a shop", ">Zawadi", ">beads", ">Gulu market", ">Akello Grace", "Later")
    assert "Zawadi" in hand.screen
    hand.follow("Open it")
    assert "ZAWADI" in hand.screen
    assert "*284*90*1#" in hand.screen
    at(house, STAFF, PLATFORM).say("VERIFY zawadi", "is live")
    assert "Zawadi" in house.handset(CUSTOMER, "*284*90*1#").screen


CODE = re.compile(r"\b(\d{6})\b")


def test_from_the_first_word_to_the_money_on_the_sellers_phone(house: House) -> None:
    house.wallets.names.update({SELLER: "OKELLO PRINCE"})
    seller, staff = at(house, SELLER, PLATFORM), at(house, STAFF, PLATFORM)
    opened_by_sms(house, seller)
    staff.read("New shop")
    staff.say("VERIFY prince-fashions", "is live")
    shop, customer = at(house, SELLER), at(house, CUSTOMER)
    customer.say("PRINCE", "Prince Fashions")
    customer.say("add 2 ankara gown", "gown")
    said = customer.say("checkout", "MTN")
    said = customer.choose("MTN", said, "number|confirm|place")
    if re.search(CUSTOMER[4:], said) and not re.search("confirm|place", said, re.IGNORECASE):
        said = customer.choose(CUSTOMER[1:], said, "confirm|place")
    customer.choose("confirm|place", said, "PIN")
    house.approve(CUSTOMER)
    shop.read("1001")
    shop.say("READY 1001", "1001")
    code = code_in(customer.read("is ready"))
    shop.say(f"DELIVERED 1001 {code}", "delivered")
    assert "28,500" in shop.say("BALANCE", "take out")
    sent = CODE.search(shop.say("PAYOUT 10000", "is your code"))
    assert sent is not None
    shop.say(f"CODE {sent[1]}", "on its way")
    shop.read("has arrived")
    (payout,) = house.wallets.payouts()
    assert (payout.payee, payout.amount) == (SELLER, "10000")


OPENS, SELLS = "100000000000009", "100000000000008"


def test_a_shop_is_opened_on_whatsapp_with_a_picture_of_the_first_thing(house: House) -> None:
    who = Who(SELLER, "UG.13491208655302741918", "Prince")
    seller = MetaPhone(house, who, OPENS)
    seller.say("hi", "Sokoni")
    seller.tap("Open a shop", "called")
    for words, answer in (
        ("Prince Fashions", "sell"),
        ("dresses", "landmark"),
        ("Ntinda, behind the Shell station", "Mobile Money"),
        ("Prince Okello", "first thing"),
    ):
        seller.say(words, answer)
    house.meta.send_picture(who, OPENS, Kept(photo()), "Ankara gown 15000 x5")
    assert "15,000" in seller.read("Open it|First")
    assert "WhatsApp PRINCE to +256312000008" in seller.tap("Open it", "PRINCE")
    at(house, STAFF, PLATFORM).say("VERIFY prince-fashions", "is live")
    customer = MetaPhone(house, Who(CUSTOMER, "UG.77491208655302741977", "Zuri"), SELLS)
    customer.say("PRINCE", "Prince Fashions")
    seen = f"{house.url}{picture_of(house, 'ankara-gown')}"
    assert "15,000" in customer.say("ankara gown", "gown")
    assert customer.last is not None
    assert customer.last.media_url == seen
    assert requests.get(seen, timeout=10).headers["Content-Type"] == "image/jpeg"
    page = requests.get(f"{house.url}/s/prince-fashions/1", timeout=10).text
    assert f'<img src="{urlsplit(seen).path}"' in page
    assert f'property="og:image" content="{seen}"' in page


def picture_of(house: House, sku: str) -> str:
    """The path of a product's picture, once it is there."""
    path = select(ProductRow.picture).where(ProductRow.sku == sku, ProductRow.picture.is_not(None))
    return eventually(lambda: house.in_books(lambda s: s.scalars(path).first()), f"{sku} pictured")
