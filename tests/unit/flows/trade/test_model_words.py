"""The words of resellers and wholesalers, by SMS."""

from pathlib import Path

import pytest

from flows.seller import seller
from tests.fakes.trade import FakeTrade, an_order, orders_of, trade_ports
from tests.fakes.trade_talk import Phone, english


@pytest.fixture
def phone(tmp_path: Path) -> Phone:
    ports = trade_ports(trade=FakeTrade(orders_of([an_order()])))
    return Phone(seller, ports, english(tmp_path))


@pytest.mark.parametrize(
    ("written", "answer"),
    [
        ("CATALOGUE", "rice: Rice, UGX 20,000"),
        ("catalog kilimo", "rice: Rice, UGX 20,000"),
        ("CATALOGUE nobody", "nobody"),
        ("LIST rice 26000", "Rice is on sale for UGX 26,000. UGX 20,000 of it is the supplier's."),
        ("LIST", "Write LIST"),
        ("LIST rice 15000", "20,000"),
        ("LIST bricks 15000", "bricks"),
        ("UNLIST", "Write LIST"),
        ("UNLIST rice", "rice"),
        ("APPROVE 3", "Kintu Stores buys at wholesale prices now"),
        ("APPROVE", "Kintu Stores, grocery in Nakasero"),
        ("RETAIL 3 no licence", "Kintu Stores buys at the usual prices"),
        ("APPROVE 7", "Nobody asked under number 7."),
        ("LINK", "Dial *284*77*3#"),
        ("SHARES", "Nobody came by a shared link yet"),
    ],
    ids=lambda text: text[:24],
)
def test_a_word_is_answered(phone: Phone, written: str, answer: str) -> None:
    assert answer in phone.say(written)


def test_what_was_listed_is_taken_off(phone: Phone) -> None:
    phone.say("LIST rice 26000")
    assert "(listed)" in phone.say("CATALOGUE")
    assert "Rice is no longer on sale here." in phone.say("unlist rice")


def test_who_waits_is_chosen_by_number(phone: Phone) -> None:
    phone.say("APPROVE")
    assert "Kintu Stores buys at wholesale prices now" in phone.press(1)
