"""A provider that is down is left alone for a while."""

import pytest

from payments.breaker import MOST_IN_A_ROW, RESTS, Breaker
from payments.errors import PaymentError


class Provider:
    """Down or not; counts who came."""

    def __init__(self) -> None:
        self.at = 0.0
        self.asked = 0
        self.error: PaymentError | None = PaymentError("no connection")
        self.breaker = Breaker(lambda: self.at)

    def ask(self) -> str:
        return self.breaker.call("mtn-momo", self._answer)

    def _answer(self) -> str:
        self.asked += 1
        if self.error is not None:
            raise self.error
        return "here"

    def fail(self, times: int = 1) -> None:
        for _ in range(times):
            with pytest.raises(PaymentError):
                self.ask()


def test_after_some_failures_nothing_leaves_for_a_while() -> None:
    provider = Provider()
    provider.fail(MOST_IN_A_ROW)
    with pytest.raises(PaymentError) as raised:
        provider.ask()
    assert provider.asked == MOST_IN_A_ROW
    assert not raised.value.unknown
    assert not raised.value.permanent
    assert raised.value.retry_after == RESTS


def test_then_one_goes_to_see_and_the_others_wait_for_it() -> None:
    provider = Provider()
    provider.fail(MOST_IN_A_ROW)
    provider.at += RESTS
    provider.fail(3)
    assert provider.asked == MOST_IN_A_ROW + 1
    provider.at += RESTS
    provider.error = None
    assert [provider.ask() for _ in range(3)] == ["here"] * 3


def test_an_answer_between_failures_starts_the_count_anew() -> None:
    provider = Provider()
    for _ in range(3):
        provider.error = PaymentError("busy")
        provider.fail(MOST_IN_A_ROW - 1)
        provider.error = None
        assert provider.ask() == "here"


def test_who_refuses_us_is_not_down() -> None:
    provider = Provider()
    provider.error = PaymentError("wrong credentials", permanent=True)
    provider.fail(2 * MOST_IN_A_ROW)
    assert provider.asked == 2 * MOST_IN_A_ROW
