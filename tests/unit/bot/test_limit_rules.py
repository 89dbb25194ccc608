"""Counting for the limits: by whom, for how long, and what happens when Redis is away."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from fakeredis import FakeRedis, FakeServer
from sqlalchemy import Engine

from bot.limits import Allowances, Limits, Verdict
from bot.limits.breaker import Breaker
from bot.limits.gate import REST
from bot.limits.in_redis import PREFIX, RedisCounts
from bot.limits.verdict import LINE_WINDOW, SENDER_WINDOW, Asked, Count
from channels.channel import Inbound, Medium, Noted, Sender, Session
from store.transaction import Sessions, open_engine, open_sessions

NOW = datetime(2026, 11, 25, 9, 0, tzinfo=UTC)
AMINA, BINTI = "+256772000001", "+256772000002"
LET_THROUGH = [Verdict.OPEN] * 3
FULL = [*LET_THROUGH, Verdict.FIRST_TOO_MANY, Verdict.TOO_MANY, Verdict.TOO_MANY]


class Counted:
    """Numbers for message ids."""

    def __init__(self) -> None:
        self.last = 0

    def message(
        self, phone: str = AMINA, text: str = "hi", address: str = "+256312000001", **more: object
    ) -> Inbound:
        self.last += 1
        sender = Sender(phone)
        made = Inbound(
            Medium.WHATSAPP, "twilio", "AC1", address, sender, f"SM{self.last}", text=text
        )
        return replace(made, **more)  # type: ignore[arg-type]


@pytest.fixture
def new() -> Counted:
    return Counted()


@pytest.fixture
def server() -> FakeServer:
    return FakeServer()


@pytest.fixture
def redis(server: FakeServer) -> Iterator[FakeRedis]:
    with FakeRedis(server=server) as redis:
        yield redis


@pytest.fixture
def nowhere() -> Iterator[Sessions]:
    """Sessions on a database without any table: it can count nothing."""
    engine: Engine = open_engine("sqlite://")
    yield open_sessions(engine)
    engine.dispose()


@pytest.fixture
def limits(redis: FakeRedis) -> Limits:
    return Limits(redis, Allowances(messages=3, hops=5, turns=8), b"secret")


def test_of_too_many_the_first_is_told_apart(
    limits: Limits, nowhere: Sessions, new: Counted
) -> None:
    assert [limits.judge(new.message(), NOW, nowhere) for _ in range(6)] == FULL
    assert limits.judge(new.message(BINTI), NOW, nowhere) is Verdict.OPEN
    other_line = new.message(address="+256312000002")
    assert limits.judge(other_line, NOW, nowhere) is Verdict.OPEN


def test_the_count_begins_anew_when_its_time_is_over(
    limits: Limits, nowhere: Sessions, new: Counted
) -> None:
    for second in (0, 20, 59):
        for _ in range(2):
            limits.judge(new.message(), NOW + timedelta(seconds=second), nowhere)
    later = NOW + SENDER_WINDOW
    assert [limits.judge(new.message(), later, nowhere) for _ in range(6)] == FULL


def test_a_message_posted_again_gets_the_same_verdict(
    limits: Limits, nowhere: Sessions, new: Counted
) -> None:
    messages = [new.message() for _ in range(6)]
    assert [limits.judge(m, NOW, nowhere) for m in messages for _ in range(3)] == [
        verdict for verdict in FULL for _ in range(3)
    ]


def test_stop_counts_apart_in_any_spelling(limits: Limits, nowhere: Sessions, new: Counted) -> None:
    for _ in range(6):
        limits.judge(new.message(), NOW, nowhere)
    for stop in ({"text": "Stop."}, {"text": "UNSUBSCRIBE"}, {"choice": "stop"}):
        assert limits.judge(new.message(**stop), NOW, nowhere) is Verdict.OPEN
    assert limits.judge(new.message(text="stop that"), NOW, nowhere) is Verdict.TOO_MANY


def test_what_is_too_much_for_a_line_is_put_off_and_a_flooder_is_not_held_against_it(
    limits: Limits, nowhere: Sessions, new: Counted
) -> None:
    for _ in range(50):
        limits.judge(new.message(), NOW, nowhere)
    people = [f"+2567720001{n:02d}" for n in range(7)]
    verdicts = [limits.judge(new.message(phone), NOW, nowhere) for phone in people]
    assert verdicts == [Verdict.OPEN] * 5 + [Verdict.BUSY] * 2
    assert Verdict.BUSY.refuses(Medium.USSD)
    assert not Verdict.BUSY.refuses(Medium.SMS)
    later = NOW + LINE_WINDOW
    assert limits.judge(new.message(people[-1]), later, nowhere) is Verdict.OPEN


def test_hops_are_counted_apart_from_messages(
    limits: Limits, nowhere: Sessions, new: Counted
) -> None:
    dialled = {"medium": Medium.USSD, "session": Session("1", "", "*284*77#")}
    for _ in range(5):
        assert limits.judge(new.message(**dialled), NOW, nowhere) is Verdict.OPEN
    assert limits.judge(new.message(**dialled), NOW, nowhere) is Verdict.FIRST_TOO_MANY
    assert limits.judge(new.message(), NOW, nowhere) is Verdict.OPEN


def test_what_is_no_message_is_not_counted(
    limits: Limits, nowhere: Sessions, redis: FakeRedis
) -> None:
    noted = Noted("meta", "app", "100", "reaction")
    assert limits.judge(noted, NOW, nowhere) is Verdict.OPEN
    assert redis.keys("*") == []


def test_keys_name_nobody_and_lapse(
    limits: Limits, nowhere: Sessions, redis: FakeRedis, new: Counted
) -> None:
    limits.judge(new.message(), NOW, nowhere)
    keys = [key.decode() for key in redis.keys("*")]
    assert len(keys) == 3
    for key in keys:
        assert key.startswith(PREFIX)
        assert AMINA[1:] not in key
        assert 0 < redis.pttl(key) <= SENDER_WINDOW.total_seconds() * 1000
    others = replace(limits, secret=b"another")
    others.judge(new.message(), NOW, nowhere)
    assert len(redis.keys("*")) == 6


def test_one_round_trip_each_once_the_script_is_known(redis: FakeRedis) -> None:
    asked: list[str] = []

    class Watched(FakeRedis):
        def execute_command(self, *args: object, **options: object) -> object:
            asked.append(str(args[0]))
            return super().execute_command(*args, **options)

    count = Count("sender", 3, SENDER_WINDOW)
    with Watched(server=FakeServer()) as watched:
        for number in range(3):
            question = Asked(f"m{number}", count, Count("line", 9, LINE_WINDOW), ("", "", "", ""))
            RedisCounts(watched).judge(question, NOW)
    assert asked == ["EVALSHA", "EVAL", "EVALSHA", "EVALSHA"]


def test_with_neither_everything_is_let_through_and_counted_again_later(
    redis: FakeRedis, server: FakeServer, nowhere: Sessions, new: Counted
) -> None:
    at = [0.0]
    limits = Limits(
        redis,
        Allowances(messages=3, hops=5, turns=100),
        b"secret",
        _redis=Breaker(REST, lambda: at[0]),
        _books=Breaker(REST, lambda: at[0]),
    )
    server.connected = False
    assert {limits.judge(new.message(), NOW, nowhere) for _ in range(20)} == {Verdict.OPEN}
    server.connected = True
    # Not asked again yet.
    assert {limits.judge(new.message(), NOW, nowhere) for _ in range(20)} == {Verdict.OPEN}
    at[0] = REST
    assert [limits.judge(new.message(), NOW, nowhere) for _ in range(6)] == FULL


def test_after_a_failure_one_asks_at_a_time() -> None:
    at = [0.0]
    breaker = Breaker(5.0, lambda: at[0])
    assert breaker.may_ask()
    assert breaker.may_ask()
    breaker.failed()
    assert not breaker.may_ask()
    at[0] = 5.0
    assert [breaker.may_ask() for _ in range(3)] == [True, False, False]
    at[0] = 10.0
    assert breaker.may_ask()
    breaker.worked()
    assert [breaker.may_ask() for _ in range(3)] == [True] * 3
