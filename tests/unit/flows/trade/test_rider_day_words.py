"""DAY: the rider's day in one SMS."""

import pytest

from channels.render.gsm import segments
from flows.ports.trade import RiderDay
from tests.fakes.trade import FakeRides, ugx
from tests.fakes.trade_talk import Phone


@pytest.mark.parametrize("written", ["DAY", "day", "my day", "today"])
def test_a_day_is_told_in_one_sms(rider: Phone, rides: FakeRides, written: str) -> None:
    rides.today = RiderDay(12, 2, ugx(60000), ugx(253000))
    text = rider.say(written)
    assert "12 delivered, 2 not. Earned UGX 60,000." in text
    assert "UGX 253,000. Then send HANDED" in text
    assert segments(text).count == 1


def test_who_holds_nothing_is_not_reminded(rider: Phone, rides: FakeRides) -> None:
    assert "HANDED" not in rider.say("DAY")
