"""What a process weighs when it has worked for a while, and how soon it is there."""

import time
from pathlib import Path

import requests

from payments.emulated import Answer
from tests.chaos.conftest import Build
from tests.chaos.installation import START, Installation
from tests.chaos.reckoning import check_all, come_to_rest
from tests.chaos.stream import Stream
from tests.e2e.house import eventually

# MiB of resident memory.
WEB, WORKER = 240, 160
# Seconds; what it takes on a machine that does nothing else is the benchmark's to say.
READY = 10


def _resident(pid: int) -> float:
    """In MiB, with what is shared. Source: Linux, proc(5), "VmRSS"."""
    status = Path(f"/proc/{pid}/status").read_text()
    line = next(line for line in status.splitlines() if line.startswith("VmRSS:"))
    return int(line.split()[1]) / 1024


def _waited(pid: int) -> float:
    """Seconds for which its main thread could have run, had a processor been free. Source: Linux,
    "Scheduler Statistics", /proc/<pid>/schedstat."""
    return int(Path(f"/proc/{pid}/schedstat").read_text().split()[1]) / 1e9


def _ready(city: Installation) -> bool:
    try:
        return requests.get(f"{city.url}/readyz", timeout=5).status_code == 200
    except requests.RequestException:
        return False


def test_processes_start_soon_stay_light_and_answer_once(market: Build) -> None:
    city = market(WEB_CONCURRENCY="2").open()
    city.wallets.auto = Answer.APPROVE
    began = time.monotonic()
    city.processes.start("web", "worker", "clock")
    eventually(lambda: _ready(city), "readiness", START)
    took = time.monotonic() - began - _waited(city.processes.pid("web"))
    assert took <= READY, f"ready after {took:.1f} s"
    stream = Stream(city)
    with stream.flowing():
        pass
    come_to_rest(city)
    # What nothing has disturbed is the measure of what something has.
    assert not stream.retried
    check_all(city, stream)
    for child in city.processes.children("web"):
        assert _resident(child) <= WEB
    worker = city.processes.pid("worker")
    assert _resident(worker) <= WORKER
    mapped = Path(f"/proc/{worker}/maps").read_text()
    assert "psycopg2" in mapped
    assert "spacy" not in mapped
