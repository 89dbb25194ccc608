"""Sokoni as it is installed: web, worker and clock as processes of their own, over PostgreSQL and
Redis; the providers are emulated in the test's process."""

import socket
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import TypeVar

import requests
from sqlalchemy import func, select
from sqlalchemy.engine import make_url
from sqlalchemy.orm import Session

from channels.africastalking import emulator as at
from channels.channel import Medium
from channels.emulated import Served, serve
from channels.twilio import emulator as twilio
from payments.mtn_momo.emulator import Wallets
from payments.mtn_momo.emulator import create_emulator as create_mtn
from store.migrate import upgrade
from store.models import InboxRow, OrderRow, OutboxRow
from store.shopfile import load, read_text
from store.transaction import open_engine, open_sessions, run
from tests.chaos.processes import Processes
from tests.chaos.tunnel import Tunnel
from tests.e2e.house import ACCOUNT, SECRET, SHOPS, Phone, eventually, free_port

SID, TOKEN = "AC" + "1" * 32, "twilio-token"
T = TypeVar("T")


def emulated_twilio(public_url: str, target: str) -> twilio.TwilioEmulator:
    return twilio.TwilioEmulator(twilio.Options(SID, TOKEN, public_url, target))


class Installation:
    """`database` is the road to PostgreSQL, which can be cut; the test itself goes round it."""

    def __init__(self, data: Path, database_url: str, **more: str) -> None:
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        public_url = more.get("PUBLIC_URL", self.url)
        self.redis_port = free_port()
        self.spool = data / "spool"
        self.twilio = emulated_twilio(public_url, self.url)
        self.at = at.AfricasTalkingEmulator(at.Options("sandbox", "at-key", SECRET, self.url))
        self.wallets = Wallets(lambda: datetime.now(UTC))
        self._served: list[Served] = [
            serve(twilio.create_emulator(self.twilio)),
            serve(at.create_emulator(self.at)),
            serve(create_mtn(ACCOUNT, self.wallets, lambda: datetime.now(UTC))),
        ]
        address = make_url(database_url)
        self.database = Tunnel(address.port or 5432)
        through = address.set(host="127.0.0.1", port=self.database.port)
        self._engine = open_engine(database_url, pool=2)
        self._sessions = open_sessions(self._engine)
        environment = {
            "SOKONI_DATA": str(data),
            "PORT": str(self.port),
            "DATABASE_URL": through.render_as_string(hide_password=False),
            "REDIS_URL": f"redis://127.0.0.1:{self.redis_port}/0",
            "LINE_LEASE_SECONDS": "3",
            "TWILIO_ACCOUNT_SID": SID,
            "TWILIO_AUTH_TOKEN": TOKEN,
            "TWILIO_API_URL": self._served[0].url,
            "AT_USERNAME": "sandbox",
            "AT_API_KEY": "at-key",
            "AT_WEBHOOK_SECRET": SECRET,
            "AT_API_URL": self._served[1].url,
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
        upgrade(self._engine)
        shop = read_text((SHOPS / "mama.toml").read_text(), "mama.toml")
        self.in_books(lambda session: load(session, [shop], datetime.now(UTC)))
        self.start_redis()
        self.processes.start(*names)
        if "web" in names:
            eventually(self._answers, "the web server", 30)
        return self

    def start_redis(self) -> None:
        self.processes.start_redis(self.redis_port)
        eventually(lambda: _listens(self.redis_port), "Redis")

    def close(self) -> None:
        self.processes.stop()
        self.twilio.close()
        self.at.close()
        for served in self._served:
            served.stop()
        self.database.cut()
        self._engine.dispose()

    def in_books(self, work: Callable[[Session], T]) -> T:
        return run(self._sessions, work)

    def get(self, path: str) -> requests.Response:
        return requests.get(self.url + path, timeout=10)

    def whatsapp(self, phone: str) -> Phone:
        return Phone(self, phone, "+256312000001", Medium.WHATSAPP, "twilio")

    def sms(self, phone: str) -> Phone:
        return Phone(self, phone, "+256312000002", Medium.SMS, "twilio")

    def unanswered(self) -> int:
        """Messages in the inbox that nobody has answered."""
        return self._count(select(func.count()).where(InboxRow.done_at.is_(None)))

    def queued(self) -> int:
        """Messages that have not left."""
        pending = OutboxRow.status.in_(("queued", "sending", "unknown"))
        return self._count(select(func.count()).where(pending))

    def order_status(self) -> tuple[str, str]:
        """Of the newest order: its status, and its payment's."""

        def look(session: Session) -> tuple[str, str]:
            found = session.scalars(select(OrderRow).order_by(OrderRow.number.desc())).first()
            return (found.status, found.payment_status) if found is not None else ("", "")

        return self.in_books(look)

    def _count(self, statement) -> int:
        return self.in_books(lambda session: session.scalar(statement)) or 0

    def _answers(self) -> bool:
        assert self.processes.alive("web"), self.processes.said("web")
        try:
            return self.get("/healthz").status_code == 200
        except requests.ConnectionError:
            return False


def _listens(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0
