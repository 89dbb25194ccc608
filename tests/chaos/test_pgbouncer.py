"""PgBouncer in transaction mode stands before PostgreSQL: everything works over few connections, and
no lock is waited for without end."""

import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from uuid import uuid4

import psycopg2
import pytest
from sqlalchemy import select

from store.models import OutboxRow
from tests.chaos.cluster import Cluster
from tests.chaos.conftest import _need
from tests.chaos.installation import Installation
from tests.chaos.pgbouncer import USER, Bouncer, find_program
from tests.e2e.house import Phone, eventually

CUSTOMER, SELLER = "+256772300001", "+256772100001"
# Connections to PostgreSQL, for all processes together.
POOL = 10


@pytest.fixture
def bouncer(cluster: Cluster) -> Iterator[Bouncer]:
    _need(find_program(), "PgBouncer")
    made = Bouncer(cluster.port, POOL)
    made.start()
    yield made
    made.stop()


@pytest.fixture
def database(cluster: Cluster) -> Iterator[str]:
    """Owned by the role that the bouncer comes as."""
    name = f"bounced_{uuid4().hex[:12]}"
    cluster.administer(f"CREATE ROLE {USER} LOGIN")
    cluster.administer(f'CREATE DATABASE "{name}" OWNER {USER}')
    yield name
    cluster.administer(f'DROP DATABASE "{name}" WITH (FORCE)')
    cluster.administer(f"DROP ROLE {USER}")


@pytest.fixture
def city(
    tmp_path: Path, cluster: Cluster, bouncer: Bouncer, database: str
) -> Iterator[Installation]:
    """As docs/scaling.md says: what the bouncer does not pass on, the role has by itself."""
    cluster.administer(f"ALTER ROLE {USER} SET lock_timeout = '2s'")
    made = Installation(
        tmp_path,
        cluster.url(database).replace("postgres@", f"{USER}@"),
        tunnel=False,
        DATABASE_URL=bouncer.url(database),
        WEB_CONCURRENCY="2",
        # As long as in production: in a crowd on a busy machine a short one runs out while it is used.
        LINE_LEASE_SECONDS="30",
    )
    yield made.open("web", "worker", "clock")
    made.close()


def test_a_basket_is_bought_through_it(city: Installation) -> None:
    customer, seller = city.whatsapp(CUSTOMER), city.sms(SELLER)
    added = customer.say("2 rice 5kg and one soap please", "soap")
    ways = ("check out", "delivery", ">kamwokya", ">opposite the mosque", "mtn", "256772300001")
    customer.choose("confirm|place|yes", customer.follow(added, *ways), "PIN|approve|prompt")
    prompt = eventually(lambda: city.wallets.prompts(CUSTOMER), "a prompt")[0]
    city.wallets.approve(prompt.reference)
    customer.read("we got your")
    seller.read("1001")
    assert city.order_status() == ("confirmed", "paid")
    dialled = city.at.dial("*284*77#", CUSTOMER)
    assert dialled.answer.body.startswith("CON ")
    assert city.get("/readyz").json()["degraded"] == {}


def test_many_processes_share_few_connections(
    city: Installation, bouncer: Bouncer, database: str
) -> None:
    """Sixty people write three messages each, forty at a time."""
    people = [city.whatsapp(f"+2567725{place:05d}") for place in range(60)]
    seen: list[tuple[int, int]] = []

    def write(phone: Phone) -> None:
        for text in ("hi", "soap", "rice"):
            assert phone.send(text).status == 200

    with ThreadPoolExecutor(40) as pool:
        writing = [pool.submit(write, phone) for phone in people]
        while not all(done.done() for done in writing):
            seen.append(bouncer.seen(database))
            time.sleep(0.05)
        for done in writing:
            done.result()
    eventually(lambda: not city.unanswered() and not city.queued(), "all answers", 60)
    written = city.in_books(lambda s: Counter(s.scalars(select(OutboxRow.recipient))))
    assert written == Counter({phone.number: 3 for phone in people})
    assert Counter(message.to for message in tuple(city.twilio.messages)) == written
    clients, servers = (max(counts) for counts in zip(*seen, strict=True))
    print(f"at most {clients} connections to PgBouncer, {servers} to PostgreSQL")
    assert servers <= POOL < clients


def test_a_lock_is_waited_for_two_seconds_through_it(
    city: Installation, cluster: Cluster, database: str
) -> None:
    customer = city.whatsapp(CUSTOMER)
    customer.say("hi")
    holder = psycopg2.connect(cluster.url(database))
    with holder.cursor() as cursor:
        cursor.execute("SELECT id FROM conversations FOR UPDATE")
    started = time.monotonic()
    assert customer.send("soap").status == 200
    waited = time.monotonic() - started
    holder.rollback()
    holder.close()
    assert 1.5 < waited < 6
    customer.read("soap")
