"""A parcel goes farther than was agreed: asked, agreed to, and taken at the door."""

from pathlib import Path

from bot.cli.books import load_shops
from tests.e2e.house import SHOPS, House
from tests.e2e.trade import Shop

CUSTOMER = "+256772300073"
FAR = '[[zones]]\nname = "Far"\nareas = ["Entebbe"]\nfee = 9000\n\n[[riders]]\n'


def goes_farther(house: House, kept: Path) -> None:
    """The shop delivers to Entebbe too, for 4,000 more."""
    words = (SHOPS / "mama.toml").read_text(encoding="utf-8")
    words = words.replace('zones = ["Central"]', 'zones = ["Central", "Far"]')
    (kept / "mama.toml").write_text(words.replace("[[riders]]\n", FAR, 1), encoding="utf-8")
    load_shops(house.world, [kept / "mama.toml"])


def test_a_dearer_address_is_agreed_to_and_paid_at_the_door(house: House, tmp_path: Path) -> None:
    goes_farther(house, tmp_path)
    customer, shop = house.whatsapp(CUSTOMER), Shop(house)
    customer.say("2 soap", "soap")
    step = customer.choose("delivery", customer.say("checkout", "delivery"))
    step = customer.follow(step, ">kamwokya", ">blue gate", "cash")
    placed = customer.choose("confirm|place", step, "1001")
    shop.alert()
    before = house.order(1001)
    step = customer.follow(placed, "address", "entebbe")
    asked = customer.say("tower B", "UGX 4,000 more")
    assert house.order(1001) == before
    customer.choose("yes", asked, "now goes to Entebbe, and comes to")
    after = house.order(1001)
    assert (before["total"], after["total"]) == ("14000", "18000")
    assert "18,000" in shop.seller.read("new address.*comes to")
    shop.seller.say("OK 1001", "1001")
    assert "18,000" in shop.bring(customer)
    checked = house.app.test_cli_runner().invoke(args=["money", "check"])
    assert checked.exit_code == 0, checked.output
