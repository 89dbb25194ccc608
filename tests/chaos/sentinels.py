"""A Redis master with a replica, and three sentinels that put the one in the other's place."""

import subprocess
from collections.abc import Sequence
from pathlib import Path

from redis import Redis, RedisError

from tests.e2e.house import eventually
from tests.fakes.quiet_ports import quiet_port

NAME = "main"
# Milliseconds without an answer after which a sentinel takes the master for dead.
DEAD_AFTER = 1000


class Sentinels:
    """Their files are in `data`. The servers are known by their ports; they keep nothing on disk."""

    def __init__(self, data: Path) -> None:
        self._data = data
        self.first, self.second = quiet_port(), quiet_port()
        self.watching = [quiet_port() for _ in range(3)]
        self._running: dict[int, subprocess.Popen[bytes]] = {}

    @property
    def url(self) -> str:
        hosts = ",".join(f"127.0.0.1:{port}" for port in self.watching)
        return f"redis+sentinel://{hosts}/{NAME}/0"

    def start(self) -> None:
        """All of them, and knowing one another when this returns."""
        self.start_server(self.first)
        self.start_server(self.second, "--replicaof", "127.0.0.1", str(self.first))
        for port in self.watching:
            file = self._data / f"sentinel-{port}.conf"
            file.write_text(
                f"bind 127.0.0.1\nport {port}\n"
                f"sentinel monitor {NAME} 127.0.0.1 {self.first} 2\n"
                f"sentinel down-after-milliseconds {NAME} {DEAD_AFTER}\n"
                f"sentinel failover-timeout {NAME} 5000\n"
            )
            self._spawn(port, (str(file), "--sentinel"))
        eventually(lambda: all(map(self._knows_all, self.watching)), "sentinels", 30)

    def start_server(self, port: int, *more: str) -> None:
        keeps_nothing = ("--save", "", "--appendonly", "no", "--repl-diskless-sync-delay", "0")
        here = ("--bind", "127.0.0.1", "--port", str(port))
        self._spawn(port, (*here, *keeps_nothing, *more))

    def master(self) -> int:
        """The port of the master, as the last sentinel sees it."""
        with Redis(port=self.watching[-1]) as sentinel:
            return int(sentinel.sentinel_masters()[NAME]["port"])

    def role(self, port: int) -> str:
        """ "master" or "slave"; "" where nobody answers."""
        try:
            with Redis(port=port, socket_timeout=1) as server:
                return str(server.info("replication")["role"])
        except RedisError:
            return ""

    def kill(self, port: int) -> None:
        """Without a word."""
        process = self._running.pop(port)
        process.kill()
        process.wait()

    def stop(self) -> None:
        for port in tuple(self._running):
            self.kill(port)

    def _knows_all(self, port: int) -> bool:
        try:
            with Redis(port=port, socket_timeout=1) as sentinel:
                seen = sentinel.sentinel_masters()[NAME]
        except RedisError:
            return False
        return (seen["num-other-sentinels"], seen["num-slaves"]) == (2, 1)

    def _spawn(self, port: int, words: Sequence[str]) -> None:
        with (self._data / f"redis-{port}.log").open("ab") as output:
            self._running[port] = subprocess.Popen(
                ("redis-server", *words), cwd=self._data, stdout=output, stderr=output
            )
