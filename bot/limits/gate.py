"""What is decided about a message before its turn: nothing is lost by it, and while nobody can count
everything is let through."""

import hashlib
import uuid
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import partial

import structlog
from prometheus_client import Counter
from redis import Redis, RedisError
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError

from bot.limits import in_books
from bot.limits.breaker import Breaker
from bot.limits.in_redis import RedisCounts
from bot.limits.verdict import (
    LINE_WINDOW,
    SENDER_WINDOW,
    Allowances,
    Asked,
    Count,
    Verdict,
    Visit,
)
from channels.channel import Inbound, Incoming, Medium
from intents.keywords import is_stop
from intents.language_files import known_locales
from store.transaction import Sessions, run

log = structlog.get_logger(__name__)

# Seconds for which neither Redis nor the database is asked again after it failed.
REST = 5.0
STOP = "stop"
# No word that ends all sending is longer.
LONGEST_STOP = 40


def _limited() -> Counter:
    return Counter(
        "sokoni_process_limited",
        "Messages that had no turn at once, and pages and pictures not shown, in this process.",
        ("verdict",),
        registry=None,
    )


@dataclass(frozen=True, slots=True)
class Limits:
    """`secret` keeps digests from being guessed. `limited` counts what was not let through."""

    redis: Redis
    allowances: Allowances
    secret: bytes = field(repr=False)
    languages: tuple[str, ...] = field(default_factory=known_locales)
    limited: Counter = field(default_factory=_limited, repr=False)
    _redis: Breaker = field(default_factory=partial(Breaker, REST))
    _books: Breaker = field(default_factory=partial(Breaker, REST))

    def judge(self, told: Incoming, now: datetime, sessions: Sessions) -> Verdict:
        """One round trip to Redis. While it is away the database counts, in `sessions`; while both are
        away nobody does. Raises nothing."""
        if not isinstance(told, Inbound):
            return Verdict.OPEN
        verdict = self._counted(self._asked(told), now, sessions)
        if verdict is not Verdict.OPEN:
            self.limited.labels(verdict.value).inc()
        return verdict

    def admit(self, kind: Visit, visitor: str | None, now: datetime, sessions: Sessions) -> Verdict:
        """Whether a page or a picture is shown to somebody. `visitor` is what tells them from others, None
        where nothing does: then only all of its kind together count. Raises nothing."""
        most, of_all = self.allowances.of_visits(kind)
        alone = Count(self._digest("visitor", kind, visitor or ""), most, SENDER_WINDOW)
        together = Count(self._digest("visitors", kind), of_all, SENDER_WINDOW)
        asked = Asked(
            key=self._digest("visit", uuid.uuid4().hex),
            sender=alone if visitor is not None else replace(alone, most=of_all),
            line=together,
            known_by=("", "", "", ""),
        )
        verdict = self._counted(asked, now, sessions)
        if verdict is not Verdict.OPEN:
            self.limited.labels(f"{kind.value}-{verdict.value}").inc()
        return verdict

    def _counted(self, asked: Asked, now: datetime, sessions: Sessions) -> Verdict:
        if self._redis.may_ask():
            try:
                verdict = RedisCounts(self.redis).judge(asked, now)
            except RedisError as error:
                log.warning("limits are counted in the database", error=type(error).__name__)
                self._redis.failed()
            else:
                self._redis.worked()
                return verdict
        if self._books.may_ask():
            try:
                verdict = run(sessions, lambda session: in_books.judge(session, asked, now))
            except (DBAPIError, PoolTimeoutError) as error:
                log.warning("nobody counts for the limits", error=type(error).__name__)
                self._books.failed()
            else:
                self._books.worked()
                return verdict
        return Verdict.OPEN

    def _asked(self, told: Inbound) -> Asked:
        line = (told.medium.value, told.provider, told.address)
        who = told.sender.phone or told.sender.user_id or ""
        kind, most = self._kind(told)
        return Asked(
            key=self._digest("message", *line, told.message_id),
            sender=Count(self._digest(kind, *line, who), most, SENDER_WINDOW),
            line=Count(self._digest("line", *line), self.allowances.turns, LINE_WINDOW),
            known_by=(*line, told.message_id),
        )

    def _kind(self, told: Inbound) -> tuple[str, int]:
        """What a message counts as, and how many of these are allowed. A STOP counts apart: it works
        however much was written before it."""
        if told.medium is Medium.USSD:
            return "hop", self.allowances.hops
        stops = told.choice == STOP or (
            len(told.text) <= LONGEST_STOP and is_stop(told.text, self.languages)
        )
        return (STOP if stops else "message"), self.allowances.messages

    def _digest(self, *parts: str) -> str:
        """Something to count by that nobody can be called on."""
        told = "\x1f".join(parts).encode(errors="surrogatepass")
        return hashlib.blake2b(told, key=self.secret, digest_size=16).hexdigest()
