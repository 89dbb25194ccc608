"""Paystack's refunds have no reference of ours, and are sent once all the same."""

from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

import pytest

from flows.money import Money
from flows.ports.payments import AttemptStatus
from payments.charge import Charge, RefundRequest
from payments.errors import PaymentError
from payments.paystack.refunds import MOST_PAGES, PER_PAGE
from tests.fakes.paystacking import Emulated, asked

PENDING, SUCCEEDED = AttemptStatus.PENDING, AttemptStatus.SUCCEEDED


@pytest.fixture
def charge(paystack: Emulated) -> Charge:
    """A charge that was paid."""
    made = asked("GH")
    paystack.at("GH").request(made)
    paystack.wallets.approve(str(made.reference))
    return made


def refund(paystack: Emulated, charge: Charge, minor: int | None = None) -> RefundRequest:
    amount = Money(minor or charge.amount.minor, charge.amount.currency)
    return RefundRequest(
        uuid4(),
        charge.reference,
        amount,
        1001,
        charge.note,
        charged=charge.amount,
        payer=charge.payer,
        charge_id=paystack.rail.status(charge.reference).provider_id,
        waited=timedelta(minutes=2),
    )


def test_money_goes_back(paystack: Emulated, charge: Charge) -> None:
    back = refund(paystack, charge)
    answer = paystack.rail.refund(back)
    assert answer.state is PENDING
    status = paystack.rail.refund_status(replace(back, provider_id=answer.provider_id))
    assert (status.state, status.amount) == (SUCCEEDED, charge.amount)
    assert status.provider_id == answer.provider_id


def test_it_is_found_by_its_note_where_its_id_was_lost(paystack: Emulated, charge: Charge) -> None:
    other, back = refund(paystack, charge, 10_000), refund(paystack, charge, 10_000)
    paystack.rail.refund(other)
    assert paystack.rail.refund_status(back).state is None
    answer = paystack.rail.refund(back)
    assert paystack.rail.refund_status(back).provider_id == answer.provider_id
    assert paystack.rail.refund_status(replace(back, charge_id=None)).state is SUCCEEDED


@pytest.mark.parametrize("fault", ["dropped", "fell"])
def test_after_an_unknown_outcome_it_is_not_sent_twice(
    paystack: Emulated, charge: Charge, fault: str
) -> None:
    back = refund(paystack, charge, 10_000)
    setattr(paystack.wallets.faults, fault, 1)
    with pytest.raises(PaymentError) as caught:
        paystack.rail.refund(back)
    assert caught.value.unknown
    assert paystack.rail.refund(back).state is PENDING
    assert paystack.rail.refund_status(back).state is SUCCEEDED
    assert [sent.amount for sent in paystack.wallets.refunds()] == ["100.00"]


def test_one_that_never_arrived_is_sent_again(paystack: Emulated, charge: Charge) -> None:
    back = refund(paystack, charge)
    paystack.wallets.faults.errors = 1
    with pytest.raises(PaymentError):
        paystack.rail.refund(back)
    assert paystack.rail.refund_status(back).state is None
    paystack.rail.refund(back)
    assert len(paystack.wallets.refunds()) == 1


def test_one_that_is_not_listed_yet_may_still_be(paystack: Emulated, charge: Charge) -> None:
    back = replace(refund(paystack, charge), waited=timedelta(seconds=119))
    status = paystack.rail.refund_status(back)
    assert (status.state, status.code) == (AttemptStatus.UNKNOWN, "refund-not-listed")


def test_as_much_given_back_by_hand_is_for_a_person_to_look_at(
    paystack: Emulated, charge: Charge
) -> None:
    back = refund(paystack, charge, 10_000)
    paystack.rail.refund(refund(paystack, charge, 10_000))
    (sent,) = paystack.wallets.refunds()
    sent.extra["merchant_note"] = "Refunded by Efua"
    assert paystack.rail.refund_status(back).code == "refund-unmatched"
    assert paystack.rail.refund(back).state is AttemptStatus.UNKNOWN
    assert len(paystack.wallets.refunds()) == 1


def test_without_a_look_at_the_list_none_is_sent(paystack: Emulated, charge: Charge) -> None:
    back = refund(paystack, charge)
    paystack.wallets.faults.unreadable = 1
    with pytest.raises(PaymentError):
        paystack.rail.refund(back)
    assert paystack.wallets.refunds() == []


def test_a_list_too_long_to_read_is_no_leave_to_send(paystack: Emulated, charge: Charge) -> None:
    first = paystack.rail.refund(refund(paystack, charge, 1))
    one = paystack.wallets.sent(str(first.provider_id))
    assert one is not None
    book = paystack.wallets._sent
    book.update(
        {f"1{n:06}": replace(one, reference=f"1{n:06}") for n in range(MOST_PAGES * PER_PAGE)}
    )
    with pytest.raises(PaymentError) as caught:
        paystack.rail.refund(refund(paystack, charge, 1))
    assert caught.value.code == "refunds-too-many"


def test_a_charge_that_was_given_back_cannot_be_again(paystack: Emulated, charge: Charge) -> None:
    paystack.rail.refund(refund(paystack, charge))
    answer = paystack.rail.refund(refund(paystack, charge))
    assert (answer.state, answer.code) == (AttemptStatus.UNKNOWN, "fully-reversed")
    assert len(paystack.wallets.refunds()) == 1
    status = paystack.rail.status(charge.reference)
    assert (status.code, status.reversed) == ("reversed", True)


@pytest.mark.parametrize(
    ("said", "state"), [("processing", PENDING), ("needs-attention", PENDING), (None, PENDING)]
)
def test_a_refund_on_its_way_waits(
    paystack: Emulated, charge: Charge, said: str | None, state: AttemptStatus
) -> None:
    paystack.wallets.faults.slow_sending = True
    back = refund(paystack, charge)
    paystack.rail.refund(back)
    (sent,) = paystack.wallets.refunds()
    sent.reason = said
    status = paystack.rail.refund_status(back)
    assert (status.state, status.code, status.known) == (state, said or "pending", True)
    paystack.wallets.settle(sent.reference)
    assert paystack.rail.refund_status(back).state is SUCCEEDED


def test_a_refund_can_fail(paystack: Emulated, charge: Charge) -> None:
    paystack.wallets.faults.refund_reason = "Wallet closed"
    back = refund(paystack, charge)
    paystack.rail.refund(back)
    status = paystack.rail.refund_status(back)
    assert (status.state, status.code) == (AttemptStatus.FAILED, "refund-failed")
