"""The demo server in this process, used as the lab's page uses it: every deed is a request to `/lab`."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

import requests
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.app import BACKGROUND, create_app
from bot.cli.books import load_shops
from bot.lab.emulators import EMULATORS
from bot.settings import Settings
from bot.world import World
from channels.emulated import serve
from store.models import AttemptRow, OrderRow, PersonRow
from store.transaction import run
from tests.e2e.house import eventually, number_of
from tests.fakes.databases import opened, with_tables
from tests.fakes.quiet_ports import quiet_port

SHOPS = Path(__file__).parents[2] / "shops"
# Addresses and the seller of Mama Njeri Foods, and the line of Zawadi Cosmetics.
WHATSAPP, SELLER = "+256700000100", "+256700000101"
META_LINE = "100200300400500"
# A retry after a fault may be some seconds away.
PATIENCE = 30.0
T = TypeVar("T")


class LabHouse:
    """Started with its emulators in it, as `make run` does."""

    def __init__(self, data: Path) -> None:
        port = quiet_port()
        self.url = f"http://127.0.0.1:{port}"
        self.settings = Settings(
            _env_file=None,
            sokoni_data=data,
            port=port,
            public_url=self.url,
            log_level="WARNING",
            payment_poll_seconds="0.5,1,2,4,8",
        )
        self.app: Flask = create_app(self.settings, opened(self.settings.database_url))
        self.world: World = self.app.extensions["sokoni.world"]
        with_tables(self.world.engine)
        load_shops(self.world, sorted(SHOPS.glob("*.toml")))
        self._served = serve(self.app, port)
        self.app.extensions[BACKGROUND].start()

    def stop(self) -> None:
        self.app.extensions[BACKGROUND].stop()
        self._served.stop()
        self.app.extensions[EMULATORS].close()
        self.world.engine.dispose()

    def post(self, path: str, **fields: str) -> requests.Response:
        return requests.post(f"{self.url}/lab/{path}", json=fields, timeout=60)

    def throw(self, switch: str, times: str = "1", seconds: str | None = None) -> None:
        """Switches a fault on."""
        more = {} if seconds is None else {"seconds": seconds}
        assert self.post(f"switches/{switch}", times=times, **more).status_code == 200

    def heal(self) -> None:
        assert self.post("heal").status_code == 200

    def thrown(self) -> list[str]:
        """The switches that are on."""
        answer = requests.get(f"{self.url}/lab/board", timeout=10)
        return [str(each["id"]) for each in answer.json()["faults"]["thrown"]]

    def struck(self, switch: str) -> int:
        """How often a switch did so far."""
        answer = requests.get(f"{self.url}/lab/board", timeout=10)
        return int(answer.json()["faults"]["struck"].get(switch, 0))

    def board(self, shop: str, customer: str) -> dict[str, list[dict[str, object]]]:
        """What stands on the handsets."""
        query = {"shop": shop, "customer": customer}
        answer = requests.get(f"{self.url}/lab/board", params=query, timeout=10)
        return dict(answer.json())

    def in_books(self, work: Callable[[Session], T]) -> T:
        return run(self.world.sessions, work)


@dataclass(slots=True)
class Buyer:
    """Somebody in the lab, with the patience to write again what was not delivered."""

    house: LabHouse
    number: str
    role: str = "whatsapp"
    to: str = WHATSAPP
    shop: str = "mama-njeri"
    seen: int = field(default=0)

    def got(self) -> list[str]:
        """Every message that ever arrived on the handset, oldest first."""
        bubbles = self.house.board(self.shop, self.number)[self.role]
        return [str(bubble["text"]) for bubble in bubbles if not bubble["mine"]]

    def write(self, text: str) -> int:
        """Sends once; what the server said to the webhook."""
        fields = {"from": self.number, "to": self.to, "text": text}
        return int(self.house.post(self.role, **fields).json()["status"])

    def say(self, text: str) -> None:
        """Sends, and again when the phone shows that it did not get through."""
        tries = (self.write(text) for _ in range(5))
        assert 200 in tries, f"{text} never got through"

    def read(self, pattern: str) -> str:
        """The next message that says `pattern`; what comes before it is read too."""

        def look() -> str | None:
            got = self.got()
            for index in range(self.seen, len(got)):
                if re.search(pattern, got[index], re.IGNORECASE | re.MULTILINE):
                    self.seen = index + 1
                    return got[index]
            return None

        try:
            return eventually(look, pattern, PATIENCE)
        except AssertionError:
            raise AssertionError(f"never read {pattern!r}: {self.got()}") from None

    def choose(self, *labels: str) -> None:
        """Answers with the number of each option, as its menu comes."""
        for label in labels:
            menu = self.read(rf"^\d+\.? .*{re.escape(label)}")
            self.say(number_of(re.escape(label), menu))

    def order(self, rail: str = "MTN") -> None:
        """Two bags of rice, from the first word to the money prompt."""
        self.say("2 bags of rice 5kg")
        self.choose("Check out", "Pick it up", rail, self.number, "Yes")

    def prompt(self) -> str:
        """The reference of the prompt on this phone, once it is there."""

        def look() -> str | None:
            asks = self.house.board(self.shop, self.number)["asks"]
            mine = (str(ask["reference"]) for ask in asks if ask["phone"] == self.number)
            return next(mine, None)

        return eventually(look, f"a prompt for {self.number}", PATIENCE)

    def answer(self, word: str = "approve") -> None:
        """Presses a key on the prompt, once it is there."""
        assert self.house.post(f"wallet/{self.prompt()}/{word}").status_code == 200

    def orders(self) -> list[tuple[str, str, int]]:
        """Status, payment status and total of every order of this person."""

        def look(session: Session) -> list[tuple[str, str, int]]:
            rows = session.execute(
                select(OrderRow.status, OrderRow.payment_status, OrderRow.total)
                .join(PersonRow, PersonRow.id == OrderRow.person_id)
                .where(PersonRow.phone == self.number)
                .order_by(OrderRow.number)
            )
            return [(str(status), str(payment), total) for status, payment, total in rows]

        return self.house.in_books(look)

    def attempts(self) -> list[str]:
        """How every prompt for this person's orders ended, oldest first."""

        def look(session: Session) -> list[str]:
            rows = session.scalars(
                select(AttemptRow.status)
                .where(AttemptRow.payer == self.number)
                .order_by(AttemptRow.created_at)
            )
            return [str(status) for status in rows]

        return self.house.in_books(look)
