"""How fast one of our addresses may send."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.outbox.pacing import Bucket, default_tps


class Hand:
    """A clock that is moved by hand, in seconds."""

    def __init__(self) -> None:
        self.at = 1000.0

    def __call__(self) -> float:
        return self.at


def test_one_second_of_messages_leaves_at_once_and_then_the_pace_holds() -> None:
    clock = Hand()
    bucket = Bucket(3, clock)
    assert [bucket.take(1) for _ in range(4)] == [True, True, True, False]
    assert bucket.wait(1) == pytest.approx(1 / 3)
    clock.at += 0.34
    assert [bucket.take(1), bucket.take(1)] == [True, False]


def test_a_pause_saves_up_no_more_than_one_second() -> None:
    clock = Hand()
    bucket = Bucket(2, clock)
    clock.at += 3600
    assert [bucket.take(1) for _ in range(3)] == [True, True, False]


def test_an_sms_weighs_its_segments() -> None:
    bucket = Bucket(4, Hand())
    assert bucket.take(3)
    assert not bucket.take(2)
    assert bucket.take(1)


def test_a_message_heavier_than_the_bucket_leaves_and_is_paid_back_by_waiting() -> None:
    clock = Hand()
    bucket = Bucket(1, clock)
    assert bucket.take(5)
    assert bucket.wait(1) == pytest.approx(5)
    clock.at += 4.9
    assert not bucket.take(1)
    clock.at += 0.2
    assert bucket.take(1)


def test_less_than_one_message_a_second_is_a_pace_too() -> None:
    clock = Hand()
    bucket = Bucket(0.1, clock)
    assert bucket.take(1)
    assert bucket.wait(1) == pytest.approx(10)


@given(
    rate=st.floats(0.05, 100),
    steps=st.lists(st.tuples(st.floats(0, 5), st.integers(1, 8)), max_size=60),
)
def test_over_any_time_no_more_leaves_than_the_pace_and_one_bucket(
    rate: float, steps: list[tuple[float, int]]
) -> None:
    clock = Hand()
    bucket = Bucket(rate, clock)
    began, spent = clock.at, 0
    for pause, weight in steps:
        clock.at += pause
        allowed = bucket.take(weight)
        if allowed:
            # All but the last message, which may be heavier than the bucket.
            assert spent <= max(rate, 1.0) + (clock.at - began) * rate + 1e-6
            spent += weight
        else:
            clock.at += bucket.wait(weight) + 1e-9
            assert bucket.take(weight)
            spent += weight


def test_a_number_at_meta_may_send_more_than_one_at_twilio() -> None:
    assert default_tps("whatsapp", "meta") == 80.0
    assert default_tps("whatsapp", "twilio") == default_tps("sms", "africastalking") == 10.0
