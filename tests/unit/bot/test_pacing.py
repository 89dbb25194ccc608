"""How fast one of our addresses may send."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.outbox.pacing import MARGIN, Pace, default_tps


class Hand:
    """A clock that is moved by hand, in seconds."""

    def __init__(self) -> None:
        self.at = 1000.0

    def __call__(self) -> float:
        return self.at


def test_messages_leave_one_after_the_other_and_a_pause_saves_nothing_up() -> None:
    clock = Hand()
    pace = Pace(4, clock)
    clock.at += 3600
    assert pace.wait() == 0
    pace.leave(1)
    assert pace.wait() == pytest.approx(MARGIN / 4)
    clock.at += 0.1
    assert pace.wait() == pytest.approx(MARGIN / 4 - 0.1)


def test_an_sms_weighs_its_segments() -> None:
    pace = Pace(10, Hand())
    pace.leave(3)
    assert pace.wait() == pytest.approx(3 * MARGIN / 10)


def test_less_than_one_message_a_second_is_a_pace_too() -> None:
    pace = Pace(0.1, Hand())
    pace.leave(1)
    assert pace.wait() == pytest.approx(10 * MARGIN)


@given(
    rate=st.integers(1, 100),
    steps=st.lists(st.tuples(st.floats(0, 0.3), st.integers(1, 8)), max_size=200),
)
def test_no_second_has_more_than_the_rate(rate: int, steps: list[tuple[float, int]]) -> None:
    """But for the segments of its last message, which cannot be sent in part."""
    clock = Hand()
    pace = Pace(rate, clock)
    left: list[tuple[float, int]] = []
    for late, weight in steps:
        clock.at += pace.wait() + late
        pace.leave(weight)
        left.append((clock.at, weight))
    for index, (start, _) in enumerate(left):
        within = [weight for at, weight in left[index:] if at < start + 1]
        assert sum(within[:-1]) <= rate


def test_a_number_at_meta_may_send_more_than_one_at_twilio() -> None:
    assert default_tps("whatsapp", "meta") == 80.0
    assert default_tps("whatsapp", "twilio") == default_tps("sms", "africastalking") == 10.0
