"""The processes of a measurement of sends: the provider, and the real worker."""

import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

import requests

from scripts.bench.servers import ROOT, free_port

# Milliseconds until the provider answers, and seconds that a process may take to begin.
PAUSE_MS = 200
PATIENCE = 120.0


@contextmanager
def slow_provider() -> Iterator[str]:
    """Its URL, once it answers."""
    port = free_port()
    url = f"http://127.0.0.1:{port}"
    with _process(("scripts.bench.slow_provider", str(port), str(PAUSE_MS)), {}, None):
        _until(lambda: requests.get(f"{url}/sent", timeout=5).ok, "the provider does not answer")
        yield url


@contextmanager
def working(settings: Mapping[str, str], log: Path) -> Iterator[int]:
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
