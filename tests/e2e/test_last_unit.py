"""Thirty people want the last packet of sugar, over signed webhooks and real threads."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from sqlalchemy import select

from store.models import StockRow
from tests.e2e.house import House

BUYERS = [f"+2567724{n:05d}" for n in range(30)]


@pytest.mark.postgres
def test_thirty_buyers_of_the_last_unit_make_one_order(tmp_path: Path, empty_postgres: str) -> None:
    house = House(tmp_path, empty_postgres, ["mama"])
    try:
        with ThreadPoolExecutor(30) as pool:
            list(pool.map(lambda phone: buy_the_last(house, phone), BUYERS))
        assert len(house.orders()) == 1
        stock = house.in_books(lambda s: s.scalars(select(StockRow).filter_by(sku="sugar")).one())
        assert stock.on_hand - stock.held == 0
    finally:
        house.stop()


def buy_the_last(house: House, phone: str) -> None:
    """By SMS, for pickup and cash, until an order or a refusal."""
    buyer = house.sms(phone)
    said = buyer.say("add 1 sugar 1kg")
    for wanted in ("check out", "pick", "cash", "confirm|place|yes"):
        lines = said.splitlines()
        option = next((ln for ln in lines if _matches(ln, wanted)), None)
        if option is None:
            return
        said = buyer.say(option.split()[0].strip(".)"))


def _matches(line: str, wanted: str) -> bool:
    words = line.casefold()
    return words[:1].isdigit() and any(word in words for word in wanted.split("|"))
