"""Server-sent events: what is on the screens, whenever it changes.

Source: WHATWG HTML, "Server-sent events": `data:` and `retry:` fields, and comments that keep a
connection open.
"""

import threading
import time
from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from bot.lab.bell import Bell

# Each holds a thread of the server, of which there are 16.
MOST_STREAMS = 4
HEARTBEAT = 15.0
# A page whose browser vanished without a word keeps its thread no longer than this, in seconds.
LONGEST = 600.0
RETRY_MS = 2000


@dataclass(eq=False, slots=True)
class _Stream:
    ended: bool = False


class Streams:
    """The open ones. A new one ends the oldest when there are too many: its page asks again."""

    def __init__(
        self, bell: Bell, *, most: int = MOST_STREAMS, heartbeat: float = HEARTBEAT
    ) -> None:
        self._bell = bell
        self._most = most
        self._heartbeat = heartbeat
        self._lock = threading.Lock()
        self._open: deque[_Stream] = deque()

    def open(self, draw: Callable[[], str]) -> Iterator[str]:
        """What `draw` gives (one line), at once and whenever it gives something else."""
        stream = _Stream()
        with self._lock:
            self._open.append(stream)
            while len(self._open) > self._most:
                self._open.popleft().ended = True
        self._bell.ring()
        return self._events(stream, draw)

    def _events(self, stream: _Stream, draw: Callable[[], str]) -> Iterator[str]:
        last = None
        until = time.monotonic() + LONGEST
        try:
            yield f"retry: {RETRY_MS}\n\n"
            while not stream.ended and time.monotonic() < until:
                heard = self._bell.count
                drawn = draw()
                yield f"data: {drawn}\n\n" if drawn != last else ": still here\n\n"
                last = drawn
                self._bell.wait(heard, self._heartbeat)
        finally:
            with self._lock:
                if stream in self._open:
                    self._open.remove(stream)
