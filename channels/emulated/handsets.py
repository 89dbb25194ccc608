"""What every emulated provider keeps."""

import threading
import uuid
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Generic, Protocol, TypeVar

from channels.emulated.mishaps import Mishaps
from channels.emulated.road import Road
from channels.emulated.webhooks import LoopbackPost

RECEIPT_THREADS = 4


def unheard() -> None:
    """The observer of an emulator that nobody watches."""


def hex_id() -> str:
    return uuid.uuid4().hex


def utc_now() -> datetime:
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class Play:
    """How every emulator may be told to play. `receipts` are the statuses that follow every accepted
    message by themselves, each after `receipt_gap` seconds. `again` are the pauses, in seconds, after
    which a webhook that was not answered is brought again. `on_change` is called when a message was
    taken or its status changed. `new_id` gives what is unlike anything given before."""

    receipts: tuple[str, ...] = ()
    receipt_gap: float = 0.0
    again: tuple[float, ...] = ()
    on_change: Callable[[], None] = unheard
    new_id: Callable[[], str] = field(default=hex_id)
    now: Callable[[], datetime] = field(default=utc_now)


class Delivered(Protocol):
    """A message that a provider took, as far as its handsets need to know it."""

    @property
    def to(self) -> str: ...


M = TypeVar("M", bound=Delivered)


class Handsets(Generic[M]):
    """The messages that a provider took, how far each came, what goes wrong next with its API (`mishaps`)
    and on the way of its webhooks (`road`). `post` is closed with it where it keeps connections."""

    def __init__(self, name: str, post: object, play: Play) -> None:
        self.messages: list[M] = []
        self.statuses: dict[str, str] = {}
        self.mishaps = Mishaps()
        self.road = Road(play.again)
        self._post = post
        self._on_change = play.on_change
        self._lock = threading.Lock()
        self._receipts = ThreadPoolExecutor(RECEIPT_THREADS, thread_name_prefix=name)

    def close(self) -> None:
        """Waits for receipts that are on their way, and lets its connections go."""
        self.road.close()
        self._receipts.shutdown()
        if isinstance(self._post, LoopbackPost):
            self._post.close()

    def messages_to(self, person: str) -> list[M]:
        """What a handset received, oldest first."""
        with self._lock:
            return [message for message in self.messages if message.to == person]

    def keep(self, message: M, identifier: str, status: str) -> None:
        """One more message, at its first status."""
        with self._lock:
            self.messages.append(message)
        self.move(identifier, status)

    def move(self, identifier: str, status: str) -> None:
        """A message has come further."""
        self.statuses[identifier] = status
        self._on_change()
