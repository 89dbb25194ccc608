"""Messages and facts by month: made ahead, taken over from the tables of before, and dropped."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import UUID, uuid4

import pytest
from alembic import command
from sqlalchemy import Engine, column, insert, select, table, text
from sqlalchemy.orm import Session

from bot.inbox import Destination, keep, kept
from channels.channel import Inbound, Medium, Sender
from store.migrate import config, upgrade
from store.models import AddressRow, FactRow, InboxRow, OutboxRow, PersonRow
from store.people import upsert_person
from store.transaction import open_engine

NOW = datetime.now(UTC)
SMS = "+256312000002"


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def without_months(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Engine]:
    """A database of the release before the months."""
    url = f"sqlite:///{tmp_path}/old.db"
    if request.param == "postgres":
        url = request.getfixturevalue("empty_database")
    engine = open_engine(url, pool=2)
    with engine.begin() as connection:
        command.upgrade(config(connection), "0010")
    yield engine
    engine.dispose()


class Post:
    """One of our addresses, and somebody whose messages come in and are answered."""

    def __init__(self, session: Session) -> None:
        self.session = session
        self.address = session.scalar(select(AddressRow.id)) or self._address()
        self.person: PersonRow = upsert_person(session, "+256772000001", None, NOW)

    def _address(self) -> UUID:
        """With the columns alone that the release before had."""
        made = uuid4()
        old = {
            "id": made.hex if self.session.get_bind().dialect.name == "sqlite" else made,
            "channel": "sms",
            "provider": "twilio",
            "address": SMS,
            "credentials": "{}",
            "lease_token": 0,
        }
        addresses = table("addresses", *(column(name) for name in old))
        self.session.execute(insert(addresses).values(old))
        return made

    def came(self, message_id: str, at: datetime) -> InboxRow:
        row = InboxRow(
            address_id=self.address,
            message_id=message_id,
            person_id=self.person.id,
            medium="sms",
            text="hi",
            payload={},
            trace=uuid4(),
            received_at=at,
            done_at=at,
        )
        self.session.add(row)
        self.session.flush()
        return row

    def went(self, at: datetime, status: str = "sent") -> int:
        """Its number. Only with the columns that there were before the months."""
        values = {
            "address_id": self.address,
            "person_id": self.person.id,
            "reference": uuid4(),
            "kind": "reply",
            "recipient": "+256772000001",
            "body": "hello",
            "segments": 1,
            "important": False,
            "status": status,
            "attempts": 0,
            "due_at": at,
            "trace": uuid4(),
            "created_at": at,
        }
        known = OutboxRow.metadata.tables["outbox"].c
        outbox = table("outbox", *(column(name, known[name].type) for name in ("id", *values)))
        number = self.session.scalar(insert(outbox).values(values).returning(outbox.c.id))
        assert number is not None
        return int(number)

    def comes(self, message_id: str, at: datetime) -> int | None:
        """As the server receives it."""
        inbound = Inbound(
            Medium.SMS, "twilio", "AC1", SMS, Sender("+256772000001"), message_id, "hi"
        )
        where = Destination(self.address, self.person.id, None, "hi")
        return keep(self.session, inbound, where, at)


def test_what_was_there_before_the_months_is_there_after(without_months: Engine) -> None:
    with Session(without_months) as session, session.begin():
        post = Post(session)
        rows = [post.came(f"SM{days}", NOW - timedelta(days=days)).id for days in (400, 50, 3, 0)]
        sent = [post.went(NOW - timedelta(days=days)) for days in (400, 0)]
        session.add(FactRow(name="sold", values={}, at=NOW - timedelta(days=100)))
    upgrade(without_months)
    with Session(without_months) as session, session.begin():
        assert session.scalars(select(InboxRow.id).order_by(InboxRow.id)).all() == rows
        assert session.scalars(select(OutboxRow.id).order_by(OutboxRow.id)).all() == sent
        assert session.scalars(select(FactRow.name)).all() == ["sold"]
        again = Post(session)
        address: UUID = again.address
        assert again.comes("SM3", NOW) is None
        found = kept(session, address, "SM3")
        assert found is not None
        assert found.id == rows[2]
        number = again.comes("SM-new", NOW)
        assert number is not None
        assert number > rows[-1]


def test_the_version_before_still_meets_its_redeliveries(without_months: Engine) -> None:
    """It runs for some minutes on the new tables, beside the new one, and writes only into the inbox."""
    with Session(without_months) as session, session.begin():
        Post(session).came("SM-earlier", NOW)
    upgrade(without_months)
    again = text(
        "INSERT INTO inbox (address_id, message_id, person_id, medium, text, payload, trace, received_at,"
        " tries) SELECT address_id, :message_id, person_id, medium, text, payload, trace, received_at, 0"
        " FROM inbox WHERE message_id = 'SM-earlier' ON CONFLICT DO NOTHING"
    )
    with Session(without_months) as session, session.begin():
        post = Post(session)
        assert post.comes("SM-by-the-new", NOW) is not None
        written = [
            session.execute(again, {"message_id": message_id}).rowcount  # type: ignore[attr-defined]
            for message_id in ("SM-earlier", "SM-by-the-new", "SM-by-the-old", "SM-by-the-old")
        ]
        assert written == [0, 0, 1, 0]
        assert post.comes("SM-by-the-old", NOW) is None
        assert len(session.scalars(select(InboxRow.id)).all()) == 3
