"""A messaging provider in memory: it takes what is sent, or answers as it was told to."""

import threading
import time
from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from channels.channel import Account, Incoming, Outbound, Sent, WebRequest

Answer = Sent | Exception


@dataclass
class FakeProvider:
    """Implements `Channel`. `answers` are given first, in order; `during` is called in each send;
    `slow` is how many seconds each takes."""

    provider: str = "twilio"
    answers: deque[Answer] = field(default_factory=deque)
    sent: list[Outbound] = field(default_factory=list)
    slow: float = 0.0
    during: Callable[[Outbound], None] = lambda _: None
    _lock: threading.Lock = field(default_factory=threading.Lock)

    @property
    def texts(self) -> list[str]:
        return [message.text for message in self.sent]

    def account_of(self, request: WebRequest) -> str | None:
        return None

    def verify(self, request: WebRequest, account: Account) -> None:
        pass

    def read(self, request: WebRequest, account: Account) -> Sequence[Incoming]:
        return ()

    def send(self, message: Outbound, account: Account) -> Sent:
        with self._lock:
            self.sent.append(message)
            number = len(self.sent)
            answer = self.answers.popleft() if self.answers else Sent(f"SM{number:032d}")
        self.during(message)
        time.sleep(self.slow)
        if isinstance(answer, Exception):
            raise answer
        return answer
