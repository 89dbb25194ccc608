"""Sokoni as it is installed: web, worker and clock as processes of their own, over PostgreSQL and
Redis; the providers are emulated in the test's process."""

import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TypeVar

import requests
from sqlalchemy import Select, func, select
from sqlalchemy.engine import make_url
from sqlalchemy.orm import Session

from channels.africastalking import emulator as at
from channels.channel import Medium
from channels.emulated import Served, serve
from channels.meta import emulator as meta
from channels.twilio import emulator as twilio
from payments.mtn_momo.emulator import Wallets
from payments.mtn_momo.emulator import create_emulator as create_mtn
from store.models import InboxRow, OrderRow, OutboxRow
from store.shopfile import load, read_text
from store.transaction import open_engine, open_sessions, run
from tests.chaos.processes import Processes
from tests.chaos.tunnel import Tunnel
from tests.e2e.house import ACCOUNT, SECRET, SHOPS, Phone, eventually
from tests.fakes.databases import with_tables
from tests.fakes.quiet_ports import quiet_port

SID, TOKEN = "AC" + "1" * 32, "twilio-token"
# Seconds, on a machine that is busy with other tests too.
START = 60
# Seconds between looks at a process that starts, and needs the processor itself.
PAUSE = 0.1
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Providers:
    """They send what people write to the web server at `target`, wherever else it may be reached."""

    twilio: twilio.TwilioEmulator
    at: at.AfricasTalkingEmulator
    meta: meta.MetaEmulator

    @classmethod
    def emulated(cls, public_url: str, target: str) -> "Providers":
        return cls(
            twilio.TwilioEmulator(twilio.Options(SID, TOKEN, public_url, target)),
            at.AfricasTalkingEmulator(at.Options("sandbox", "at-key", SECRET, target)),
            meta.MetaEmulator(meta.Options("meta-secret", "meta-token", public_url, target)),
        )

    def close(self) -> None:
        self.twilio.close()
        self.at.close()
        self.meta.close()


class Installation:
    """`database` is the road to PostgreSQL, which can be cut; the test itself goes round it. With
    `tunnel` False the processes go round it too."""

    def __init__(
        self,
        data: Path,
        database_url: str,
        shop: str = (SHOPS / "mama.toml").read_text(),
        *,
        tunnel: bool = True,
        **more: str,
    ) -> None:
        self.port = quiet_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.redis_port = quiet_port()
        self.data = data
        self.spool = data / "spool"
        self._shop = shop
        self._public_url = more.get("PUBLIC_URL", self.url)
        self._providers = [Providers.emulated(self._public_url, self.url)]
        self.twilio = self._providers[0].twilio
        self.at = self._providers[0].at
        self.meta = self._providers[0].meta
        self.wallets = Wallets(lambda: datetime.now(UTC))
        self._served: list[Served] = [
            serve(twilio.create_emulator(self.twilio)),
            serve(at.create_emulator(self.at)),
            serve(create_mtn(ACCOUNT, self.wallets, lambda: datetime.now(UTC))),
            serve(meta.create_emulator(self.meta)),
        ]
        address = make_url(database_url)
        self.database = Tunnel(address.port or 5432)
        through = address.set(host="127.0.0.1", port=self.database.port)
        self._engine = open_engine(database_url, pool=2)
        self._sessions = open_sessions(self._engine)
        environment = {
            "SOKONI_DATA": str(data),
            "PORT": str(self.port),
            "DATABASE_URL": (through if tunnel else address).render_as_string(hide_password=False),
            "REDIS_URL": f"redis://127.0.0.1:{self.redis_port}/0",
            "LINE_LEASE_SECONDS": "3",
            "TWILIO_ACCOUNT_SID": SID,
            "TWILIO_AUTH_TOKEN": TOKEN,
            "TWILIO_API_URL": self._served[0].url,
            "AT_USERNAME": "sandbox",
            "AT_API_KEY": "at-key",
            "AT_WEBHOOK_SECRET": SECRET,
            "AT_API_URL": self._served[1].url,
            "META_APP_SECRET": "meta-secret",
            "META_ACCESS_TOKEN": "meta-token",
            "META_VERIFY_TOKEN": "meta-verify",
            "META_API_URL": self._served[3].url,
            "MTN_MOMO_API_URL": self._served[2].url,
            "MTN_MOMO_TARGET_ENVIRONMENT": "sandbox",
            "MTN_MOMO_COLLECTION_KEY": ACCOUNT.collection_key,
            "MTN_MOMO_DISBURSEMENT_KEY": ACCOUNT.disbursement_key,
            "MTN_MOMO_USER": ACCOUNT.user,
            "MTN_MOMO_SECRET": ACCOUNT.secret,
            "PAYMENT_POLL_SECONDS": "0.5,1,2,4,8",
            **more,
        }
        self.processes = Processes({k: v for k, v in environment.items() if v}, data)

    def open(self, *names: str) -> "Installation":
        """Make the tables, load the shop, start Redis and these processes, and wait for the web."""
        with_tables(self._engine)
        shop = read_text(self._shop, "shop.toml")
        self.in_books(lambda session: load(session, [shop], datetime.now(UTC)))
        self.start_redis()
        self.processes.start(*names)
        if "web" in names:
            self.wait_for_web()
        return self

    def wait_for_web(self) -> None:
        eventually(lambda: self._answers("web", self.url), "the web server", START, PAUSE)

    def open_second_machine(self) -> Providers:
        """One more web server, worker and clock, with a disk of their own, over the same database and
        Redis: "web-2", "worker-2" and "clock-2". What providers send to it."""
        port = quiet_port()
        url, data = f"http://127.0.0.1:{port}", self.data / "second"
        own = {"PORT": str(port), "SOKONI_DATA": str(data), "PUBLIC_URL": self._public_url}
        self.processes.start("web-2", "worker-2", "clock-2", **own)
        self._providers.append(Providers.emulated(self._public_url, url))
        eventually(lambda: self._answers("web-2", url), "the second web server", START, PAUSE)
        return self._providers[-1]

    def start_redis(self) -> None:
        self.processes.start_redis(self.redis_port)
        eventually(lambda: _listens(self.redis_port), "Redis")

    def close(self) -> None:
        self.processes.stop()
        for providers in self._providers:
            providers.close()
        for served in self._served:
            served.stop()
        self.database.cut()
        self._engine.dispose()

    def connect_anew(self) -> None:
        """After a restart of the database, for the test's own look into the books."""
        self._engine.dispose()

    def in_books(self, work: Callable[[Session], T]) -> T:
        return run(self._sessions, work)

    @contextmanager
    def locked_order(self, number: int) -> Iterator[None]:
        """Whoever works on this order has to wait."""
        with self._sessions() as session, session.begin():
            session.scalars(select(OrderRow).filter_by(number=number).with_for_update()).one()
            yield

    def get(self, path: str) -> requests.Response:
        return requests.get(self.url + path, timeout=10)

    def whatsapp(self, phone: str) -> Phone:
        return Phone(self, phone, "+256312000001", Medium.WHATSAPP, "twilio")

    def sms(self, phone: str) -> Phone:
        return Phone(self, phone, "+256312000002", Medium.SMS, "twilio")

    def unanswered(self) -> int:
        """Messages in the inbox that nobody has answered."""
        return self.count(select(func.count()).where(InboxRow.done_at.is_(None)))

    def queued(self) -> int:
        """Messages that have not left."""
        pending = OutboxRow.status.in_(("queued", "sending", "unknown"))
        return self.count(select(func.count()).where(pending))

    def order_status(self) -> tuple[str, str]:
        """Of the newest order: its status, and its payment's."""

        def look(session: Session) -> tuple[str, str]:
            found = session.scalars(select(OrderRow).order_by(OrderRow.number.desc())).first()
            return (found.status, found.payment_status) if found is not None else ("", "")

        return self.in_books(look)

    def count(self, statement: Select[tuple[int]]) -> int:
        return self.in_books(lambda session: session.scalar(statement)) or 0

    def _answers(self, web: str, url: str) -> bool:
        assert self.processes.alive(web), self.processes.said(web)
        try:
            return requests.get(f"{url}/healthz", timeout=10).status_code == 200
        except requests.ConnectionError:
            return False


def _listens(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0
