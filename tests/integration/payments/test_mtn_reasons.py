"""Every row of MTN's reasons, from the wallet to what the customer can do next."""

from uuid import uuid4

import pytest

from flows.money import Money
from flows.ports.payments import AttemptStatus, NextStep
from payments.charge import Charge
from payments.mtn_momo.emulator import magic
from payments.mtn_momo.reasons import REASONS
from tests.fakes.paying import PAYER, Mtn

S, N = AttemptStatus, NextStep

ROWS = {
    "APPROVAL_REJECTED": (S.FAILED, N.TRY_AGAIN),
    "COULD_NOT_PERFORM_TRANSACTION": (S.EXPIRED, N.TRY_AGAIN),
    "EXPIRED": (S.EXPIRED, N.TRY_AGAIN),
    "INTERNAL_PROCESSING_ERROR": (S.FAILED, N.TOP_UP),
    "INVALID_CALLBACK_URL_HOST": (S.FAILED, N.ASK_SHOP),
    "INVALID_CURRENCY": (S.FAILED, N.ASK_SHOP),
    "NOT_ALLOWED": (S.FAILED, N.CALL_OPERATOR),
    "NOT_ALLOWED_TARGET_ENVIRONMENT": (S.FAILED, N.ASK_SHOP),
    "NOT_ENOUGH_FUNDS": (S.FAILED, N.TOP_UP),
    "ONGOING": (S.FAILED, N.WAIT),
    "PAYEE_DELAYED": (S.EXPIRED, N.WAIT),
    "PAYEE_NOT_ALLOWED_TO_RECEIVE": (S.FAILED, N.ASK_SHOP),
    "PAYEE_NOT_FOUND": (S.FAILED, N.ASK_SHOP),
    "PAYER_DELAYED": (S.EXPIRED, N.TRY_AGAIN),
    "PAYER_LIMIT_REACHED": (S.FAILED, N.OTHER_NUMBER),
    "PAYER_NOT_FOUND": (S.FAILED, N.OTHER_NUMBER),
    "PAYMENT_NOT_APPROVED": (S.FAILED, N.TRY_AGAIN),
    "RESOURCE_NOT_FOUND": (S.FAILED, N.ASK_SHOP),
    "SERVICE_UNAVAILABLE": (S.UNKNOWN, N.WAIT),
    "TRANSACTION_CANCELED": (S.FAILED, N.TRY_AGAIN),
}


def charge(payer: str = PAYER) -> Charge:
    return Charge(uuid4(), Money(500, "UGX"), payer, 1001, "note")


def test_every_row_is_walked() -> None:
    assert set(ROWS) == set(REASONS)


@pytest.mark.parametrize("code", sorted(ROWS))
def test_a_failed_transaction_means_what_the_table_says(mtn: Mtn, code: str) -> None:
    asked = charge()
    mtn.rail.request(asked)
    mtn.wallets.fail(str(asked.reference), code)
    status = mtn.rail.status(asked.reference)
    assert status.known
    assert status.code is not None
    assert (status.state, mtn.rail.next_step(status.code)) == ROWS[code]


def test_a_code_that_no_table_has_stays_undecided(mtn: Mtn) -> None:
    asked = charge()
    mtn.rail.request(asked)
    mtn.wallets.fail(str(asked.reference), "SOMETHING_NEW")
    status = mtn.rail.status(asked.reference)
    assert (status.state, status.known) == (S.UNKNOWN, False)


@pytest.mark.parametrize("number", sorted(magic.PAYERS.failing))
def test_a_made_up_payer_fails_as_documented(mtn: Mtn, number: str) -> None:
    asked = charge(f"+467331234{number}")
    assert mtn.rail.request(asked).state is S.PENDING
    status = mtn.rail.status(asked.reference)
    assert status.code == magic.PAYERS.failing[number]
    assert status.state is REASONS[magic.PAYERS.failing[number]].state


@pytest.mark.parametrize("number", sorted(magic.PAYERS.waiting))
def test_a_reason_beside_pending_changes_nothing(mtn: Mtn, number: str) -> None:
    asked = charge(f"+467331234{number}")
    mtn.rail.request(asked)
    assert mtn.rail.status(asked.reference).state is S.PENDING


@pytest.mark.parametrize("number", sorted(magic.PAYERS.refused))
def test_a_request_refused_outright_takes_no_money(mtn: Mtn, number: str) -> None:
    answer = mtn.rail.request(charge(f"+467331234{number}"))
    assert (answer.state, answer.code) == (S.FAILED, magic.PAYERS.refused[number])
    assert not mtn.wallets.all()
