"""A database that keeps answering "do it again", as a distributed one does: every message is answered
once and rightly, every order is made once, every prompt is sent once."""

import json
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

import pytest
import requests
from sqlalchemy import Engine, ExceptionContext, event, select

from store.models import StockRow
from tests.e2e.buyers import Buyer, all_is_well, buyer
from tests.e2e.house import House
from tests.e2e.test_last_unit import buy_the_last
from tests.fakes.conflicts import DEADLOCK, SERIALIZATION, UNKNOWN, Conflicts

pytestmark = [pytest.mark.databases("postgres"), pytest.mark.slow, pytest.mark.timeout(300)]


@contextmanager
def errors_of(engine: Engine) -> Iterator[Counter[str]]:
    """How often the database answered with which code."""
    met: Counter[str] = Counter()

    def note(context: ExceptionContext) -> None:
        met[str(getattr(context.original_exception, "pgcode", None))] += 1

    event.listen(engine, "handle_error", note)
    yield met
    event.remove(engine, "handle_error", note)


@pytest.fixture
def conflicts(house: House) -> Iterator[Conflicts]:
    made = Conflicts(house.world.engine)
    made.install()
    yield made
    made.remove()


# At least these are written by everybody who buys and pays.
WRITTEN = {
    "cart_lines",
    "carts",
    "conversations",
    "facts",
    "holds",
    "inbox",
    "order_history",
    "order_lines",
    "orders",
    "outbox",
    "payment_attempts",
    "stock",
}


def test_every_table_of_a_purchase_may_be_in_conflict(house: House, conflicts: Conflicts) -> None:
    """At each table in turn a deadlock at the statement and a serialization failure at the commit, in
    every transaction that writes it."""
    conflicts.watch()
    buyer(house, 0).buy()
    tables = conflicts.written()
    assert set(tables) >= WRITTEN
    for place, table in enumerate(tables, 1):
        conflicts.plan(table, DEADLOCK, SERIALIZATION)
        one = buyer(house, place)
        one.buy()
        conflicts.clear()
        one.check()
        assert conflicts.raised() >= 2, table
    all_is_well(house)


def test_a_commit_whose_end_nobody_knows_is_looked_up(house: House, conflicts: Conflicts) -> None:
    """Nothing was committed, and nobody said so: what it was about is found by whoever looks next."""
    for place, table in enumerate(("inbox", "outbox", "payment_attempts")):
        conflicts.plan(table, None, UNKNOWN)
        one = buyer(house, place)
        one.buy()
        conflicts.clear()
        one.check()
        assert conflicts.raised() >= 1, table
    all_is_well(house)


@pytest.fixture
def serializable(tmp_path: Path, empty_postgres: str) -> Iterator[House]:
    """A house of which only the URL of the database says so. Tables as small as these would be read as
    a whole, so that everybody were in everybody's way: here too by their indexes."""
    settings = ("default_transaction_isolation=serializable", "enable_seqscan=off")
    options = quote(" ".join(f"-c {setting}" for setting in settings))
    house = House(tmp_path, f"{empty_postgres}?options={options}", ["mama"])
    yield house
    house.stop()


@pytest.mark.postgres
def test_a_house_at_serializable_isolation_sells_once(serializable: House) -> None:
    house = serializable
    others = [buyer(house, place) for place in range(4)]
    phones = [f"+2567724{n:05d}" for n in range(30)]
    with errors_of(house.world.engine) as met, ThreadPoolExecutor(34) as pool:
        last = [pool.submit(buy_the_last, house, phone) for phone in phones]
        buying = [pool.submit(buy_while_everybody_calls, one) for one in others]
        for done in (*last, *buying):
            done.result()
    assert met[SERIALIZATION] > 0
    counted = requests.get(f"{house.url}/metrics", timeout=20).text
    assert 'sokoni_process_conflicts_total{code="40001"}' in counted
    all_is_well(house)
    for one in others:
        one.check()
    sugar = house.in_books(lambda s: s.scalars(select(StockRow).filter_by(sku="sugar")).one())
    assert sugar.on_hand - sugar.held == 0
    assert [o["items"][0]["sku"] for o in house.orders()].count("sugar") == 1


def buy_while_everybody_calls(one: Buyer) -> None:
    """MTN's callback comes ten times at once, in the middle of the polling."""
    one.buy()
    [prompt] = [p for p in one.house.wallets.all() if p.payer == one.phone.number]
    url = f"{one.house.url}/webhooks/mtn-momo/{prompt.reference}"
    with ThreadPoolExecutor(10) as pool:
        answers = list(pool.map(lambda _: requests.put(url, json={}, timeout=20), range(10)))
    assert {answer.status_code for answer in answers} == {200}


def test_a_command_whose_commit_had_to_be_done_again_is_in_the_trail_once(
    house: House, conflicts: Conflicts
) -> None:
    conflicts.plan("audit", DEADLOCK, SERIALIZATION)
    runner = house.app.test_cli_runner()
    warned = runner.invoke(args=["shop", "warn", "mama", "--reason", "late"])
    conflicts.clear()
    assert warned.exit_code == 0, warned.output
    assert conflicts.raised() == 2
    trail = json.loads(runner.invoke(args=["audit", "list", "--json"]).stdout)
    assert [deed["action"] for deed in trail].count("shop warn") == 1
