"""A database that keeps answering "do it again", as a distributed one does: every message is answered
once and rightly, every order is made once, every prompt is sent once."""

from collections import Counter
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

import pytest
import requests
from sqlalchemy import Engine, ExceptionContext, event, select
from sqlalchemy.orm import Session

from store.models import InboxRow, OutboxRow, StockRow
from tests.e2e.house import House, Phone, eventually
from tests.e2e.test_last_unit import buy_the_last
from tests.fakes.conflicts import DEADLOCK, SERIALIZATION, UNKNOWN, Conflicts

pytestmark = [pytest.mark.databases("postgres"), pytest.mark.slow, pytest.mark.timeout(300)]

# What one says, and what is said to that: a word of the answer.
PURCHASE = (
    (">one soap please", "4,500"),
    ("check ?out", "pick"),
    ("pick", "mtn"),
    ("mtn", "2567"),
    ("2567", "4,500"),
    ("confirm|place", "PIN"),
)


@dataclass(frozen=True, slots=True)
class Buyer:
    """Somebody who buys and pays, and reads exactly one answer to each message."""

    house: House
    phone: Phone

    def buy(self) -> None:
        said = ""
        for words, answer in PURCHASE:
            if words.startswith(">"):
                said = self.phone.say(words[1:], answer)
            else:
                said = self.phone.choose(words, said, answer)
        self.house.approve(self.phone.number)
        self.phone.read("we got your UGX 4,500")

    def check(self) -> None:
        """One answer each, and the receipt; one order, paid once; one prompt, sent once."""
        assert len(self.phone.inbox()) == len(PURCHASE) + 1, self.phone.inbox()
        [order] = [o for o in self.house.orders() if o["customer"] == self.phone.number]
        assert (order["status"], order["payment_status"]) == ("confirmed", "paid")
        [prompt] = [p for p in self.house.wallets.all() if p.payer == self.phone.number]
        assert (prompt.requests, prompt.status) == (1, "SUCCESSFUL")


def buyer(house: House, place: int) -> Buyer:
    return Buyer(house, house.sms(f"+2567725{place:05d}"))


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


SENT = {"sent", "delivered", "read"}
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


def all_is_well(house: House) -> None:
    """Every message has one reply, which was sent once; nothing was put aside."""

    def look(session: Session) -> tuple[Sequence[InboxRow], Sequence[OutboxRow]]:
        return session.scalars(select(InboxRow)).all(), session.scalars(select(OutboxRow)).all()

    eventually(lambda: all(row.status in SENT for row in house.in_books(look)[1]), "all sent")
    received, written = house.in_books(look)
    assert all(row.done_at is not None and row.failure is None for row in received)
    replies = Counter(row.trace for row in written if row.kind == "reply")
    assert replies == Counter(row.trace for row in received)
    assert Counter(m.to for m in house.twilio.messages) == Counter(r.recipient for r in written)


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
