"""A supplier answers for goods that another shop has sold, and that shop sees it."""

from dataclasses import replace
from pathlib import Path

import pytest

from flows.ports.supply import Supplied, SupplyStatus
from flows.seller import seller
from tests.fakes.supply import FakeSupply, a_supply
from tests.fakes.trade import FakeTrade, an_order, orders_of, trade_ports
from tests.fakes.trade_talk import Phone, english


@pytest.fixture
def supply() -> FakeSupply:
    return FakeSupply({12: a_supply(12), 13: a_supply(13, SupplyStatus.REFUSED)})


@pytest.fixture
def phone(tmp_path: Path, supply: FakeSupply) -> Phone:
    ports = trade_ports(trade=FakeTrade(orders_of([an_order()])))
    return Phone(seller, replace(ports, supply=supply), english(tmp_path))


@pytest.mark.parametrize(
    ("written", "answer"),
    [
        ("OK S12", "Adaeze Styles knows that you pack S12. When it is packed send READY S12"),
        ("ready s12", "Adaeze Styles knows that S12 is packed and sends for it."),
        ("NO S12 sold out", "Adaeze Styles knows that you cannot give S12."),
        ("OK S13", "You said no to S13 already"),
        ("OK S99", "You have no S99. Send SUPPLY"),
        ("S12", "S12 for Adaeze Styles, new: 2 x Ankara 6 yards"),
        ("S99", "You have no S99."),
        ("SUPPLY", "S12 Adaeze Styles, new"),
        ("ORDERS", "1 order of another shop waits for you: SUPPLY"),
        ("REDY S12", "READY S12"),
        ("HELP 6", "SUPPLY lists their orders"),
    ],
    ids=lambda text: text[:24],
)
def test_a_word_about_another_shops_order_is_answered(
    phone: Phone, written: str, answer: str
) -> None:
    assert answer in phone.say(written)


def test_a_number_of_another_shop_is_never_taken_for_an_order(
    phone: Phone, supply: FakeSupply
) -> None:
    phone.say("OK 1001")
    assert supply.wanted[12].status is SupplyStatus.ASKED


def test_one_is_chosen_from_the_list_and_refused_only_when_sure(
    phone: Phone, supply: FakeSupply
) -> None:
    phone.say("SUPPLY")
    phone.press(1)
    assert "Did you mean: NO S12?" in phone.press(3)
    assert supply.wanted[12].status is SupplyStatus.ASKED
    phone.press(1)
    assert supply.wanted[12].status is SupplyStatus.REFUSED


def test_the_reason_goes_along(phone: Phone, supply: FakeSupply) -> None:
    phone.say("no s12 the lorry is late")
    assert supply.reasons == ["the lorry is late"]


def test_the_shop_of_the_order_sees_how_far_its_suppliers_are(
    phone: Phone, supply: FakeSupply
) -> None:
    supply.suppliers = [Supplied("Balogun Wax", SupplyStatus.PACKING)]
    phone.say("ORDERS")
    assert "Balogun Wax: packing" in phone.press(1)
