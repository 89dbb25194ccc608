"""Many people at once, each writing the next thing once the last was answered."""

import itertools
import socket
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

# One request as bytes; what it is asked for knows how many there have been.
Script = Callable[[int], Iterator[bytes]]
LONGEST_ANSWER = 65536


@dataclass(frozen=True, slots=True)
class Measured:
    """One round: seconds that it took, and each answer's own."""

    seconds: float
    answers: tuple[float, ...]

    @property
    def rate(self) -> float:
        return len(self.answers) / self.seconds


@dataclass(slots=True)
class Crowd:
    """`script(n)` is everything that the n-th connection's people send, one conversation after the
    other; it goes on from round to round."""

    port: int
    script: Script
    at_once: int
    _going: list[Iterator[bytes]] = field(default_factory=list)

    def round(self, seconds: float) -> Measured:
        """Write for so long. Raises RuntimeError for an answer that is not 200."""
        if not self._going:
            self._going = [self.script(number) for number in range(self.at_once)]
        taken: list[list[float]] = [[] for _ in self._going]
        faults: list[str] = []
        until = time.perf_counter() + seconds
        threads = [
            threading.Thread(target=self._write, args=(going, until, times, faults))
            for going, times in zip(self._going, taken, strict=True)
        ]
        started = time.perf_counter()
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        if faults:
            raise RuntimeError(faults[0])
        return Measured(time.perf_counter() - started, tuple(itertools.chain(*taken)))

    def _write(
        self, going: Iterator[bytes], until: float, times: list[float], faults: list[str]
    ) -> None:
        try:
            with socket.create_connection(("127.0.0.1", self.port), timeout=30) as connection:
                connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
                for request in going:
                    began = time.perf_counter()
                    connection.sendall(request)
                    answer = _read(connection)
                    ended = time.perf_counter()
                    if not answer.startswith(b"HTTP/1.1 200"):
                        raise RuntimeError(answer[:500].decode(errors="replace"))
                    times.append(ended - began)
                    if ended > until:
                        return
        except (OSError, RuntimeError) as error:
            faults.append(f"{type(error).__name__}: {error}")


def _read(connection: socket.socket) -> bytes:
    """One answer with its length told, as gunicorn gives it."""
    answer = connection.recv(LONGEST_ANSWER)
    while b"\r\n\r\n" not in answer:
        answer += _more(connection)
    head, _, body = answer.partition(b"\r\n\r\n")
    length = int(head.lower().partition(b"content-length:")[2].split(b"\r\n", 1)[0] or 0)
    while len(body) < length:
        body += _more(connection)
    return head + b"\r\n\r\n" + body


def _more(connection: socket.socket) -> bytes:
    part = connection.recv(LONGEST_ANSWER)
    if not part:
        raise ConnectionError("the server hung up")
    return part
