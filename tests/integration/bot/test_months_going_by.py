"""Two years of messages: months are made before they begin and dropped when they are long over, and
nobody who writes notices."""

from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import text
from town import Town

from bot.catchup import CatchUp
from bot.maintenance import BODIES_KEPT, tidy
from channels.channel import Inbound
from store.models import InboxRow
from store.months import AHEAD, BY_MONTH, FACTS, INBOX, OUTBOX, ByMonth, Month, partitions
from store.transaction import open_engine, open_sessions
from tests.fakes.databases import with_tables

# A little less than the average: no month is jumped over.
MONTH = timedelta(days=30, hours=10, minutes=30)


@pytest.fixture
def busy_town(own_database: str, tmp_path: Path) -> Iterator[Town]:
    """In a database of its own: what becomes of its months is nobody else's business."""
    yield from _built(own_database, tmp_path)


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def town(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Town]:
    url = f"sqlite:///{tmp_path}/sokoni.db"
    if request.param == "postgres":
        url = request.getfixturevalue("own_database")
    yield from _built(url, tmp_path)


def _built(url: str, data: Path) -> Iterator[Town]:
    engine = open_engine(url, pool=10)
    with_tables(engine)
    town = Town(engine, open_sessions(engine), data)
    yield town
    town.close()
    engine.dispose()


def _months(town: Town, table: ByMonth) -> Sequence[Month]:
    return town.do(lambda s: [Month.of(p.end).later(-1) for p in partitions(s.connection(), table)])


def _in_rest(town: Town, table: ByMonth) -> int:
    return town.do(lambda s: s.scalar(text(f"SELECT count(*) FROM {table.rest}")) or 0)


def _redelivered(town: Town, message: Inbound) -> None:
    town.hub.receive(town.account, [message])


def test_two_years_go_by(town: Town) -> None:
    delivery = town.delivery()
    for _ in range(24):
        town.receive("hi")
        delivery.deliver(town.address().id)
        tidy(town.world)
        town.now += MONTH
    tidy(town.world)
    assert town.provider.sent
    assert len(town.provider.sent) == 24
    oldest = Month.of(town.now).later(-13).start
    for row in town.inbox():
        assert row.received_at >= oldest
        assert (row.text == "") == (row.received_at < town.now - BODIES_KEPT)
    for sent in town.outbox():
        assert sent.created_at >= oldest
        assert (sent.body == "") == (sent.created_at < town.now - BODIES_KEPT)
    assert len(town.inbox()) == len(town.outbox()) in (12, 13)


def test_two_years_of_months_are_made_ahead_and_dropped(busy_town: Town) -> None:
    town = busy_town
    begun = Month.of(town.now)
    for _ in range(24):
        tidy(town.world)
        town.receive("hi")
        assert all(_in_rest(town, table) == 0 for table in BY_MONTH)
        town.now += MONTH
    tidy(town.world)
    now = Month.of(town.now)
    for table in (INBOX, OUTBOX):
        assert _months(town, table) == [now.later(n) for n in range(-13, AHEAD + 1)]
    assert _months(town, FACTS)[0] == begun
    assert _months(town, FACTS)[-1] == now.later(AHEAD)


def test_months_that_nobody_made_take_over_what_came_meanwhile(busy_town: Town) -> None:
    town = busy_town
    town.now += 6 * MONTH
    message = town.inbound("hi")
    _redelivered(town, message)
    town.now += MONTH
    town.receive("hi")
    before = [(row.id, row.received_at) for row in town.inbox()]
    assert _in_rest(town, INBOX) == _in_rest(town, OUTBOX) == 2
    tidy(town.world)
    assert _in_rest(town, INBOX) == _in_rest(town, OUTBOX) == 0
    assert [(row.id, row.received_at) for row in town.inbox()] == before
    _redelivered(town, message)
    assert len(town.inbox()) == 2


def test_a_redelivery_in_the_next_month_is_not_answered_again(town: Town) -> None:
    town.now = datetime(town.now.year + 1, 1, 31, 23, 59, 59, tzinfo=UTC)
    message = town.inbound("add 1 soap")
    for days in (0, 0, 1, 3, 7, 29):
        town.now += timedelta(days=days)
        _redelivered(town, message)
        tidy(town.world)
    assert len(town.inbox()) == len(town.outbox()) == 1


def test_at_the_turn_of_the_month_twenty_deliveries_at_once_are_one_message(
    busy_town: Town,
) -> None:
    town = busy_town
    town.receive("hi")
    border = Month.of(town.now).later(1).start
    message = town.inbound("add 1 soap")
    moments = [border + timedelta(seconds=n % 2 - 1) for n in range(20)]
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda at: town.hub.intake.take(town.account, message, at), moments))
    assert len(town.inbox()) == len(town.outbox()) == 2


def test_what_is_not_answered_is_not_dropped(town: Town) -> None:
    person = town.arrive("hi")
    town.now += 20 * MONTH
    tidy(town.world)
    assert [row.person_id for row in town.inbox()] == [person]
    CatchUp(town.world).once()
    assert len(town.outbox()) == 1
    tidy(town.world)
    assert town.inbox() == []


def test_what_could_not_leave_in_a_week_is_given_up_where_it_is_seen(town: Town) -> None:
    [old] = town.post("long ago")
    town.skip(days=7, minutes=1)
    [new] = town.post("just now")
    tidy(town.world)
    assert town.row(old).status == "failed"
    assert "7 days" in str(town.row(old).error)
    town.delivery().deliver(town.address().id)
    assert town.row(new).status == "sent"
    assert [message.text for message in town.provider.sent] == ["just now"]


def test_a_month_that_somebody_reads_is_dropped_later_and_nobody_waits(busy_town: Town) -> None:
    town = busy_town
    town.receive("hi")
    first = Month.of(town.now)
    town.now += 15 * MONTH
    with town.world.sessions() as reader, reader.begin():
        reader.query(InboxRow).all()
        tidy(town.world)
        assert _months(town, INBOX)[0] == first
    town.receive("hi")
    tidy(town.world)
    assert _months(town, INBOX)[0] > first


def test_two_who_tidy_at_once_do_it_once(busy_town: Town) -> None:
    town = busy_town
    town.receive("hi")
    town.now += 16 * MONTH
    with ThreadPoolExecutor(2) as pool:
        list(pool.map(lambda _: tidy(town.world), range(2)))
    tidy(town.world)
    months = _months(town, INBOX)
    assert months == sorted(set(months))
    assert months[-1] == Month.of(town.now).later(AHEAD)


def test_who_writes_while_months_are_made_and_dropped_is_answered(busy_town: Town) -> None:
    town = busy_town
    town.receive("hi")
    town.now += 15 * MONTH
    # This one waits in the rest, so that its month is made while others write into the rest too.
    town.receive("hi")
    phones = [f"+2567720001{number:02}" for number in range(40)]
    with ThreadPoolExecutor(5) as pool:
        tidying = pool.submit(tidy, town.world)
        list(pool.map(lambda phone: town.receive("hi", phone), phones))
        tidying.result()
    CatchUp(town.world).once()
    tidy(town.world)
    assert len(town.inbox()) == len(town.outbox()) == 41
    assert _in_rest(town, INBOX) == _in_rest(town, OUTBOX) == 0
