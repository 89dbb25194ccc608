"""Money that Airtel sends: reversals of whole payments, parts of them, and payouts."""

from collections.abc import Iterator
from dataclasses import replace
from uuid import uuid4

import pytest

from flows.money import Money
from flows.ports.payments import AttemptStatus, NextStep
from payments.airtel import Airtel
from payments.charge import Charge, PayoutRequest, RefundRequest
from payments.errors import PaymentError
from payments.rail import Ability
from tests.fakes.airtel import PAYER, EmulatedAirtel, emulated_airtel
from tests.fakes.paying import Clock

S = AttemptStatus


@pytest.fixture
def airtel(clock: Clock) -> Iterator[EmulatedAirtel]:
    with emulated_airtel(clock) as emulated:
        yield emulated


@pytest.fixture
def poor(airtel: EmulatedAirtel, clock: Clock) -> Airtel:
    """An account without the PIN for disbursements."""
    return Airtel(replace(airtel.settings, disbursement_pin=None), clock=clock.seconds)


def back(airtel: EmulatedAirtel, charge: Charge, minor: int | None = None) -> RefundRequest:
    """A refund of a paid charge, whole unless `minor` says otherwise."""
    return RefundRequest(
        reference=uuid4(),
        charge=charge.reference,
        amount=charge.amount if minor is None else Money(minor, "UGX"),
        order_number=1001,
        note="Mama Njeri's Foods #1001",
        charged=charge.amount,
        payer=PAYER,
        charge_id=airtel.rail.status(charge.reference).provider_id,
    )


def payout(minor: int = 20_000) -> PayoutRequest:
    return PayoutRequest(uuid4(), Money(minor, "UGX"), PAYER, "Payout of Mama Njeri's Foods")


def test_a_whole_payment_is_reversed(airtel: EmulatedAirtel) -> None:
    refund = back(airtel, airtel.paid())
    answer = airtel.rail.refund(refund)
    assert (answer.state, answer.known) == (S.PENDING, True)
    (sent,) = airtel.wallets.refunds()
    assert (sent.amount, sent.status, sent.charge) == ("48000", "taken", str(refund.charge))
    assert answer.provider_id == sent.transaction
    told = airtel.rail.refund_status(replace(refund, provider_id=answer.provider_id))
    assert told.state is S.SUCCEEDED


def test_a_reversal_without_an_answer_is_left_to_a_person(airtel: EmulatedAirtel) -> None:
    refund = back(airtel, airtel.paid())
    airtel.wallets.faults.dropped = 1
    with pytest.raises(PaymentError) as error:
        airtel.rail.refund(refund)
    assert error.value.unknown
    told = airtel.rail.refund_status(refund)
    # Never None: that would send it again, and it carries no reference of ours.
    assert (told.state, told.code) == (S.FAILED, "no-refund-enquiry")
    assert len(airtel.wallets.refunds()) == 1


def test_a_reversal_that_was_turned_away_never_left(airtel: EmulatedAirtel) -> None:
    refund = back(airtel, airtel.paid())
    airtel.wallets.faults.busy = 1
    with pytest.raises(PaymentError) as error:
        airtel.rail.refund(refund)
    assert not error.value.unknown
    assert not airtel.wallets.refunds()


def test_a_reversal_that_airtel_refuses_is_one(airtel: EmulatedAirtel) -> None:
    airtel.wallets.faults.refund_reason = "DP00800001008"
    refund = back(airtel, airtel.paid())
    answer = airtel.rail.refund(refund)
    assert (answer.state, answer.code) == (S.FAILED, "DP00800001008")


def test_a_part_goes_to_the_payer_under_a_reference_of_our_own(airtel: EmulatedAirtel) -> None:
    refund = back(airtel, airtel.paid(), 4_800)
    assert airtel.rail.refund(refund).state is S.PENDING
    assert airtel.rail.refund(refund).state is S.PENDING
    (sent,) = airtel.wallets.payouts()
    assert (sent.payee, sent.amount, sent.requests) == (PAYER, "4800", 2)
    assert not airtel.wallets.refunds()
    told = airtel.rail.refund_status(refund)
    assert (told.state, told.provider_id) == (S.SUCCEEDED, sent.transaction)


def test_a_payout_arrives_once(airtel: EmulatedAirtel) -> None:
    asked = payout()
    assert airtel.rail.payout_status(asked).state is None
    assert airtel.rail.payout(asked).state is S.PENDING
    again = airtel.rail.payout(asked)
    assert (again.state, again.known) == (S.PENDING, True)
    (sent,) = airtel.wallets.payouts()
    assert (sent.reference, sent.amount, sent.requests) == (str(asked.reference), "20000", 2)
    told = airtel.rail.payout_status(asked)
    assert (told.state, told.moved(asked.amount)) == (S.SUCCEEDED, asked.amount)


def test_a_payout_without_an_answer_is_asked_about(airtel: EmulatedAirtel) -> None:
    airtel.wallets.faults.dropped = 1
    asked = payout()
    with pytest.raises(PaymentError) as error:
        airtel.rail.payout(asked)
    assert error.value.unknown
    assert airtel.rail.payout_status(asked).state is S.SUCCEEDED


def test_a_payout_under_way_is_pending_until_it_is_settled(airtel: EmulatedAirtel) -> None:
    airtel.wallets.faults.slow_sending = True
    asked = payout()
    assert airtel.rail.payout(asked).state is S.PENDING
    assert airtel.rail.payout_status(asked).state is S.PENDING
    airtel.wallets.settle(str(asked.reference), "DP00900001003")
    told = airtel.rail.payout_status(asked)
    assert (told.state, airtel.rail.next_step(told.code)) == (S.FAILED, NextStep.WAIT)


def test_too_little_in_our_own_account_fails_the_payout(airtel: EmulatedAirtel) -> None:
    airtel.wallets.faults.payout_reason = "DP00900001007"
    answer = airtel.rail.payout(payout())
    assert (answer.state, airtel.rail.next_step(answer.code)) == (S.FAILED, NextStep.ASK_SHOP)


def test_a_wrong_pin_sends_nothing(airtel: EmulatedAirtel, clock: Clock) -> None:
    wrong = Airtel(replace(airtel.settings, disbursement_pin="0000"), clock=clock.seconds)
    answer = wrong.payout(payout())
    assert (answer.state, answer.code) == (S.FAILED, "ROUTER115")
    assert not airtel.wallets.payouts()


def test_without_a_pin_only_whole_payments_go_back(airtel: EmulatedAirtel, poor: Airtel) -> None:
    paid = airtel.paid()
    assert poor.can(Ability.REFUND)
    assert not poor.can(Ability.PART_REFUND)
    assert not poor.can(Ability.PAYOUT)
    for send in (lambda: poor.refund(back(airtel, paid, 1)), lambda: poor.payout(payout())):
        with pytest.raises(PaymentError) as error:
            send()
        assert error.value.permanent
    assert poor.refund(back(airtel, paid)).state is S.PENDING
    assert not airtel.wallets.payouts()


@pytest.mark.parametrize("key", ["rubbish", "TUlHZk1BMA==", "-----BEGIN PUBLIC KEY-----"])
def test_a_key_that_cannot_be_read_stops_nothing_else(
    airtel: EmulatedAirtel, clock: Clock, key: str
) -> None:
    rail = Airtel(replace(airtel.settings, public_key=key), clock=clock.seconds)
    assert not rail.can(Ability.PAYOUT)
    assert rail.can(Ability.REFUND)


def test_the_pin_is_nowhere_in_what_is_shown(airtel: EmulatedAirtel) -> None:
    settings = replace(airtel.settings, disbursement_pin="9182")
    assert "9182" not in repr(settings)
