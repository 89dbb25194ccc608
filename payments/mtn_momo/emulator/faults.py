"""What can go wrong at MTN, on demand."""

import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class Trouble(StrEnum):
    """Of a request to pay: SLOW is answered late, BUSY with 429 and BROKEN with 500, and neither of
    these is taken; DROPPED is taken, but its connection ends without an answer. Of a call back: it is
    LOST, comes TWICE or LATE, or is LYING, which says the opposite of what happened."""

    SLOW = "slow"
    BUSY = "busy"
    BROKEN = "broken"
    DROPPED = "dropped"
    LOST = "lost"
    TWICE = "twice"
    LATE = "late"
    LYING = "lying"


@dataclass(frozen=True, slots=True)
class Hit:
    """One thing that goes wrong. `seconds`: how late, or when to ask again."""

    trouble: Trouble
    seconds: float = 0.0


def calm(_: Mapping[str, object]) -> Hit | None:
    """Nothing goes wrong."""
    return None


@dataclass(slots=True)
class Faults:
    """Standing faults, and some for the next requests only.

    Callbacks: `drop_callbacks` never sends them, `double_callbacks` sends each twice,
    `late_callbacks` waits so many seconds. Requests: of the next ones, `conflicts` are answered 409
    though they were new, `errors` are answered 500 and not taken, `dropped` are taken but the
    connection ends without an answer, `refused_tokens` are answered 401. Reading: `unreadable` status
    requests are answered 503; `pending_for_ever` hides every answer of a wallet's holder; the next
    approval takes `other_amount` instead of what was asked; `refund_reason` fails refunds with that
    reason. `slow` is a pause in seconds before each answer. `at_request` and `at_callback` decide by the
    JSON of the one in hand.
    """

    drop_callbacks: bool = False
    double_callbacks: bool = False
    late_callbacks: float = 0.0
    conflicts: int = 0
    errors: int = 0
    dropped: int = 0
    refused_tokens: int = 0
    unreadable: int = 0
    pending_for_ever: bool = False
    other_amount: str | None = None
    refund_reason: str | None = None
    slow: float = 0.0
    at_request: Callable[[Mapping[str, object]], Hit | None] = calm
    at_callback: Callable[[Mapping[str, object]], Hit | None] = calm
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def spend(self, name: str) -> bool:
        """Whether the next one of this kind is to go wrong; counts it down."""
        with self._lock:
            left = int(getattr(self, name))
            if left > 0:
                setattr(self, name, left - 1)
            return left > 0

    def take_other_amount(self) -> str | None:
        """The amount to take instead, once."""
        with self._lock:
            amount, self.other_amount = self.other_amount, None
            return amount
