"""A whole Sokoni on this machine: the server, its providers emulated over HTTP, and people's phones."""

import re
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import TypeVar

from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.app import BACKGROUND, create_app
from bot.cli.books import _orders_of, load_shops
from bot.settings import Settings
from bot.world import World
from channels.africastalking import emulator as at
from channels.channel import Medium
from channels.emulated import Answered, Served, serve
from channels.meta import emulator as meta
from channels.render.gsm import is_gsm, segments
from channels.twilio import emulator as twilio
from payments.emulated import Prompt
from payments.mtn_momo.emulator import Account, Wallets
from payments.mtn_momo.emulator import create_emulator as create_mtn
from store.export import OrderJson
from store.models import FactRow, OutboxRow
from store.transaction import run
from tests.fakes.databases import opened, with_tables
from tests.fakes.quiet_ports import quiet_port

SHOPS = Path(__file__).parent / "shops"
SECRET = "e2e-secret-path-0001"
PATIENCE = 15.0
T = TypeVar("T")


def eventually(
    look: Callable[[], T | None], what: str, patience: float = PATIENCE, pause: float = 0.01
) -> T:
    """The first truthy thing that `look` sees; it looks again after a `pause` (seconds)."""
    until = time.monotonic() + patience
    while time.monotonic() < until:
        seen = look()
        if seen:
            return seen
        time.sleep(pause)
    raise AssertionError(f"never saw {what}")


class House:
    """Started with emulators of its own, and stopped with everything in it."""

    def __init__(self, data: Path, database_url: str, shops: Sequence[str], **more: object) -> None:
        port = int(str(more.pop("port", None) or quiet_port()))
        self.url = f"http://127.0.0.1:{port}"
        self.twilio = twilio.TwilioEmulator(
            twilio.Options("AC" + "1" * 32, "twilio-token", self.url, self.url)
        )
        self.at = at.AfricasTalkingEmulator(at.Options("sandbox", "at-key", SECRET, self.url))
        self.meta = meta.MetaEmulator(meta.Options("meta-secret", "meta-token", self.url, self.url))
        self.wallets = Wallets(lambda: datetime.now(UTC))
        self._served: list[Served] = [
            serve(twilio.create_emulator(self.twilio)),
            serve(at.create_emulator(self.at)),
            serve(create_mtn(ACCOUNT, self.wallets, lambda: datetime.now(UTC))),
            serve(meta.create_emulator(self.meta)),
        ]
        environment: dict[str, object] = {
            "sokoni_data": data,
            "port": port,
            "database_url": database_url,
            "log_level": "WARNING",
            "twilio_account_sid": "AC" + "1" * 32,
            "twilio_auth_token": "twilio-token",
            "twilio_api_url": self._served[0].url,
            "at_username": "sandbox",
            "at_api_key": "at-key",
            "at_webhook_secret": SECRET,
            "at_api_url": self._served[1].url,
            "meta_app_secret": "meta-secret",
            "meta_access_token": "meta-token",
            "meta_verify_token": "meta-verify",
            "meta_api_url": self._served[3].url,
            "mtn_momo_api_url": self._served[2].url,
            "mtn_momo_target_environment": "sandbox",
            "mtn_momo_collection_key": ACCOUNT.collection_key,
            "mtn_momo_disbursement_key": ACCOUNT.disbursement_key,
            "mtn_momo_user": ACCOUNT.user,
            "mtn_momo_secret": ACCOUNT.secret,
            "payment_poll_seconds": "0.5,1,2,4,8",
            # Whenever the tests run: no hour is an unusual one.
            "rule_risk_night_from": "00:00",
            "rule_risk_night_until": "00:00",
            **more,
        }
        self.settings = Settings(_env_file=None, **environment)
        self.app: Flask = create_app(self.settings, opened(self.settings.database_url))
        self.world: World = self.app.extensions["sokoni.world"]
        with_tables(self.world.engine)
        load_shops(self.world, [SHOPS / f"{name}.toml" for name in shops])
        self._served.append(serve(self.app, port))
        self.app.extensions[BACKGROUND].start()

    def stop(self) -> None:
        self.app.extensions[BACKGROUND].stop()
        self.twilio.close()
        self.at.close()
        self.meta.close()
        for served in reversed(self._served):
            served.stop()
        self.world.engine.dispose()

    def in_books(self, work: Callable[[Session], T]) -> T:
        return run(self.world.sessions, work)

    def orders(self, shop: str = "mama") -> list[OrderJson]:
        return self.in_books(lambda session: _orders_of(self.world, shop, session))

    def order(self, number: int, shop: str = "mama") -> OrderJson:
        return next(order for order in self.orders(shop) if order["number"] == number)

    def sent(self, provider_id: str) -> OutboxRow:
        """What we sent, by the provider's name for it."""
        wanted = select(OutboxRow).where(OutboxRow.provider_id == provider_id)
        return self.in_books(lambda session: session.scalars(wanted).one())

    def facts(self, name: str) -> list[dict[str, object]]:
        """What was counted under a name."""
        wanted = select(FactRow).where(FactRow.name == name).order_by(FactRow.id)
        return self.in_books(lambda session: [row.values for row in session.scalars(wanted)])

    def whatsapp(self, phone: str, to: str = "+256312000001") -> "Phone":
        return Phone(self, phone, to, Medium.WHATSAPP, "twilio")

    def sms(self, phone: str, to: str = "+256312000002", provider: str = "twilio") -> "Phone":
        return Phone(self, phone, to, Medium.SMS, provider)

    def dial(self, code: str, phone: str) -> at.UssdSession:
        return self.at.dial(code, phone)

    def handset(self, phone: str, code: str = "*284*77#") -> "Dialling":
        return Dialling(self.dial(code, phone))

    def until(self, number: int, shop: str = "mama", **wanted: str) -> OrderJson:
        """The order, once its fields are as `wanted`."""

        def look() -> OrderJson | None:
            order = next((o for o in self.orders(shop) if o["number"] == number), None)
            fits = order is not None and all(order.get(k) == v for k, v in wanted.items())
            return order if fits else None

        try:
            return eventually(look, f"order {number} {wanted}")
        except AssertionError:
            raise AssertionError(f"never {wanted}: {self.orders(shop)}") from None

    def prompt(self, phone: str) -> Prompt:
        """The prompt on this phone, once it is there."""
        return eventually(lambda: self.wallets.prompts(phone), f"a prompt for {phone}")[0]

    def approve(self, phone: str) -> None:
        """The wallet's prompt appears, and its holder approves it."""
        self.wallets.approve(self.prompt(phone).reference)


ACCOUNT = Account(
    user="00000000-0000-4000-8000-000000000001",
    secret="mtn-secret",
    collection_key="collection",
    disbursement_key="disbursement",
)


@dataclass(slots=True)
class Phone:
    """Somebody's phone, talking to one of our addresses. `read` waits for what comes next."""

    house: House
    number: str
    to: str
    medium: Medium
    provider: str
    seen: int = field(default=0)

    def __post_init__(self) -> None:
        self.seen = len(self.inbox())

    def inbox(self) -> list[str]:
        """Everything that ever arrived here, oldest first."""
        if self.provider == "africastalking":
            return [m.body for m in self.house.at.messages_to(self.number)]
        sent = self.house.twilio.messages_to(self.number)
        return [m.body for m in sent if m.medium is self.medium]

    def send(self, text: str, **extra: object) -> Answered:
        if self.provider == "africastalking":
            return self.house.at.say(self.number, self.to, text, **extra)
        return self.house.twilio.say(self.number, self.to, text, medium=self.medium, **extra)

    def read(self, pattern: str = "") -> str:
        """The next message that says `pattern` (a regular expression, any case); what comes before it
        is read too."""

        def look() -> str | None:
            inbox = self.inbox()
            for index in range(self.seen, len(inbox)):
                if re.search(pattern, inbox[index], re.IGNORECASE | re.DOTALL):
                    self.seen = index + 1
                    return inbox[index]
            return None

        try:
            return eventually(look, pattern)
        except AssertionError:
            raise AssertionError(f"{self.number} never read {pattern!r}: {self.inbox()}") from None

    def say(self, text: str, pattern: str = "") -> str:
        """Write, and read the answer."""
        answered = self.send(text)
        assert answered.status == 200, answered
        return self.read(pattern)

    def choose(self, label: str, among: str, pattern: str = "") -> str:
        """Answer with the number that stands before `label` in the text `among`."""
        return self.say(number_of(label, among), pattern)

    def follow(self, said: str, *ways: str) -> str:
        """Answer what was said, and what is said to that, and so on: with the option of that label, or
        with the words after a ">". The last answer."""
        for way in ways:
            said = self.say(way[1:]) if way.startswith(">") else self.choose(way, said)
        return said


@dataclass(slots=True)
class Dialling:
    """Somebody's handset in a USSD session; every page is looked at as it comes."""

    session: at.UssdSession

    def __post_init__(self) -> None:
        self._look()

    @property
    def screen(self) -> str:
        return self.session.screen

    @property
    def open(self) -> bool:
        return self.session.open

    def type(self, text: str) -> str:
        self.session.reply(text)
        return self._look()

    def follow(self, *ways: str) -> str:
        """As a phone's: labels of options, or words after a ">". Options further down are turned to."""
        for way in ways:
            if way.startswith(">"):
                self.type(way[1:])
                continue
            while not re.search(f"^\\d+ .*({way})", self.screen, re.IGNORECASE | re.MULTILINE):
                assert re.search("^99 ", self.screen, re.MULTILINE), f"no {way!r} in {self.screen}"
                self.type("99")
            self.type(number_of(way, self.screen))
        return self.screen

    def _look(self) -> str:
        page = self.session.answer.body
        assert self.session.answer.status == 200
        assert page.startswith(("CON ", "END ")), page
        assert is_gsm(page), page
        assert segments(page).units <= 160, page
        return self.screen


def code_in(text: str, number: int = 1001) -> str:
    """The delivery code that a message to the customer carries."""
    found = [word for word in re.findall(r"\b\d{4}\b", text) if word != str(number)]
    assert found, f"no code in: {text}"
    return found[0]


def number_of(label: str, among: str) -> str:
    """The number of the option that says `label`."""
    found = re.search(rf"^(\d+)[.)]? [^\n]*(?:{label})", among, re.IGNORECASE | re.MULTILINE)
    assert found, f"no option says {label!r} in:\n{among}"
    return found[1]
