from itertools import product

import pytest

from flows.ports.payments import AttemptStatus
from payments.taking.steps import ATTEMPT_STEPS, OPEN, REFUND_STEPS
from store.orders.settlement import OPEN_ATTEMPTS

S = AttemptStatus
LEGAL = {
    (S.CREATED, S.SUBMITTED),
    (S.CREATED, S.FAILED),
    (S.CREATED, S.EXPIRED),
    (S.SUBMITTED, S.PENDING),
    (S.SUBMITTED, S.UNKNOWN),
    (S.PENDING, S.UNKNOWN),
    (S.UNKNOWN, S.PENDING),
    (S.EXPIRED, S.SUCCEEDED),
    (S.EXPIRED, S.REVIEW),
    (S.FAILED, S.SUCCEEDED),
    (S.FAILED, S.REVIEW),
    (S.REVIEW, S.SUCCEEDED),
    (S.REVIEW, S.FAILED),
    *product((S.SUBMITTED, S.PENDING, S.UNKNOWN), (S.SUCCEEDED, S.FAILED, S.EXPIRED, S.REVIEW)),
}


@pytest.mark.parametrize(("before", "after"), list(product(S, S)))
def test_an_attempt_moves_only_as_the_table_says(before: S, after: S) -> None:
    assert (after in ATTEMPT_STEPS[before]) == ((before, after) in LEGAL)


def test_the_books_and_the_payments_agree_on_what_is_open() -> None:
    assert set(OPEN_ATTEMPTS) == {status.value for status in OPEN}


@pytest.mark.parametrize("before", list(REFUND_STEPS))
def test_no_refund_comes_back_but_one_that_never_left(before: str) -> None:
    assert ("created" in REFUND_STEPS[before]) is (before == "submitted")
    assert before != "succeeded" or not REFUND_STEPS[before]
