"""The real client against the emulated Flutterwave: refunds, which carry no reference, and transfers."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from uuid import UUID, uuid4

import pytest

from flows.money import Money
from flows.ports.payments import AttemptStatus
from payments.charge import PayoutRequest, RefundRequest
from payments.errors import PaymentError
from tests.fakes.flutterwave import FlutterwaveHouse, flutterwave_house
from tests.fakes.paying import PAYER, Clock, charge

SUCCEEDED, FAILED = AttemptStatus.SUCCEEDED, AttemptStatus.FAILED
PENDING, UNKNOWN = AttemptStatus.PENDING, AttemptStatus.UNKNOWN
LONG = timedelta(minutes=3)


@pytest.fixture
def house(clock: Clock) -> Iterator[FlutterwaveHouse]:
    with flutterwave_house(clock) as made:
        yield made


def paid(house: FlutterwaveHouse) -> RefundRequest:
    """A charge that was paid, and the wish to give all of it back."""
    asked = charge()
    house.rail.request(asked)
    house.wallets.approve(str(asked.reference))
    return RefundRequest(
        reference=uuid4(),
        charge=asked.reference,
        amount=asked.amount,
        order_number=1001,
        note=asked.note,
        charged=asked.amount,
        charge_id=house.rail.status(asked.reference).provider_id,
    )


def payout(payee: str = PAYER) -> PayoutRequest:
    return PayoutRequest(uuid4(), Money(48_000, "UGX"), payee, "Mama Njeri's Foods", "Amina Mfano")


def test_a_refund_is_known_by_its_own_number(house: FlutterwaveHouse) -> None:
    refund = paid(house)
    sent = house.rail.refund(refund)
    assert sent.state is PENDING
    assert sent.provider_id
    status = house.rail.refund_status(replace(refund, provider_id=sent.provider_id))
    assert (status.state, status.amount) == (SUCCEEDED, refund.amount)


def test_a_refund_that_is_only_begun_waits(house: FlutterwaveHouse) -> None:
    house.wallets.faults.slow_sending = True
    refund = paid(house)
    number = house.rail.refund(refund).provider_id or ""
    refund = replace(refund, provider_id=number)
    assert house.rail.refund_status(refund).state is PENDING
    house.wallets.settle(number)
    assert house.rail.refund_status(refund).state is SUCCEEDED


def test_a_refund_that_failed_says_so(house: FlutterwaveHouse) -> None:
    house.wallets.faults.refund_reason = "no"
    refund = paid(house)
    number = house.rail.refund(refund).provider_id
    status = house.rail.refund_status(replace(refund, provider_id=number))
    assert (status.state, status.code, status.known) == (FAILED, "refund-failed", True)


def test_a_lost_answer_is_found_among_the_refunds_by_our_own_reference(
    house: FlutterwaveHouse,
) -> None:
    refund = paid(house)
    house.wallets.faults.dropped = 1
    with pytest.raises(PaymentError) as caught:
        house.rail.refund(refund)
    assert caught.value.unknown
    status = house.rail.refund_status(replace(refund, waited=LONG))
    assert status.state is SUCCEEDED
    assert status.provider_id == house.wallets.refunds()[0].reference


def test_a_refund_in_no_list_is_only_after_a_while_one_that_was_never_taken(
    house: FlutterwaveHouse,
) -> None:
    refund = paid(house)
    early = house.rail.refund_status(replace(refund, waited=timedelta(seconds=90)))
    assert (early.state, early.code) == (UNKNOWN, "refund-not-seen")
    assert house.rail.refund_status(replace(refund, waited=LONG)).state is None


def test_another_refund_of_the_same_charge_is_not_taken_for_ours(house: FlutterwaveHouse) -> None:
    half = replace(paid(house), amount=Money(24_000, "UGX"))
    house.rail.refund(half)
    other = replace(half, reference=uuid4(), waited=LONG)
    assert house.rail.refund_status(other).state is None


def test_a_refund_that_does_not_say_whose_it_is_may_be_ours(house: FlutterwaveHouse) -> None:
    half = replace(paid(house), amount=Money(24_000, "UGX"), waited=LONG)
    house.rail.refund(half)
    house.wallets.refunds()[0].extra["comments"] = ""
    unclear = house.rail.refund_status(half)
    assert (unclear.state, unclear.code) == (UNKNOWN, "refund-unmatched")
    third = replace(half, amount=Money(16_000, "UGX"))
    assert house.rail.refund_status(third).state is None


def test_without_the_number_of_the_charge_it_is_looked_up(house: FlutterwaveHouse) -> None:
    refund = replace(paid(house), charge_id=None)
    assert house.rail.refund(refund).state is PENDING
    assert house.rail.refund_status(refund).state is SUCCEEDED


def test_what_was_never_paid_cannot_be_refunded(house: FlutterwaveHouse) -> None:
    refund = replace(paid(house), charge_id=None, charge=uuid4())
    with pytest.raises(PaymentError) as caught:
        house.rail.refund(refund)
    assert (caught.value.permanent, caught.value.code) == (True, "no-charge")


def test_the_same_refund_again_is_not_another(house: FlutterwaveHouse) -> None:
    half = replace(paid(house), amount=Money(24_000, "UGX"))
    sent = house.rail.refund(half)
    assert house.rail.refund(half) == sent
    assert len(house.wallets.refunds()) == 1


def test_more_than_is_left_is_not_a_plain_refusal(house: FlutterwaveHouse) -> None:
    """The money may have gone back with the refund before."""
    refund = paid(house)
    house.rail.refund(refund)
    more = house.rail.refund(replace(refund, reference=uuid4()))
    assert (more.state, more.code) == (UNKNOWN, "already-refunded")
    assert len([sent for sent in house.wallets.refunds() if sent.reason is None]) == 1


def test_a_refund_of_a_strange_charge_is_refused(house: FlutterwaveHouse) -> None:
    refused = house.rail.refund(replace(paid(house), charge_id="1"))
    assert (refused.state, refused.known) == (FAILED, True)


@pytest.mark.parametrize("fault", ["errors", "fell"])
def test_a_500_to_a_refund_leaves_it_unknown(house: FlutterwaveHouse, fault: str) -> None:
    refund = paid(house)
    setattr(house.wallets.faults, fault, 1)
    assert house.rail.refund(refund).state is UNKNOWN


def test_a_transfer_arrives(house: FlutterwaveHouse) -> None:
    asked = payout()
    sent = house.rail.payout(asked)
    assert sent.state is PENDING
    status = house.rail.payout_status(asked)
    assert (status.state, status.amount) == (SUCCEEDED, asked.amount)
    assert status.provider_id == sent.provider_id
    (arrived,) = house.wallets.payouts()
    assert (arrived.payee, arrived.extra["account_bank"]) == (PAYER, "MPS")


def test_the_same_transfer_again_is_not_another(house: FlutterwaveHouse) -> None:
    asked = payout()
    house.rail.payout(asked)
    assert house.rail.payout(asked).state is PENDING
    assert len(house.wallets.payouts()) == 1


def test_a_transfer_that_nobody_has_heard_of(house: FlutterwaveHouse) -> None:
    assert house.rail.payout_status(payout()).state is None


def test_a_transfer_on_its_way_waits_and_one_that_failed_says_why(house: FlutterwaveHouse) -> None:
    house.wallets.faults.slow_sending = True
    asked = payout()
    house.rail.payout(asked)
    assert house.rail.payout_status(asked).state is PENDING
    house.wallets.settle(str(asked.reference), "DISBURSE FAILED: Insufficient wallet balance")
    status = house.rail.payout_status(asked)
    assert (status.state, status.code) == (FAILED, "Insufficient wallet balance")
    assert status.known


@pytest.mark.parametrize(
    ("payee", "network"),
    [
        ("+233244123456", "MTN"),
        ("+254712345678", "MPS"),
        ("+250788123456", "MTN"),
        ("+250733123456", "AIRTEL"),
        ("+237677123456", "MTN"),
        ("+260971234567", "MPS"),
    ],
)
def test_each_country_names_its_networks(house: FlutterwaveHouse, payee: str, network: str) -> None:
    assert house.rail.payout(payout(payee)).state is PENDING
    assert house.wallets.payouts()[0].extra["account_bank"] == network


@pytest.mark.parametrize("payee", ["+2348031234567", "+447911123456", "nobody"])
def test_a_number_without_a_wallet_is_refused_before_anything_leaves(
    house: FlutterwaveHouse, payee: str
) -> None:
    refused = house.rail.payout(payout(payee))
    assert (refused.state, refused.code, refused.known) == (FAILED, "no-network", True)
    assert not house.wallets.payouts()


@pytest.mark.parametrize("fault", ["errors", "fell"])
def test_a_500_to_a_transfer_leaves_it_unknown(house: FlutterwaveHouse, fault: str) -> None:
    setattr(house.wallets.faults, fault, 1)
    assert house.rail.payout(payout()).state is UNKNOWN


def test_reference_of_a_refund_never_leaves_as_a_charge(house: FlutterwaveHouse) -> None:
    refund = paid(house)
    house.rail.refund(refund)
    assert {UUID(prompt.reference) for prompt in house.wallets.all()} == {refund.charge}
