"""Real processes of Sokoni, started and ended by their ids."""

import contextlib
import os
import signal
import subprocess
import sys
import time
from collections.abc import Mapping
from pathlib import Path

ROOT = Path(__file__).parents[2]
COMMANDS: Mapping[str, tuple[str, ...]] = {
    "web": (sys.executable, "-m", "gunicorn", "wsgi:app"),
    "worker": (sys.executable, "-m", "bot.worker"),
    "clock": (sys.executable, "-m", "bot.clock"),
}


class Processes:
    """Their output goes to one file for each in `logs`."""

    def __init__(self, environment: Mapping[str, str], logs: Path) -> None:
        inherited = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
        self.environment = {**inherited, "PYTHONDONTWRITEBYTECODE": "1", **environment}
        self._logs = logs
        self._running: dict[str, subprocess.Popen[bytes]] = {}

    def start(self, *names: str, **more: str) -> None:
        """ "web", "worker" or "clock"; "web-2" is one more of its kind. `more` is set for these only."""
        for name in names:
            self._spawn(name, COMMANDS[name.partition("-")[0]], more)

    def start_redis(self, port: int) -> None:
        """A Redis that keeps nothing."""
        keeps_nothing = ("--save", "", "--appendonly", "no", "--dir", str(self._logs))
        here = ("--bind", "127.0.0.1", "--port", str(port))
        self._spawn("redis", ("redis-server", *here, *keeps_nothing))

    def _spawn(
        self, name: str, command: tuple[str, ...], more: Mapping[str, str] | None = None
    ) -> None:
        environment = {**self.environment, **(more or {})}
        with self._log(name).open("ab") as output:
            self._running[name] = subprocess.Popen(
                command, cwd=ROOT, env=environment, stdout=output, stderr=output
            )

    def alive(self, name: str) -> bool:
        return self._running[name].poll() is None

    def kill(self, name: str) -> None:
        """As the kernel does when memory is short: without a word."""
        process = self._running.pop(name)
        process.kill()
        process.wait()

    def kill_child(self, name: str) -> None:
        """One of the processes that `name` has forked."""
        os.kill(self.children(name)[0], signal.SIGKILL)

    def kill_family(self, name: str) -> None:
        """It and all that it has forked, at one blow."""
        children = self.children(name)
        self.kill(name)
        for child in children:
            with contextlib.suppress(ProcessLookupError):
                os.kill(child, signal.SIGKILL)

    def pid(self, name: str) -> int:
        return self._running[name].pid

    def children(self, name: str) -> list[int]:
        pid = self.pid(name)
        found = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
        return [int(child) for child in found]

    def end(self, name: str, patience: float = 15.0) -> tuple[int, float]:
        """Ask it to stop: its exit code, and how many seconds it took."""
        process = self._running.pop(name)
        started = time.monotonic()
        process.terminate()
        try:
            code = process.wait(patience)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
            raise AssertionError(f"{name} does not stop: {self.said(name)[-2000:]}") from None
        return code, time.monotonic() - started

    def wait(self, name: str, patience: float = 20.0) -> int:
        """The exit code of a process that ends by itself."""
        code = self._running[name].wait(patience)
        del self._running[name]
        return code

    def said(self, name: str) -> str:
        return self._log(name).read_text()

    def stop(self) -> None:
        """End whatever still runs, and its children."""
        for name in tuple(self._running):
            (self.kill_family if self.alive(name) else self.kill)(name)

    def _log(self, name: str) -> Path:
        return self._logs / f"{name}.log"
