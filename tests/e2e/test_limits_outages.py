"""While nobody can count, everybody may write, and no money prompt leaves."""

import contextlib
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy.engine import make_url

from store.models import InboxRow
from tests.chaos.tunnel import Tunnel
from tests.e2e.house import House, eventually
from tests.e2e.test_limits import MESSAGES, NOTICE, answers, everything, inbox, lose_redis

CUSTOMER = "+256772300010"


@pytest.fixture
def road(empty_postgres: str) -> Iterator[Tunnel]:
    """To the database; it can be cut."""
    tunnel = Tunnel(make_url(empty_postgres).port or 5432)
    yield tunnel
    tunnel.cut()


@pytest.fixture
def house(tmp_path: Path, empty_postgres: str, road: Tunnel) -> Iterator[House]:
    through = make_url(empty_postgres).set(host="127.0.0.1", port=road.port)
    url = through.render_as_string(hide_password=False)
    house = House(tmp_path, url, ["mama", "joy", "okello"])
    lose_redis(house)
    yield house
    with contextlib.suppress(OSError):
        # Where a test has left it cut.
        road.mend()
    house.stop()


def done(house: House, phone: str) -> list[InboxRow]:
    return [row for row in inbox(house, phone) if row.done_at is not None]


def test_with_both_away_nobody_is_kept_from_writing(house: House, road: Tunnel) -> None:
    customer = house.whatsapp(CUSTOMER)
    road.cut()
    started = time.monotonic()
    for _ in range(MESSAGES + 10):
        assert customer.send("hi").status == 200
    assert time.monotonic() - started < 0.3 * (MESSAGES + 10)
    road.mend()
    eventually(lambda: len(done(house, CUSTOMER)) == MESSAGES + 10, "all of them answered", 30)
    assert {row.failure for row in everything(house)} == {None}
    assert len(answers(house, CUSTOMER)) == MESSAGES + 10
    assert not any(NOTICE in text for text in answers(house, CUSTOMER))


def test_with_both_away_no_prompt_leaves(house: House, road: Tunnel) -> None:
    customer = house.whatsapp(CUSTOMER)
    step = customer.choose("pick", customer.say("2 soap, checkout", "pick"), "pay")
    step = customer.choose("mtn", step)
    step = customer.choose(CUSTOMER[1:], step, "confirm|place")
    road.cut()
    assert customer.send("1").status == 200
    time.sleep(1)
    assert house.wallets.all() == []
    road.mend()
    # Once it can be counted again, it is asked for, and once.
    house.prompt(CUSTOMER)
    assert len(house.wallets.all()) == 1
