"""Where verified messages wait while the database is away: one file each, on a disk that outlives the
process, and replayed oldest first before anything newer."""

import fcntl
import os
import time
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from pydantic import TypeAdapter

from channels.channel import Inbound


@dataclass(frozen=True, slots=True)
class Kept:
    """A message that waits. Only messages of the platform's own accounts can be verified without the
    database, so the provider's name says which account signed it."""

    inbound: Inbound
    received_at: datetime


KEPT = TypeAdapter(Kept)


@dataclass(frozen=True, slots=True)
class Spool:
    """One directory for all processes of a machine."""

    directory: Path

    def keep(self, inbound: Inbound, received_at: datetime) -> None:
        """On disk, and sure to be there, when this returns. Raises OSError when the disk refuses."""
        self.directory.mkdir(parents=True, exist_ok=True)
        name = f"{time.time_ns():020d}-{uuid.uuid4().hex}"
        written = self.directory / f"{name}.part"
        with written.open("wb") as file:
            file.write(KEPT.dump_json(Kept(inbound, received_at)))
            file.flush()
            os.fsync(file.fileno())
        written.rename(self.directory / f"{name}.json")
        _sync(self.directory)

    def waiting(self) -> bool:
        """Whether anything is there: then newer messages must wait behind it."""
        try:
            with os.scandir(self.directory) as found:
                return any(entry.name.endswith(".json") for entry in found)
        except FileNotFoundError:
            return False

    def replay(self, accept: Callable[[Kept], None]) -> int:
        """Hand over what waits, oldest first; each is forgotten once `accept` returns. What `accept`
        raises ends the replay and leaves the rest. Another process at it: nothing is done."""
        done = 0
        with self._alone() as mine:
            while mine and (names := self._names()):
                for name in names:
                    accept(KEPT.validate_json((self.directory / name).read_bytes()))
                    (self.directory / name).unlink()
                    done += 1
        return done

    def _names(self) -> list[str]:
        return sorted(path.name for path in self.directory.glob("*.json"))

    @contextmanager
    def _alone(self) -> Iterator[bool]:
        self.directory.mkdir(parents=True, exist_ok=True)
        with (self.directory / "lock").open("w") as lock:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                yield False
                return
            yield True


def _sync(directory: Path) -> None:
    handle = os.open(directory, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
