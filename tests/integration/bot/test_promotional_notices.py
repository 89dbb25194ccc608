"""What only promotes: never at night, never to who said STOP, and behind everything else."""

from datetime import UTC, datetime
from uuid import UUID

import pytest
from sqlalchemy import select
from town import AMINA, Town

from bot.outbox.post import Post
from flows.message import verbatim
from flows.notices import Notice, promotion
from flows.notices import table as notice_table
from store.models import CustomerRow, OutboxRow
from store.scope import Woken


class Offered:
    """Something to promote."""


@pytest.fixture
def evening(town: Town, monkeypatch: pytest.MonkeyPatch) -> Town:
    """Seven in the evening in Kampala. Amina has written on WhatsApp."""
    town.now = datetime.now(UTC).replace(hour=16, minute=0)
    town.receive("hi")
    person = town.person(AMINA).id

    def offered(_: Offered, __: object) -> tuple[Notice, ...]:
        return (promotion(str(person), verbatim("Soap is cheap today.")),)

    monkeypatch.setitem(notice_table.NOTICES, Offered, offered)  # type: ignore[misc]
    return town


def promote(town: Town) -> None:
    def work(session) -> None:  # type: ignore[no-untyped-def]
        post = Post(town.world, session, town.shop(), now=town.now, woken=Woken())
        post.tell(Offered())  # type: ignore[arg-type]

    town.do(work)


def bulk(town: Town) -> list[OutboxRow]:
    return [row for row in town.outbox() if row.kind == "bulk"]


def test_by_day_it_leaves_at_once(evening: Town) -> None:
    promote(evening)
    [row] = bulk(evening)
    assert row.due_at == evening.now
    assert not row.important


def test_at_night_it_waits_for_eight_in_the_morning_there(evening: Town) -> None:
    evening.skip(hours=4)
    promote(evening)
    [row] = bulk(evening)
    assert row.due_at.hour == 5
    assert row.due_at > evening.now


def test_the_road_is_the_one_that_is_open_when_it_leaves(evening: Town) -> None:
    """At eleven at night WhatsApp's window is open still; at eight in the morning it would be closed."""
    evening.skip(hours=20)  # Three in the afternoon: the window closes at seven in the evening.
    evening.skip(hours=3, minutes=50)
    promote(evening)
    assert [row.recipient for row in bulk(evening)] == [AMINA]
    assert bulk(evening)[0].address_id == evening.address().id


def test_nobody_who_said_stop_hears_of_it(evening: Town) -> None:
    evening.receive("STOP")
    promote(evening)
    assert bulk(evening) == []


def test_a_stop_drops_what_waits_for_the_morning(evening: Town) -> None:
    evening.skip(hours=4)
    promote(evening)
    evening.receive("STOP")
    assert [row.status for row in bulk(evening)] == ["failed"]


def test_the_stop_of_one_customer_drops_nothing_of_another(evening: Town) -> None:
    evening.skip(hours=4)
    promote(evening)
    evening.receive("STOP", "+256772000099")
    assert [row.status for row in bulk(evening)] == ["queued"]
    stopped: list[UUID] = evening.do(
        lambda s: list(
            s.scalars(select(CustomerRow.id).where(CustomerRow.opted_out_at.is_not(None)))
        )
    )
    assert len(stopped) == 1
