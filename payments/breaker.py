"""A rail that fails fast while its provider is down: whoever asks is not kept waiting, and a provider that
comes back is not met by everybody at once."""

import threading
from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import TypeVar
from uuid import UUID

import structlog

from flows.ports.payments import Fit, NextStep, Way
from payments.charge import (
    Callback,
    Charge,
    Limits,
    PayoutRequest,
    RailStatus,
    Reason,
    RefundRequest,
    Submission,
)
from payments.errors import PaymentError
from payments.rail import Ability, Rail

log = structlog.get_logger(__name__)

T = TypeVar("T")

# So many requests in a row without an answer open it, for so many seconds; then one is let through to
# see, and the others wait for what becomes of it.
MOST_IN_A_ROW = 5
RESTS = 10.0


class Breaker:
    """Counts what happens to the requests of one account. `clock` is in seconds, monotonic. Thread-safe."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._lock = threading.Lock()
        self._in_a_row = 0
        self._until = 0.0

    def call(self, name: str, request: Callable[[], T]) -> T:
        """Raises PaymentError at once, and nothing has left, while it is open."""
        self._pass(name)
        try:
            answer = request()
        except PaymentError as error:
            # A provider that refuses us has answered.
            self._failed(name) if not error.permanent else self._answered()
            raise
        self._answered()
        return answer

    def _pass(self, name: str) -> None:
        with self._lock:
            if self._in_a_row < MOST_IN_A_ROW:
                return
            left = self._until - self._clock()
            if left <= 0:
                # This one goes to see; the next may when it has failed, or has taken too long.
                self._until = self._clock() + RESTS
                return
        raise PaymentError(f"{name} rests after {MOST_IN_A_ROW} failures", retry_after=left)

    def _failed(self, name: str) -> None:
        with self._lock:
            self._in_a_row += 1
            if self._in_a_row >= MOST_IN_A_ROW:
                self._until = self._clock() + RESTS
            opened = self._in_a_row == MOST_IN_A_ROW
        if opened:
            log.warning("a rail rests", rail=name, seconds=RESTS)

    def _answered(self) -> None:
        with self._lock:
            self._in_a_row = 0


class Guarded:
    """`rail`, whose every request goes through one breaker."""

    def __init__(self, rail: Rail, breaker: Breaker) -> None:
        self._rail = rail
        self._breaker = breaker
        self._abroad: dict[str, Guarded] = {}

    def in_country(self, country: str) -> Rail:
        """Always the same one for a country, behind the same breaker."""
        there = self._rail.in_country(country)
        if there is self._rail:
            return self
        return self._abroad.setdefault(country, Guarded(there, self._breaker))

    @property
    def name(self) -> str:
        return self._rail.name

    @property
    def way(self) -> Way:
        return self._rail.way

    @property
    def window(self) -> timedelta:
        return self._rail.window

    @property
    def reasons(self) -> Mapping[str, Reason]:
        return self._rail.reasons

    def serves(self, country: str, currency: str) -> bool:
        return self._rail.serves(country, currency)

    def fit(self, phone: str) -> Fit:
        return self._rail.fit(phone)

    def limits(self, currency: str) -> Limits:
        return self._rail.limits(currency)

    def can(self, ability: Ability) -> bool:
        return self._rail.can(ability)

    def request(self, charge: Charge) -> Submission:
        return self._through(lambda: self._rail.request(charge))

    def submit_code(self, charge: Charge, code: str) -> Submission:
        return self._through(lambda: self._rail.submit_code(charge, code))

    def status(self, reference: UUID) -> RailStatus:
        return self._through(lambda: self._rail.status(reference))

    def status_of(self, reference: UUID, provider_id: str | None) -> RailStatus:
        return self._through(lambda: self._rail.status_of(reference, provider_id))

    def refund(self, refund: RefundRequest) -> Submission:
        return self._through(lambda: self._rail.refund(refund))

    def refund_status(self, refund: RefundRequest) -> RailStatus:
        return self._through(lambda: self._rail.refund_status(refund))

    def payout(self, payout: PayoutRequest) -> Submission:
        return self._through(lambda: self._rail.payout(payout))

    def payout_status(self, payout: PayoutRequest) -> RailStatus:
        return self._through(lambda: self._rail.payout_status(payout))

    def holder_name(self, phone: str) -> str | None:
        return self._through(lambda: self._rail.holder_name(phone))

    def read_callback(self, path: str, headers: Mapping[str, str], body: bytes) -> Callback | None:
        return self._rail.read_callback(path, headers, body)

    def next_step(self, code: str | None) -> NextStep:
        return self._rail.next_step(code)

    def _through(self, request: Callable[[], T]) -> T:
        return self._breaker.call(self.name, request)
