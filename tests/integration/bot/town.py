"""One shop on two numbers, people who write to it, and a clock that is moved by hand."""

import uuid
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random
from typing import TypeVar
from uuid import UUID

from fakeredis import FakeRedis, FakeServer
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from bot.build import build_world
from bot.hub.receive import Hub
from bot.outbox.delivery import Delivery
from bot.outbox.queue import Letter, put
from bot.settings import Settings
from bot.wake import RedisWake
from channels.channel import Inbound, Medium, Sender
from store.models import AddressRow, InboxRow, OutboxRow, PersonRow, ShopRow
from store.people import upsert_person
from store.scope import Woken
from store.shopfile import load, read_text
from store.transaction import Sessions, run
from tests.fakes.provider import FakeProvider

T = TypeVar("T")

SID = "AC" + "1" * 32
WHATSAPP, SMS = "+256312000001", "+256312000002"
AMINA, BINTI = "+256772000001", "+256772000002"

SHOP = f"""
[shop]
slug = "njeri"
name = "Mama Njeri"
country = "UG"
locales = ["en"]
alerts = ["+256700000101"]

[[lines]]
channel = "whatsapp"
provider = "twilio"
address = "{WHATSAPP}"
tps = 1000

[[lines]]
channel = "sms"
provider = "twilio"
address = "{SMS}"
tps = 1000

[[products]]
sku = "soap"
name = "Bar Soap"
price = 4500
stock = 40

[delivery]
standard = {{ fee = 5000 }}

[payments]
rails = ["cash"]
"""


class Town:
    """`provider` is where everything is sent; `skip` moves the clock."""

    def __init__(self, engine: Engine, sessions: Sessions, data: Path) -> None:
        self.now = datetime.now(UTC)
        self.redis = FakeRedis(server=FakeServer())
        self.provider = FakeProvider()
        settings = Settings(
            _env_file=None,
            sokoni_data=data,
            twilio_account_sid=SID,
            twilio_auth_token="token",
            twilio_api_url="http://127.0.0.1:1",
            # People here write as fast as threads can.
            sender_messages_per_minute=1000,
        )
        self.world = replace(
            build_world(settings, self.redis, engine),
            sessions=sessions,
            channels={"twilio": self.provider},
            wake=RedisWake(self.redis),
            clock=lambda: self.now,
            chance=Random(7),
        )
        self.account = self.world.accounts.platform["twilio"]
        self.hub = Hub(self.world)
        self._deliveries: list[Delivery] = []
        self.do(lambda s: load(s, [read_text(SHOP, "njeri.toml")], self.now))

    def close(self) -> None:
        for delivery in self._deliveries:
            delivery.close()
        self.redis.close()

    def delivery(self) -> Delivery:
        """A worker's hands."""
        self._deliveries.append(Delivery(self.world, senders=20, lines=4))
        return self._deliveries[-1]

    def skip(self, **span: float) -> None:
        self.now += timedelta(**span)

    def do(self, work: Callable[[Session], T]) -> T:
        return run(self.world.sessions, work)

    def address(self, address: str = WHATSAPP) -> AddressRow:
        return self.do(lambda s: s.scalars(select(AddressRow).filter_by(address=address)).one())

    def shop(self) -> ShopRow:
        return self.do(lambda s: s.scalars(select(ShopRow)).one())

    def person(self, phone: str) -> PersonRow:
        return self.do(lambda s: upsert_person(s, phone, None, self.now))

    def post(
        self,
        *texts: str,
        to: str = AMINA,
        kind: str = "reply",
        important: bool = False,
        via: str = WHATSAPP,
    ) -> list[int]:
        """Put messages into the outbox; their numbers."""
        address, person, shop = self.address(via), self.person(to), self.shop()

        def work(session: Session) -> None:
            for text in texts:
                put(
                    session,
                    Letter(shop.id, address, person.id, to, text, kind=kind, important=important),
                    self.now,
                    Woken(),
                )

        self.do(work)
        newest = select(OutboxRow.id).order_by(OutboxRow.id.desc()).limit(len(texts))
        return list(reversed(self.do(lambda s: s.scalars(newest).all())))

    def outbox(self) -> Sequence[OutboxRow]:
        return self.do(lambda s: s.scalars(select(OutboxRow).order_by(OutboxRow.id)).all())

    def row(self, number: int) -> OutboxRow:
        return self.do(lambda s: s.scalars(select(OutboxRow).filter_by(id=number)).one())

    def change(self, number: int, **values: object) -> None:
        def work(session: Session) -> None:
            row = session.scalars(select(OutboxRow).filter_by(id=number)).one()
            for name, value in values.items():
                setattr(row, name, value)

        self.do(work)

    def inbox(self) -> Sequence[InboxRow]:
        return self.do(lambda s: s.scalars(select(InboxRow).order_by(InboxRow.id)).all())

    def inbound(self, text: str, phone: str = AMINA, to: str = WHATSAPP) -> Inbound:
        medium = Medium.WHATSAPP if to == WHATSAPP else Medium.SMS
        sid = f"SM{uuid.uuid4().hex}"
        return Inbound(medium, "twilio", SID, to, Sender(phone), sid, text)

    def arrive(self, text: str, phone: str = AMINA) -> UUID:
        """A message that was received and that nobody has answered yet; who wrote it."""
        accepted = self.hub.intake.accept(
            self.account, self.inbound(text, phone), self.world.clock()
        )
        assert accepted is not None
        return accepted.person_id

    def receive(self, text: str, phone: str = AMINA) -> None:
        """A message that is received and answered."""
        self.hub.receive(self.account, [self.inbound(text, phone)])
