"""Where verified requests wait while the database is away: one file for each thing told, on a disk that
outlives the process, replayed oldest first before anything newer."""

import fcntl
import os
import time
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from uuid import UUID

import structlog
from pydantic import TypeAdapter, ValidationError

from bot.limits import Verdict
from channels.channel import Incoming

log = structlog.get_logger(__name__)

# What nobody could take in stays beside the others under this ending, for somebody to look at.
ASIDE = ".aside"


class SpoolError(Exception):
    """Nothing was kept: the disk is full or may not be written."""


class RefusedError(Exception):
    """What was kept cannot be taken in, now or later: it is put aside, so that it blocks nothing."""


@dataclass(frozen=True, slots=True)
class Kept:
    """What waits. `claim` is by what the account that signed it is found again; it is no secret.
    `reference` is our own id of the message that a receipt is for, `verdict` whether it may have a
    turn."""

    told: Incoming
    received_at: datetime
    claim: str
    reference: UUID | None = None
    verdict: Verdict = Verdict.OPEN


KEPT = TypeAdapter(Kept)


@dataclass(frozen=True, slots=True)
class Spool:
    """One directory for all processes of a machine."""

    directory: Path

    def keep(self, kept: Kept) -> None:
        """On disk, and sure to be there, when this returns. Raises SpoolError."""
        try:
            self._write(KEPT.dump_json(kept))
        except OSError as error:
            log.critical("neither the database nor the disk takes messages", error=error.strerror)
            raise SpoolError(error.strerror) from error

    def _write(self, data: bytes) -> None:
        self.directory.mkdir(mode=0o700, parents=True, exist_ok=True)
        name = f"{time.time_ns():020d}-{uuid.uuid4().hex}"
        written = self.directory / f"{name}.part"
        # It names people, and tells what they wrote.
        with open(written, "wb", opener=_for_us_alone) as file:
            file.write(data)
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
        """Hand over what waits, oldest first; each is forgotten once `accept` returns, and put aside
        when it raises RefusedError or cannot be read. What else `accept` raises ends the replay and
        leaves the rest. Another process at it: nothing is done. Returns how many were accepted."""
        done = 0
        with self._alone() as mine:
            while mine and (files := sorted(self.directory.glob("*.json"))):
                for file in files:
                    done += self._hand_over(file, accept)
        return done

    def _hand_over(self, file: Path, accept: Callable[[Kept], None]) -> bool:
        try:
            accept(KEPT.validate_json(file.read_bytes()))
        except (ValidationError, RefusedError) as error:
            log.error("put aside from the spool", file=file.name, error=type(error).__name__)
            file.rename(file.with_suffix(ASIDE))
            return False
        file.unlink()
        return True

    @contextmanager
    def _alone(self) -> Iterator[bool]:
        self.directory.mkdir(mode=0o700, parents=True, exist_ok=True)
        with (self.directory / "lock").open("w") as lock:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                yield False
                return
            yield True


def _for_us_alone(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)


def _sync(directory: Path) -> None:
    handle = os.open(directory, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
