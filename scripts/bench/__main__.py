"""`python -m scripts.bench`: measures the server and prints what it found, beside its yardsticks."""

import argparse
import os
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass
from pathlib import Path

from scripts.bench import growth, sends
from scripts.bench.anatomy import anatomy
from scripts.bench.browsing import browsing
from scripts.bench.money import money
from scripts.bench.servers import environment, own_redis
from scripts.bench.towns import Town, people, private_database, small_town
from scripts.bench.turns import (
    GROWN,
    HOP,
    HOP_FLOOR,
    SMALL,
    TURN,
    TURN_FLOOR,
    TURN_LEAN,
    Course,
    Turns,
    compare,
    measure,
)
from scripts.bench.understanding import understanding
from store.transaction import open_engine

SHOPS = 20
# Of a grown database, those where people shop while it is measured.
BUSY_SHOPS = 200
# Parts that are measured without a server.
NEED_NOTHING = frozenset({"understand", "money", "browse"})
# Enough that nobody writes faster than a person could.
PEOPLE = 4000


@dataclass(frozen=True, slots=True)
class Bench:
    course: Course
    folder: Path
    redis: str

    def settings(self, database: str) -> dict[str, str]:
        return environment(database, self.redis, self.folder)

    def turns(self) -> None:
        """Turns and hops beside their floors; memory and start-up."""
        with private_database() as database:
            town = small_town(database, SHOPS, PEOPLE)
            found = measure(self.settings(database), town, self.course, self.folder)
        show(found)
        print(f"a turn reaches {found.share(TURN, TURN_FLOOR):.2f} of its floor's throughput,")
        print(f"  {found.share(TURN, TURN_LEAN):.2f} of the lean one's")
        print(f"a USSD hop reaches {found.share(HOP, HOP_FLOOR):.2f} of its floor's throughput,")
        print(f"  its p99 is {found.slowness(HOP, HOP_FLOOR):.1f} times the floor's")
        print(f"web ready after {found.ready_after:.1f} s; MiB resident (own):", end=" ")
        print(", ".join(f"{each.resident:.0f} ({each.own:.0f})" for each in found.memory))

    def sends(self) -> None:
        """What one worker sends a second."""
        sends.main()

    def anatomy(self) -> None:
        """Where a turn's milliseconds go."""
        with private_database() as database:
            found = anatomy(self.settings(database), small_town(database, SHOPS, PEOPLE))
        whole = sum(found.values())
        for part, milliseconds in found.items():
            print(f"{part:26}{milliseconds:8.2f} ms{milliseconds / whole:8.0%}")

    def growth(self, url: str | None) -> None:
        """The same turns on a small database and on a grown one."""
        with private_database() as small, _grown(url) as grown:
            found = compare(
                (self.settings(small), small_town(small, SHOPS, PEOPLE)),
                (self.settings(grown), _grown_town(grown)),
                self.course,
                self.folder,
            )
        show(found)
        for kind in (TURN, HOP):
            ratio = found.share(f"{SMALL} {kind}", f"{GROWN} {kind}")
            print(f"{kind}: the small database's throughput is {ratio:.2f} of the grown one's")


def show(turns: Turns) -> None:
    print(f"{'':16}{'per second':>12}{'p50 ms':>9}{'p95 ms':>9}{'p99 ms':>9}{'CPU ms':>9}")
    for kind, f in turns.figures.items():
        print(f"{kind:16}{f.rate:12.0f}{f.p50:9.1f}{f.p95:9.1f}{f.p99:9.1f}{f.cpu:9.2f}")


@contextmanager
def _grown(url: str | None) -> Iterator[str]:
    """The database at `url`, else one that is filled now."""
    if url is not None:
        yield url
        return
    with private_database() as made:
        engine = open_engine(made, pool=1)
        growth.fill(engine)
        engine.dispose()
        yield made


def _grown_town(url: str) -> Town:
    engine = open_engine(url, pool=1)
    with engine.connect() as connection:
        shops = connection.exec_driver_sql("SELECT count(*) FROM shops").scalar_one()
    engine.dispose()
    apart = max(1, shops // BUSY_SHOPS)
    places = [growth.place(number) for number in range(1, shops, apart)][:BUSY_SHOPS]
    return Town(places, people(PEOPLE))


def main() -> None:
    arguments = _arguments()
    served = set(arguments.parts) - NEED_NOTHING
    with (
        tempfile.TemporaryDirectory(prefix="bench-") as name,
        own_redis(Path(name)) if served else nullcontext("") as redis,
    ):
        course = Course(arguments.seconds, arguments.rounds, arguments.at_once)
        bench = Bench(course, Path(name), redis)
        parts: Mapping[str, Callable[[], None]] = {
            "turns": bench.turns,
            "sends": bench.sends,
            "anatomy": bench.anatomy,
            "understand": understanding,
            "money": money,
            "browse": browsing,
            "growth": lambda: bench.growth(arguments.grown),
        }
        at_once = f", {course.at_once} people at once" if served else ""
        print(f"{os.cpu_count()} cores{at_once}", flush=True)
        for part in arguments.parts:
            print(f"\n{part}", flush=True)
            parts[part]()


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m scripts.bench", description=__doc__)
    parser.add_argument(
        "parts",
        nargs="*",
        default=["turns", "sends", "anatomy"],
        help="turns, sends, anatomy (the default), growth (fills a large database first), understand, money,"
        " browse",
    )
    parser.add_argument("--seconds", type=float, default=4.0, help="of one round")
    parser.add_argument("--rounds", type=int, default=5, help="of each kind, in turn")
    parser.add_argument("--at-once", type=int, default=8, help="people who write at once")
    parser.add_argument("--grown", help="for growth: a database that was filled before")
    return parser.parse_args()


if __name__ == "__main__":
    main()
