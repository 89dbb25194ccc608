"""A road to PostgreSQL on which the answer to a commit gets lost: it was committed, and whoever asked is
told by a broken connection, or by SQLSTATE 40003, that nobody knows.

Speaks version 3 of the protocol (PostgreSQL documentation, "Message Formats") without TLS.
"""

import contextlib
import socket
import struct
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from random import Random

FIELDS = b"SERROR\0VERROR\0C40003\0Mresult is ambiguous\0\0"
UNKNOWN = b"E" + struct.pack("!I", 4 + len(FIELDS)) + FIELDS
IDLE = b"Z" + struct.pack("!Ic", 5, b"I")


@dataclass
class DoubtfulRoad:
    """To port `to` on this machine. `share` of the commits of transactions that have said `about` are
    in doubt, by chance; `break_off`: by a broken connection."""

    to: int
    about: str
    break_off: bool
    share: float = 0.0
    doubted: int = 0
    _chance: Random = field(default_factory=lambda: Random(7))
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def __post_init__(self) -> None:
        self._door = socket.create_server(("127.0.0.1", 0))
        self.port = int(self._door.getsockname()[1])
        self._start(self._welcome)

    def close(self) -> None:
        with contextlib.suppress(OSError):
            self._door.shutdown(socket.SHUT_RDWR)
        self._door.close()

    def _welcome(self) -> None:
        with contextlib.suppress(OSError):
            while True:
                near, _ = self._door.accept()
                far = socket.create_connection(("127.0.0.1", self.to))
                in_doubt = threading.Event()
                self._start(self._ask, near, far, in_doubt)
                self._start(self._answer, far, near, in_doubt)

    def _ask(self, near: socket.socket, far: socket.socket, in_doubt: threading.Event) -> None:
        concerned, about = False, self.about.encode()
        with _closing(near, far):
            # The first message has no type.
            (length,) = struct.unpack("!I", head := _exactly(near, 4))
            far.sendall(head + _exactly(near, length - 4))
            while True:
                message = _message(near)
                if message[5:].startswith(b"COMMIT"):
                    if concerned and self._draw():
                        in_doubt.set()
                    concerned = False
                concerned = concerned or about in message
                far.sendall(message)

    def _draw(self) -> bool:
        with self._lock:
            drawn = self._chance.random() < self.share
            self.doubted += drawn
            return drawn

    def _answer(self, far: socket.socket, near: socket.socket, in_doubt: threading.Event) -> None:
        with _closing(near, far):
            while True:
                message = _message(far)
                if message[:1] == b"K":
                    # Announced as by a pooler, under a number of its own: nothing is prepared, and
                    # every statement can be read here.
                    message = message[:5] + struct.pack("!I", 1) + message[9:]
                if not in_doubt.is_set():
                    near.sendall(message)
                elif message[:1] == b"Z":
                    # It is committed by now.
                    if self.break_off:
                        return
                    in_doubt.clear()
                    near.sendall(UNKNOWN + IDLE)

    def _start(self, work, *sockets: object) -> None:
        threading.Thread(target=work, args=sockets, daemon=True).start()


def _message(source: socket.socket) -> bytes:
    head = _exactly(source, 5)
    return head + _exactly(source, struct.unpack("!I", head[1:])[0] - 4)


def _exactly(source: socket.socket, size: int) -> bytes:
    found = b""
    while len(found) < size:
        piece = source.recv(size - len(found))
        if not piece:
            raise ConnectionResetError
        found += piece
    return found


@contextlib.contextmanager
def _closing(*ends: socket.socket) -> Iterator[None]:
    """Both, as soon as either does."""
    try:
        with contextlib.suppress(OSError):
            yield
    finally:
        for end in ends:
            with contextlib.suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)
            end.close()
