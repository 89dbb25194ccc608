"""`python -m scripts.bench`: measures the server and prints what it found, beside its yardstick."""

import argparse
import os
import tempfile
from pathlib import Path

from scripts.bench.servers import environment, own_redis
from scripts.bench.towns import people, private_database, small_town
from scripts.bench.turns import HOP, HOP_FLOOR, TURN, TURN_FLOOR, Course, Turns, measure

SHOPS = 20
# Enough that nobody writes faster than a person could.
PEOPLE = 4000


def main() -> None:
    arguments = _arguments()
    course = Course(arguments.seconds, arguments.rounds, arguments.at_once)
    with (
        tempfile.TemporaryDirectory(prefix="bench-") as name,
        private_database() as database,
        own_redis(Path(name)) as redis,
    ):
        folder = Path(name)
        print(f"{os.cpu_count()} cores, {course.at_once} at once", flush=True)
        places = small_town(database, SHOPS)
        settings = environment(database, redis, folder)
        show(measure(settings, places, people(PEOPLE), course, folder))


def show(turns: Turns) -> None:
    print(f"{'':16}{'per second':>12}{'p50 ms':>9}{'p95 ms':>9}{'p99 ms':>9}{'CPU ms':>9}")
    for kind, f in turns.figures.items():
        print(f"{kind:16}{f.rate:12.0f}{f.p50:9.1f}{f.p95:9.1f}{f.p99:9.1f}{f.cpu:9.2f}")
    print(f"a turn reaches {turns.share(TURN, TURN_FLOOR):.2f} of its floor's throughput")
    print(f"a USSD hop reaches {turns.share(HOP, HOP_FLOOR):.2f} of its floor's throughput,")
    print(f"  its p99 is {turns.slowness(HOP, HOP_FLOOR):.1f} times the floor's")
    print(f"web ready after {turns.ready_after:.1f} s; its processes, MiB resident (own):", end=" ")
    print(", ".join(f"{memory.resident:.0f} ({memory.own:.0f})" for memory in turns.memory))


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m scripts.bench", description=__doc__)
    parser.add_argument("--seconds", type=float, default=4.0, help="of one round")
    parser.add_argument("--rounds", type=int, default=5, help="of each kind, in turn")
    parser.add_argument("--at-once", type=int, default=8, help="people who write at once")
    return parser.parse_args()


if __name__ == "__main__":
    main()
