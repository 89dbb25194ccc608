"""The owner of a shop takes the takings out by SMS, a rider the earnings, and the day is told at its end:
every message is a signed webhook in, or a captured call to the provider out."""

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlalchemy import select

from bot.blanking import BLANK
from store.models import InboxRow, OutboxRow, ShopRow
from tests.e2e.house import House, eventually
from tests.e2e.trade import CUSTOMER, RIDER, SELLER, Shop

pytestmark = pytest.mark.databases("postgres")

CODE = re.compile(r"\b(\d{6})\b")


def sold(house: House) -> Shop:
    """A paid order that a rider has delivered."""
    shop = Shop(house)
    customer = house.whatsapp(CUSTOMER)
    basket = customer.say("two rice 5kg", "cart|added")
    address = (">Kamwokya", ">opposite the mosque")
    said = customer.follow(basket, "check ?out", "delivery", *address, "mtn", CUSTOMER[1:])
    customer.choose("confirm|place", said, "PIN")
    house.approve(CUSTOMER)
    shop.alert()
    shop.bring(customer)
    return shop


def test_the_takings_arrive_on_the_owners_phone(house: House) -> None:
    house.wallets.names.update({SELLER: "NJERI WAMBUI"})
    shop = sold(house)
    there = shop.seller.say("BALANCE", "take out")
    assert "Not delivered" not in there
    code = CODE.search(shop.seller.say("PAYOUT 10000", "is your code"))
    assert code is not None
    assert SELLER in shop.seller.read("6-digit")
    shop.seller.say(code[1], "on its way")
    shop.seller.read("has arrived")
    (payout,) = house.wallets.payouts()
    assert (payout.payee, payout.amount) == (SELLER, "10000")
    assert blanked(house, code[1])


def blanked(house: House, code: str) -> bool:
    """Neither what was sent nor what was typed has the code in it any more."""

    def texts(session) -> list[str]:  # type: ignore[no-untyped-def]
        return [*session.scalars(select(OutboxRow.body)), *session.scalars(select(InboxRow.text))]

    def gone() -> bool | None:
        found = house.in_books(texts)
        return (not any(code in text for text in found)) or None

    eventually(gone, "the code is blanked")
    return BLANK in house.in_books(texts)


def test_a_wrong_name_on_the_wallet_is_looked_at_first(house: House) -> None:
    house.wallets.names.update({SELLER: "SSEMAKULA DENIS"})
    shop = sold(house)
    code = CODE.search(shop.seller.say("PAYOUT 10000", "is your code"))
    assert code is not None
    shop.seller.say(f"CODE {code[1]}", "on its way")
    shop.seller.read("a person checks")
    runner = house.app.test_cli_runner()
    waiting = runner.invoke(args=["money", "payouts", "--waiting", "--json"])
    (payout_id,) = re.findall(r'"id": "([^"]+)"', waiting.output)
    assert SELLER not in waiting.output
    done = runner.invoke(args=["money", "refuse", payout_id, "not your number"])
    assert done.exit_code == 0, done.output
    shop.seller.read("not your number")
    assert not house.wallets.payouts()
    assert runner.invoke(args=["money", "check"]).exit_code == 0


def test_a_rider_takes_the_earnings_out(house: House) -> None:
    house.wallets.names.update({RIDER: "BODA OKELLO MOSES"})
    shop = sold(house)
    shop.rider.say("BALANCE", "earned")
    code = CODE.search(shop.rider.say("PAYOUT", "is your code"))
    assert code is not None
    shop.rider.say(code[1], "on its way|checked")
    shop.rider.read("has arrived|a person checks")


def test_the_day_is_told_at_its_end(build_house: Callable[..., House]) -> None:
    house = build_house(day_told_at="00:00")
    shop = Shop(house)

    def due(session) -> None:  # type: ignore[no-untyped-def]

        row = session.scalars(select(ShopRow).where(ShopRow.slug == "mama")).one()
        row.tell_day_at = house.world.clock() - timedelta(minutes=1)

    customer = house.whatsapp(CUSTOMER)
    basket = customer.say("one soap", "cart|added")
    said = customer.follow(basket, "check ?out", "pick", "cash")
    customer.choose("confirm|place", said)
    shop.alert()
    house.in_books(due)
    assert "1 order" in shop.seller.read("today")
