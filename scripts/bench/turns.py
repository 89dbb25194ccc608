"""Turns per second, and how long a webhook takes to be answered, beside the yardstick."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from statistics import median
from typing import TypeAlias
from uuid import uuid4

from sqlalchemy import text

from scripts.bench.load import Crowd, Measured, Script
from scripts.bench.servers import Memory, Server
from scripts.bench.towns import Town, settle
from scripts.bench.walks import LEAN, Writers
from store.transaction import open_engine

TURN, TURN_FLOOR, TURN_LEAN = "whatsapp", "whatsapp floor", "whatsapp lean"
HOP, HOP_FLOOR = "ussd", "ussd floor"
SMALL, GROWN = "small", "grown"

Scripts: TypeAlias = Mapping[str, tuple[Server, Script]]


@dataclass(frozen=True, slots=True)
class Figures:
    """Of one kind over all rounds: medians of the rounds' own figures; times in milliseconds. `cpu`
    is what the server itself used for each."""

    rate: float
    p50: float
    p95: float
    p99: float
    cpu: float
    answered: int


@dataclass(frozen=True, slots=True)
class Turns:
    """What one run found."""

    figures: Mapping[str, Figures]
    ready_after: float
    memory: Sequence[Memory]

    def share(self, of: str, floor: str) -> float:
        """How much of the yardstick's throughput a kind reaches."""
        return self.figures[of].rate / self.figures[floor].rate

    def slowness(self, of: str, floor: str) -> float:
        """How many times the yardstick's p99 a kind's is."""
        return self.figures[of].p99 / self.figures[floor].p99


@dataclass(frozen=True, slots=True)
class Course:
    """How long, how often, and how many at once."""

    seconds: float
    rounds: int
    at_once: int


def measure(environment: Mapping[str, str], town: Town, course: Course, folder: Path) -> Turns:
    """The server and the yardstick on the same database, round by round in turn. Raises RuntimeError when
    one answers wrongly, or leaves messages unanswered."""
    writers = _writers(town, course)
    floors = {**environment, "SOKONI_FLOOR": "1"}
    with (
        Server("wsgi:app", environment, folder / "web.log") as web,
        Server("scripts.bench.floor:app", floors, folder / "floor.log") as floor,
    ):
        _greet(web, writers)
        _greet(floor, writers)
        settle(environment["DATABASE_URL"])
        scripts: Scripts = {
            TURN_FLOOR: (floor, writers.whatsapp),
            TURN: (web, writers.whatsapp),
            TURN_LEAN: (floor, replace(writers, path=LEAN, run=f"{writers.run}l").whatsapp),
            HOP_FLOOR: (floor, writers.ussd),
            HOP: (web, writers.ussd),
        }
        found = _interleaved(scripts, course)
        turns = Turns(found, web.ready_after, web.memory())
    _all_answered(environment["DATABASE_URL"], town)
    return turns


def compare(
    small: tuple[Mapping[str, str], Town],
    grown: tuple[Mapping[str, str], Town],
    course: Course,
    folder: Path,
) -> Turns:
    """Two servers, each on a database of its own, round by round in turn."""
    with (
        Server("wsgi:app", small[0], folder / "small.log") as few,
        Server("wsgi:app", grown[0], folder / "grown.log") as many,
    ):
        here, there = _writers(small[1], course), _writers(grown[1], course)
        _greet(few, here)
        _greet(many, there)
        settle(small[0]["DATABASE_URL"])
        scripts: Scripts = {
            f"{SMALL} {TURN}": (few, here.whatsapp),
            f"{GROWN} {TURN}": (many, there.whatsapp),
            f"{SMALL} {HOP}": (few, here.ussd),
            f"{GROWN} {HOP}": (many, there.ussd),
        }
        found = _interleaved(scripts, course)
        turns = Turns(found, many.ready_after, many.memory())
    for environment, town in (small, grown):
        _all_answered(environment["DATABASE_URL"], town)
    return turns


def _writers(town: Town, course: Course) -> Writers:
    return Writers(town.places, town.people, course.at_once, uuid4().hex[:12])


def _interleaved(scripts: Scripts, course: Course) -> Mapping[str, Figures]:
    crowds = {
        kind: Crowd(server.port, script, course.at_once)
        for kind, (server, script) in scripts.items()
    }
    rounds: dict[str, list[tuple[Measured, float]]] = {kind: [] for kind in scripts}
    for crowd in crowds.values():
        # Connections to the database are opened, catalogues read.
        crowd.round(course.seconds / 4)
    for _ in range(course.rounds):
        for kind, crowd in crowds.items():
            server = scripts[kind][0]
            before = server.cpu_seconds()
            measured = crowd.round(course.seconds)
            rounds[kind].append((measured, server.cpu_seconds() - before))
    return {kind: _figures(measured) for kind, measured in rounds.items()}


def _figures(rounds: Sequence[tuple[Measured, float]]) -> Figures:
    def middle(share: float) -> float:
        return median(1000 * percentile(measured.answers, share) for measured, _ in rounds)

    return Figures(
        rate=median(measured.rate for measured, _ in rounds),
        p50=middle(0.50),
        p95=middle(0.95),
        p99=middle(0.99),
        cpu=median(1000 * cpu / len(measured.answers) for measured, cpu in rounds),
        answered=sum(len(measured.answers) for measured, _ in rounds),
    )


def percentile(values: Sequence[float], share: float) -> float:
    """The value that `share` of all do not exceed."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]


def _greet(server: Server, writers: Writers) -> None:
    Crowd(server.port, writers.hello, writers.at_once).round(float("inf"))


def _all_answered(url: str, town: Town) -> None:
    engine = open_engine(url, pool=1)
    with engine.connect() as connection:
        left, failed = connection.execute(
            text(
                "SELECT count(*) FILTER (WHERE done_at IS NULL),"
                " count(*) FILTER (WHERE failure IS NOT NULL) FROM inbox WHERE received_at >= :since"
            ),
            {"since": town.since},
        ).one()
    engine.dispose()
    if left or failed:
        raise RuntimeError(f"{left} messages were not answered, {failed} put aside")
