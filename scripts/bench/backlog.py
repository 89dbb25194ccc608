"""A shop with messages that are to be sent, and how a worker is told of them."""

import time
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from uuid import uuid4

from redis import Redis
from sqlalchemy import Engine, func, insert, select
from sqlalchemy.orm import Session

from bot.wake import RedisWake
from scripts.bench.towns import settle
from store.models import AddressRow, OutboxRow, PersonRow, ShopRow
from store.shopfile import load, read_text
from store.transaction import open_sessions, run

PATIENCE = 120.0
LINE = """
[[lines]]
channel = "sms"
provider = "twilio"
address = "+256312{number:06d}"
tps = {tps}
"""
SHOP = """
[shop]
slug = "sends"
name = "Sends"
country = "UG"
locales = ["en"]

[payments]
rails = ["cash"]
"""


@dataclass(frozen=True, slots=True)
class Course:
    """How much is sent: `each` messages from each of `lines` addresses, `tps` a second at most; in turn
    to `people` of that address's own."""

    lines: int
    each: int
    tps: int
    people: int = 50

    @property
    def messages(self) -> int:
        return self.lines * self.each


def address(line: int) -> str:
    return f"+256312{line:06d}"


def phone(number: int) -> str:
    return f"+25677{number:07d}"


def body(number: int) -> str:
    return f"Mama Njeri: your order {1000 + number} is confirmed. Total UGX 24,000. Reply TRACK to follow it."


def fill(engine: Engine, course: Course) -> None:
    """The shop with its addresses, their people, and everything that is to be sent."""
    lines = "".join(LINE.format(number=n, tps=course.tps) for n in range(course.lines))
    file = read_text(SHOP + lines, "sends.toml")
    run(open_sessions(engine), lambda session: load(session, [file], datetime.now(UTC)))
    run(open_sessions(engine), lambda session: _write(session, course))
    settle(engine.url.render_as_string(hide_password=False))


def _write(session: Session, course: Course) -> None:
    now = datetime.now(UTC)
    shop = session.scalars(select(ShopRow)).one()
    for line, address in enumerate(
        session.scalars(select(AddressRow).order_by(AddressRow.address)).all()
    ):
        first = line * course.people
        people = [
            PersonRow(phone=phone(first + index), created_at=now) for index in range(course.people)
        ]
        session.add_all(people)
        session.flush()
        session.execute(
            insert(OutboxRow),
            [
                {
                    "shop_id": shop.id,
                    "address_id": address.id,
                    "person_id": people[number % course.people].id,
                    "reference": uuid4(),
                    "kind": "reply",
                    "recipient": people[number % course.people].phone,
                    "body": body(number),
                    "segments": 1,
                    "status": "queued",
                    "due_at": now,
                    "trace": uuid4(),
                    "created_at": now,
                }
                for number in range(course.each)
            ],
        )


def wake(engine: Engine, redis: str) -> None:
    found = run(open_sessions(engine), lambda session: session.scalars(select(AddressRow.id)).all())
    with Redis.from_url(redis) as client:
        RedisWake(client).addresses(found, {"reply"})


def wait(engine: Engine, log: Path) -> None:
    """Until nothing is left to send."""
    left = select(func.count()).where(OutboxRow.status != "sent")
    sessions = open_sessions(engine)
    until = time.monotonic() + PATIENCE
    while count := run(sessions, lambda session: session.scalar(left)):
        if time.monotonic() > until:
            raise RuntimeError(f"{count} were not sent: {log.read_text()[-2000:]}")
        time.sleep(0.25)
