"""Phones of a seller and of a rider."""

import pytest

from channels.render import Words
from flows.rider import rider as rider_machine
from flows.seller import seller as seller_machine
from tests.fakes.trade import FakeRides, FakeTrade, a_job, an_order, orders_of, trade_ports
from tests.fakes.trade_talk import Phone, english


@pytest.fixture(scope="session")
def words(tmp_path_factory: pytest.TempPathFactory) -> Words:
    return english(tmp_path_factory.mktemp("locales"))


@pytest.fixture
def trade() -> FakeTrade:
    return FakeTrade(orders_of([an_order(1001)]))


@pytest.fixture
def seller(trade: FakeTrade, words: Words) -> Phone:
    return Phone(seller_machine, trade_ports(trade=trade), words)


@pytest.fixture
def rides() -> FakeRides:
    return FakeRides({1001: a_job(1001)})


@pytest.fixture
def rider(rides: FakeRides, words: Words) -> Phone:
    return Phone(rider_machine, trade_ports(rides=rides), words)
