"""Processes under measurement: the server as it runs in production, and the yardstick beside it."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Self

import requests

ROOT = Path(__file__).parents[2]
SID, TOKEN = "AC" + "1" * 32, "a-token-for-measuring"
SECRET = "a-path-for-measuring"
PUBLIC_URL = "https://measured.example"
PATIENCE = 60.0


@dataclass(frozen=True, slots=True)
class Memory:
    """Of one process, in MiB: what is resident, and what of it it shares with nobody."""

    resident: float
    own: float


class Server:
    """gunicorn on 127.0.0.1 with the production settings, and its children."""

    def __init__(self, app: str, environment: Mapping[str, str], log: Path) -> None:
        self.port = free_port()
        self._log = log.open("ab")
        started = time.monotonic()
        self._process = subprocess.Popen(
            (sys.executable, "-m", "gunicorn", "--bind", f"127.0.0.1:{self.port}", app),
            cwd=ROOT,
            env={**os.environ, **environment, "PORT": str(self.port)},
            stdout=self._log,
            stderr=self._log,
        )
        self._wait(log)
        self.ready_after = time.monotonic() - started

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        at: TracebackType | None,
    ) -> None:
        self._process.terminate()
        try:
            self._process.wait(30)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        self._log.close()

    def memory(self) -> list[Memory]:
        """Of each child: the arbiter serves nobody."""
        return [memory(pid) for pid in children(self._process.pid)]

    def cpu_seconds(self) -> float:
        """What the children have used so far."""
        return sum(cpu_seconds(pid) for pid in children(self._process.pid))

    def _wait(self, log: Path) -> None:
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until:
            if self._process.poll() is not None:
                raise RuntimeError(f"the server ended: {log.read_text()[-2000:]}")
            try:
                if requests.get(f"http://127.0.0.1:{self.port}/healthz", timeout=5).ok:
                    return
            except requests.ConnectionError:
                time.sleep(0.02)
        raise RuntimeError(f"the server does not answer: {log.read_text()[-2000:]}")


def environment(database_url: str, redis_url: str, data: Path) -> dict[str, str]:
    """The server's settings in production, with accounts that are nobody's."""
    return {
        "SOKONI_ENV": "production",
        "SOKONI_DATA": str(data),
        "SPOOL_DIR": str(data / "spool"),
        "SECRET_KEY": "measured-measured-measured-measured-measured",
        "METRICS_TOKEN": "measured-measured-measured",
        "PUBLIC_URL": PUBLIC_URL,
        "DATABASE_URL": database_url,
        "REDIS_URL": redis_url,
        "TWILIO_ACCOUNT_SID": SID,
        "TWILIO_AUTH_TOKEN": TOKEN,
        "AT_USERNAME": "measured",
        "AT_API_KEY": "measured",
        "AT_WEBHOOK_SECRET": SECRET,
        "LOG_LEVEL": "INFO",
        "PYTHONDONTWRITEBYTECODE": "1",
    }


@contextmanager
def own_redis(folder: Path) -> Iterator[str]:
    """A Redis that keeps nothing and that nobody else uses: its URL."""
    port = free_port()
    keeps_nothing = ("--save", "", "--appendonly", "no", "--dir", str(folder))
    quiet = subprocess.DEVNULL
    process = subprocess.Popen(
        ("redis-server", "--bind", "127.0.0.1", "--port", str(port), *keeps_nothing),
        stdout=quiet,
        stderr=quiet,
    )
    try:
        until = time.monotonic() + PATIENCE
        while not _listens(port):
            if time.monotonic() > until:
                raise RuntimeError("Redis does not start")
            time.sleep(0.02)
        yield f"redis://127.0.0.1:{port}/0"
    finally:
        process.terminate()
        process.wait()


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def children(pid: int) -> list[int]:
    found = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    return [int(child) for child in found]


def memory(pid: int) -> Memory:
    """Source: Linux, "The /proc Filesystem", smaps_rollup."""
    lines = (line.split() for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines())
    sizes = {words[0]: int(words[1]) / 1024 for words in lines if words[-1] == "kB"}
    return Memory(sizes["Rss:"], sizes["Private_Dirty:"] + sizes["Private_Clean:"])


def cpu_seconds(pid: int) -> float:
    """Source: proc(5), /proc/pid/stat, fields 14 and 15."""
    after_name = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(after_name[11]) + int(after_name[12])) / os.sysconf("SC_CLK_TCK")


def _listens(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0
