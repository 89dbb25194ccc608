"""The server as it is, put together in this process around the day's clock."""

import socket
import tempfile
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING, TypeVar
from uuid import UUID

import structlog
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.middleware.dispatcher import DispatcherMiddleware

from bot.app import _add_hub, _add_refusals
from bot.build import build_clock, build_world, open_redis, payments_world
from bot.catchup import CatchUp
from bot.cli.books import load_shops
from bot.clockwork import Clock
from bot.jobs import Shift
from bot.model import LanguageModel
from bot.ops.logging import configure
from bot.outbox.claim import PENDING
from bot.outbox.delivery import Delivery
from bot.settings import Settings
from bot.wake import MAINTENANCE, PAYMENTS
from bot.world import World
from channels.emulated import Served, serve
from scripts.simulate.daytime import Daytime
from scripts.simulate.errands import Errands
from scripts.simulate.files import write_shops
from scripts.simulate.providers import Providers, build_providers
from store.migrate import upgrade
from store.models import OutboxRow
from store.transaction import AWAY, run

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIApplication

T = TypeVar("T")
# More than anybody could send: these are counted by a real clock, which hardly moves in a simulated hour.
NO_LIMIT = 1_000_000


@dataclass(slots=True)
class Server:
    """`settle` does whatever is to be done at this moment of the day, until nothing is left."""

    world: World
    providers: Providers
    shift: Shift
    errands: Errands
    ticking: Clock
    catching_up: CatchUp
    served: Served

    def settle(self) -> None:
        while True:
            self._wait_for_calls()
            if not self.errands.run(self.shift):
                break

    def tick(self) -> None:
        """What is due by the clock, as its process does every second, and what was not
        answered at once, as each web process looks for."""
        with suppress(*AWAY):
            # A busy machine may keep somebody waiting for too long: the next look finds what is left.
            self.catching_up.look()
        self.ticking.tick()
        # On PostgreSQL a line that was told to pause rests by the database's clock, which is not the day's:
        # the sweep would never find it idle.
        self.errands.addresses(self.read(self._due), set())

    def _due(self, session: Session) -> Sequence[UUID]:
        wanted = select(OutboxRow.address_id).where(
            OutboxRow.status.in_(PENDING), OutboxRow.due_at <= self.world.clock()
        )
        return session.scalars(wanted.distinct()).all()

    def sweep(self) -> None:
        """The half-hourly comparison with the providers' books."""
        self.errands.once(PAYMENTS, "bot.jobs.sweep_payments")

    def tidy(self) -> None:
        self.errands.once(MAINTENANCE, "bot.jobs.tidy_up")

    def read(self, work: Callable[[Session], T]) -> T:
        return run(self.world.sessions, work)

    def stop(self) -> None:
        self.shift.delivery.close()
        self.providers.close()
        self.served.stop()
        self.world.engine.dispose()

    def _wait_for_calls(self) -> None:
        for purse in self.providers.purses.values():
            purse.callbacks.wait()


def build_server(daytime: Daytime, seed: int, folder: Path, database: str | None) -> Server:
    """With its shops loaded, listening on a free port of this machine. `database`: a URL of an empty
    PostgreSQL database; SQLite in `folder` without one."""
    port = _free_port()
    settings = Settings(
        _env_file=None,  # type: ignore[call-arg]
        sokoni_data=folder,
        port=port,
        database_url=database or f"sqlite:///{folder}/day.db",
        log_level="WARNING",
        sender_messages_per_minute=NO_LIMIT,
        sender_hops_per_minute=NO_LIMIT,
        line_turns_per_second=NO_LIMIT,
    )
    configure(settings.log_level)
    redis = open_redis(settings)
    errands = Errands(redis)
    world = replace(
        build_world(settings, redis), clock=daytime.clock, chance=Random(seed), wake=errands
    )
    providers = build_providers(settings, daytime.clock)
    app = Flask("bot", static_folder=None)
    _add_hub(app, world)
    _add_refusals(app)
    mounted: dict[str, WSGIApplication] = {
        path: emulator.wsgi_app for path, emulator in providers.apps.items()
    }
    app.wsgi_app = DispatcherMiddleware(app.wsgi_app, mounted)  # type: ignore[method-assign]
    # Else the first turn loads it, with everybody else waiting for its transaction.
    LanguageModel().load()
    upgrade(world.engine)
    with tempfile.TemporaryDirectory() as shops:
        load_shops(world, tuple(write_shops(Path(shops))))
    # One thread speaks to each provider: what leaves first arrives first, in every run.
    delivery = Delivery(world, senders=1, lines=1)
    shift = Shift(world, delivery, errands, payments_world(world))
    clock = build_clock(world, redis)
    clock.wake = errands
    structlog.get_logger(__name__).debug("the day begins", port=port)
    served = serve(app, port)
    return Server(world, providers, shift, errands, clock, CatchUp(world), served)


def _free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port: int = found.getsockname()[1]
    return port
