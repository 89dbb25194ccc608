"""Tells the open pages of the lab that something on a handset changed."""

import threading


class Bell:
    """Rung by the emulators, waited for by the streams. Thread-safe; `ring` never waits."""

    def __init__(self) -> None:
        self._rung = threading.Condition()
        self._count = 0

    @property
    def count(self) -> int:
        """How often it was rung so far."""
        with self._rung:
            return self._count

    def ring(self) -> None:
        with self._rung:
            self._count += 1
            self._rung.notify_all()

    def wait(self, heard: int, seconds: float) -> int:
        """The count once it has passed `heard`, or as it is after `seconds`."""
        with self._rung:
            self._rung.wait_for(lambda: self._count != heard, seconds)
            return self._count
