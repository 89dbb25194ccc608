"""What goes wrong with a provider's API."""

import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass

from channels.emulated.road import Parcel


@dataclass(frozen=True, slots=True)
class Mishap:
    """One thing going wrong. `status` 0 is none; `slow` is in seconds.

    `drop` accepts the message and breaks the connection instead of answering.
    """

    status: int = 0
    code: int | None = None
    retry_after: int | None = None
    slow: float = 0.0
    drop: bool = False


def nothing(_: Parcel) -> Mishap | None:
    """A provider that is well."""
    return None


class Mishaps:
    """What is to go wrong with the next sends, in order. When nothing waits, `otherwise` is asked, which
    may be set to decide by what is being sent. Thread-safe."""

    def __init__(self) -> None:
        self._waiting: deque[Mishap] = deque()
        self.otherwise: Callable[[Parcel], Mishap | None] = nothing

    def next(self, mishap: Mishap, times: int = 1) -> None:
        self._waiting.extend([mishap] * times)

    def clear(self) -> None:
        self._waiting.clear()

    def take(self, sent: Parcel) -> Mishap:
        """The mishap of the send that is being served, after its slowness was waited out."""
        try:
            mishap = self._waiting.popleft()
        except IndexError:
            mishap = self.otherwise(sent) or Mishap()
        time.sleep(mishap.slow)
        return mishap
