"""`python -m scripts.bench.sends`: how many messages one worker process delivers, and whether any of our
addresses exceeds its own rate.

The worker is the real process, over PostgreSQL and Redis; the provider answers each request after a
pause. Beside it in the same run stands what no sender can be faster than: as many threads on kept-alive
connections, sending the same messages to the same provider without any books.
"""

import bisect
import os
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from statistics import median
from uuid import uuid4

import requests
from redis import Redis
from sqlalchemy import Engine, func, insert, select
from sqlalchemy.orm import Session

from bot.wake import RedisWake
from channels.transport import pooled_session
from scripts.bench.servers import (
    ROOT,
    SID,
    Memory,
    cpu_seconds,
    environment,
    free_port,
    memory,
    own_redis,
)
from scripts.bench.towns import private_database, settle
from store.models import AddressRow, OutboxRow, PersonRow, ShopRow
from store.shopfile import load, read_text
from store.transaction import open_engine, open_sessions, run

PAUSE_MS = 200
THREADS = 64
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


@dataclass(frozen=True, slots=True)
class Sends:
    """What one run found. Rates are messages a second from the first request to the last; `most` is
    what the busiest address sent within any one second, where `allowed` is its rate; `cpu` is the worker's,
    in milliseconds for each message."""

    rate: float
    bare: float
    most: int
    allowed: int
    memory: Memory
    cpu: float

    @property
    def share(self) -> float:
        """How much of the yardstick's rate the worker reaches."""
        return self.rate / self.bare


def measure(course: Course, folder: Path) -> Sends:
    """One run on a database of its own. Raises RuntimeError when not every message is sent, once."""
    with (
        private_database() as database,
        own_redis(folder) as redis,
        _provider() as provider,
    ):
        bare = _rate(_bare(course, provider))
        engine = open_engine(database, pool=1)
        _fill(engine, course)
        settings = {
            **environment(database, redis, folder),
            # The provider is on this machine.
            "SOKONI_ENV": "development",
            "PUBLIC_URL": "http://127.0.0.1:1",
            "TWILIO_API_URL": provider,
        }
        try:
            with _worker(settings, folder / "worker.log") as pid:
                _wake(engine, redis)
                used = cpu_seconds(pid)
                _wait(engine, folder / "worker.log")
                used, held = cpu_seconds(pid) - used, memory(pid)
        finally:
            engine.dispose()
        sent = _sent(provider)
    if len(sent) != course.messages:
        raise RuntimeError(f"{len(sent)} requests for {course.messages} messages")
    return Sends(
        rate=_rate(sent),
        bare=bare,
        most=_most_within_a_second(sent),
        allowed=course.tps,
        memory=held,
        cpu=1000 * used / course.messages,
    )


def _rate(sent: Sequence[tuple[float, str]]) -> float:
    times = [at for at, _ in sent]
    return len(times) / (max(times) - min(times) + PAUSE_MS / 1000)


def _most_within_a_second(sent: Sequence[tuple[float, str]]) -> int:
    """Of the busiest address, over every second that begins with a message."""
    by_address: dict[str, list[float]] = defaultdict(list)
    for at, address in sent:
        by_address[address].append(at)
    return max(
        bisect.bisect_left(times, start + 1.0) - index
        for times in map(sorted, by_address.values())
        for index, start in enumerate(times)
    )


def _bare(course: Course, provider: str) -> Sequence[tuple[float, str]]:
    """The same messages by threads alone."""
    session = pooled_session(provider)
    url = f"{provider}/2010-04-01/Accounts/{SID}/Messages.json"

    def send(number: int) -> None:
        form = {
            "To": _phone(number),
            "From": _address(number % course.lines),
            "Body": _body(number),
        }
        session.post(url, data=form, auth=(SID, "token"), timeout=10).raise_for_status()

    with ThreadPoolExecutor(THREADS) as pool:
        list(pool.map(send, range(course.messages)))
    session.close()
    sent = _sent(provider)
    requests.delete(f"{provider}/sent", timeout=10)
    return sent


def _sent(provider: str) -> Sequence[tuple[float, str]]:
    return [(at, address) for at, address in requests.get(f"{provider}/sent", timeout=10).json()]


def _address(line: int) -> str:
    return f"+256312{line:06d}"


def _phone(number: int) -> str:
    return f"+25677{number:07d}"


def _body(number: int) -> str:
    return f"Mama Njeri: your order {1000 + number} is confirmed. Total UGX 24,000. Reply TRACK to follow it."


def _fill(engine: Engine, course: Course) -> None:
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
            PersonRow(phone=_phone(first + index), created_at=now) for index in range(course.people)
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
                    "body": _body(number),
                    "segments": 1,
                    "status": "queued",
                    "due_at": now,
                    "trace": uuid4(),
                    "created_at": now,
                }
                for number in range(course.each)
            ],
        )


def _wake(engine: Engine, redis: str) -> None:
    found = run(open_sessions(engine), lambda session: session.scalars(select(AddressRow.id)).all())
    with Redis.from_url(redis) as client:
        RedisWake(client).addresses(found, {"reply"})


def _wait(engine: Engine, log: Path) -> None:
    """Until nothing is left to send."""
    left = select(func.count()).where(OutboxRow.status != "sent")
    sessions = open_sessions(engine)
    until = time.monotonic() + PATIENCE
    while count := run(sessions, lambda session: session.scalar(left)):
        if time.monotonic() > until:
            raise RuntimeError(f"{count} were not sent: {log.read_text()[-2000:]}")
        time.sleep(0.25)


@contextmanager
def _provider() -> Iterator[str]:
    port = free_port()
    url = f"http://127.0.0.1:{port}"
    with _process(("scripts.bench.slow_provider", str(port), str(PAUSE_MS)), {}, None):
        _until(lambda: requests.get(f"{url}/sent", timeout=5).ok, "the provider does not answer")
        yield url


@contextmanager
def _worker(settings: Mapping[str, str], log: Path) -> Iterator[int]:
    """The real process, once it works: its id."""
    with _process(("bot.worker",), settings, log) as pid:
        _until(lambda: "worker started" in log.read_text(), "the worker does not start")
        yield pid


@contextmanager
def _process(words: Sequence[str], settings: Mapping[str, str], log: Path | None) -> Iterator[int]:
    output = (log or Path(os.devnull)).open("ab")
    process = subprocess.Popen(
        (sys.executable, "-m", *words),
        cwd=ROOT,
        env={**os.environ, **settings},
        stdout=output,
        stderr=output,
    )
    try:
        yield process.pid
    finally:
        process.terminate()
        process.wait(30)
        output.close()


def _until(look: Callable[[], bool], complaint: str) -> None:
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        try:
            if look():
                return
        except (requests.ConnectionError, FileNotFoundError):
            pass
        time.sleep(0.02)
    raise RuntimeError(complaint)


FAST = Course(lines=20, each=100, tps=20)
PACED = Course(lines=20, each=20, tps=2)
ROUNDS = 3


def main() -> None:
    print(f"{os.cpu_count()} cores, a provider that answers after {PAUSE_MS} ms", flush=True)
    print(f"{'':22}{'a second':>9}{'bare':>7}{'share':>7}{'busiest':>9}{'may':>5}", end="")
    print(f"{'CPU ms':>8}{'MiB':>6}")
    runs = [_told(f"20 lines x {FAST.tps}/s", FAST) for _ in range(ROUNDS)]
    _told(f"20 lines x {PACED.tps}/s", PACED)
    rate, share = median(found.rate for found in runs), median(found.share for found in runs)
    print(f"median of {ROUNDS}: {rate:.0f} messages a second, {share:.2f} of bare threads")


def _told(name: str, course: Course) -> Sends:
    with tempfile.TemporaryDirectory(prefix="sends-") as folder:
        found = measure(course, Path(folder))
    print(f"{name:22}{found.rate:9.0f}{found.bare:7.0f}{found.share:7.2f}", end="")
    print(
        f"{found.most:9}{found.allowed:5}{found.cpu:8.2f}{found.memory.resident:6.0f}", flush=True
    )
    return found


if __name__ == "__main__":
    main()
