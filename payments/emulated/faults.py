"""What can go wrong at a payment provider, on demand."""

import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum


class Move(StrEnum):
    """What money is asked to do: leave a customer's wallet, go back to it, or be paid out."""

    CHARGE = "charge"
    REFUND = "refund"
    PAYOUT = "payout"


@dataclass(frozen=True, slots=True)
class Asked:
    """What a request or a call back is about. `phone` is the customer's E.164, empty where it is not
    known; `amount` is in major units."""

    move: Move
    reference: str
    phone: str
    amount: str
    currency: str


class Trouble(StrEnum):
    """Of a request: SLOW is answered late, BUSY with 429 and BROKEN with 500, and neither of these two is
    taken; DROPPED is taken, but its connection ends without an answer; FELL is taken, and answered 500;
    STALLED is taken at once and answered late, so that whoever waits can be killed meanwhile.

    Of a call back: it is LOST on the way (a provider that tries again does), GONE for good, comes TWICE
    or LATE, is OVERTAKEN by the next one, or is LYING, which says the opposite of what happened."""

    SLOW = "slow"
    BUSY = "busy"
    BROKEN = "broken"
    DROPPED = "dropped"
    FELL = "fell"
    STALLED = "stalled"
    LOST = "lost"
    GONE = "gone"
    TWICE = "twice"
    LATE = "late"
    OVERTAKEN = "overtaken"
    LYING = "lying"


@dataclass(frozen=True, slots=True)
class Hit:
    """One thing that goes wrong. `seconds`: how late, when to ask again, or how long it is held back at
    most."""

    trouble: Trouble
    seconds: float = 0.0


def calm(_: Asked) -> Hit | None:
    """Nothing goes wrong."""
    return None


@dataclass(slots=True)
class Faults:
    """Standing faults, and some for the next requests only.

    Callbacks: `drop_callbacks` never sends them, `double_callbacks` sends each twice,
    `late_callbacks` waits so many seconds. Requests: of the next ones, `conflicts` are answered as known
    already though they were new, `busy` are answered 429 and `errors` 500 and not taken, `fell` are taken
    and answered 500, `dropped` are taken but the connection ends without an answer, `refused_tokens` are
    answered 401. Reading: `unreadable` status requests are answered 503; `pending_for_ever` hides every
    answer of a wallet's holder. The next approval takes `other_amount` or `other_currency` instead of
    what was asked. `refund_reason` and `payout_reason` fail what is sent with that reason, `slow_sending`
    leaves it waiting until it is settled. `slow` is a pause in seconds before each answer. `at_request`
    and `at_callback` decide about the one in hand.
    """

    drop_callbacks: bool = False
    double_callbacks: bool = False
    late_callbacks: float = 0.0
    conflicts: int = 0
    busy: int = 0
    errors: int = 0
    fell: int = 0
    dropped: int = 0
    refused_tokens: int = 0
    unreadable: int = 0
    pending_for_ever: bool = False
    other_amount: str | None = None
    other_currency: str | None = None
    refund_reason: str | None = None
    payout_reason: str | None = None
    slow_sending: bool = False
    slow: float = 0.0
    at_request: Callable[[Asked], Hit | None] = calm
    at_callback: Callable[[Asked], Hit | None] = calm
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def spend(self, name: str) -> bool:
        """Whether the next one of this kind is to go wrong; counts it down."""
        with self._lock:
            left = int(getattr(self, name))
            if left > 0:
                setattr(self, name, left - 1)
            return left > 0

    def take_other(self, name: str) -> str | None:
        """The amount or the currency to take instead, once."""
        with self._lock:
            other: str | None = getattr(self, name)
            setattr(self, name, None)
            return other
