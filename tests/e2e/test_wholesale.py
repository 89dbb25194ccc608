"""A business asks for wholesale prices by WhatsApp, and a seller grants them by SMS."""

from pathlib import Path

import pytest

from bot.cli.books import load_shops
from tests.e2e.house import SHOPS, House
from tests.e2e.trade import CUSTOMER, SELLER

pytestmark = pytest.mark.databases("sqlite", "postgres")


def test_a_business_is_approved_by_one_word(house: House, tmp_path: Path) -> None:
    written = (SHOPS / "mama.toml").read_text()
    file = tmp_path / "mama.toml"
    file.write_text(written.replace('sku = "soap"', 'sku = "soap"\nwholesale_price = 4000', 1))
    load_shops(house.world, [file])
    customer, seller = house.whatsapp(CUSTOMER), house.sms(SELLER)
    customer.say("2 soap", "9,000")
    customer.say("I have a shop, I want wholesale price", "called")
    customer.say("Kintu Stores", "what do you sell")
    customer.say("groceries in Nakasero", "Thank you")
    assert "Kintu Stores, groceries in Nakasero" in seller.read("APPROVE 1")
    seller.say("APPROVE 1", "Kintu Stores buys at wholesale")
    customer.read("wholesale prices")
    assert "8,000" in customer.say("my cart", "4,000")
    seller.say("RETAIL 1 no licence", "usual prices")
    assert "no licence" in customer.read("ended")
    assert "9,000" in customer.say("my cart", "4,500")
