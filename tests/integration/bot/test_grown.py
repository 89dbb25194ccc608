"""The grown database that speed is measured on is one that the server can work with."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import func, select
from town import SID, Town

from channels.channel import Inbound, Medium, Sender
from scripts.bench.growth import fill, phone, place
from store.models import ConversationRow, CustomerRow, InboxRow, OutboxRow, ReceivedRow
from store.months import BY_MONTH
from store.transaction import open_engine, open_sessions


@pytest.fixture
def grown(own_database: str, tmp_path: Path) -> Iterator[Town]:
    engine = open_engine(own_database, pool=2)
    fill(engine, shops=3, people=50, inbox=200)
    town = Town(engine, open_sessions(engine), tmp_path)
    yield town
    town.close()
    engine.dispose()


@pytest.mark.postgres
def test_somebody_in_a_grown_database_writes_to_their_shop(grown: Town) -> None:
    talks = grown.do(lambda s: s.scalar(select(func.count(ConversationRow.id))))
    here = place(1 + 4 % 3)
    hi = Inbound(Medium.WHATSAPP, "twilio", SID, here.whatsapp, Sender(phone(4)), "SM-new", "hi")
    grown.hub.receive(grown.account, [hi])
    answer = grown.outbox()[-1]
    assert "Shop 2" in answer.body
    assert answer.recipient == phone(4)
    assert grown.do(lambda s: s.scalar(select(func.count(ConversationRow.id)))) == talks


@pytest.mark.postgres
def test_a_grown_database_has_what_was_asked_for_in_its_months(grown: Town) -> None:
    def count(table: type) -> int:
        return grown.do(lambda s: s.scalar(select(func.count()).select_from(table)) or 0)

    assert count(InboxRow) == count(OutboxRow) == 200
    assert count(CustomerRow) == count(ConversationRow) == 30
    assert 0 < count(ReceivedRow) < 200
    for table in BY_MONTH:
        rest = f"SELECT count(*) FROM {table.rest}"
        assert grown.do(lambda s, rest=rest: s.connection().exec_driver_sql(rest).scalar()) == 0
