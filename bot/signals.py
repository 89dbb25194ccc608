"""What a process of its own does when it is told to stop."""

import signal
import threading
from collections.abc import Callable
from types import FrameType


def when_told_to_stop(act: Callable[[], None]) -> None:
    """Have `act` called on SIGTERM or Ctrl-C. From a thread: a handler interrupts the main thread
    anywhere, also where it holds the very lock that `act` would wait for."""

    def handle(_signal: int, _frame: FrameType | None) -> None:
        threading.Thread(target=act, name="stopping").start()

    signal.signal(signal.SIGTERM, handle)
    signal.signal(signal.SIGINT, handle)
