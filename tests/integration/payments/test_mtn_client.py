"""MTN's protocol, spoken to the emulator over HTTP."""

import threading
from dataclasses import replace
from uuid import uuid4

import pytest
import requests

from flows.money import Money
from flows.ports.payments import AttemptStatus
from payments.charge import RefundRequest
from payments.errors import PaymentError
from payments.mtn_momo import MtnMomo, MtnSettings
from tests.fakes.paying import PAYER, Clock, Mtn, charge


def tokens_asked_for(mtn: Mtn, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    asked: list[str] = []
    post = requests.Session.post

    def counted(self: requests.Session, url: str, **options: object) -> requests.Response:
        asked.append(url)
        return post(self, url, **options)  # type: ignore[arg-type]

    monkeypatch.setattr(requests.Session, "post", counted)
    return asked


def test_a_charge_says_what_mtn_wants_to_hear(mtn: Mtn) -> None:
    asked = charge(12_050, "GHS")
    assert mtn.rail.request(asked).state is AttemptStatus.PENDING
    prompt = mtn.only
    assert (prompt.amount, prompt.currency, prompt.extra["externalId"]) == ("120.50", "GHS", "1001")
    assert (prompt.reference, prompt.payer) == (str(asked.reference), PAYER)
    assert prompt.message == "Mama Njeri s Foods #1001"
    assert prompt.callback_url == f"http://127.0.0.1:9/webhooks/mtn-momo/{asked.reference}"


def test_a_currency_without_decimals_is_sent_without(mtn: Mtn) -> None:
    mtn.rail.request(charge(48_000, "UGX"))
    assert mtn.only.amount == "48000"


def test_one_token_serves_until_it_ends(
    mtn: Mtn, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = tokens_asked_for(mtn, monkeypatch)
    for _ in range(3):
        mtn.rail.request(charge())
    clock.pass_by(seconds=3541)
    mtn.rail.request(charge())
    mtn.rail.request(charge())
    clock.pass_by(seconds=3541)
    mtn.rail.request(charge())
    assert len(asked) == 3


def test_many_threads_fetch_one_token(mtn: Mtn, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = tokens_asked_for(mtn, monkeypatch)
    threads = [threading.Thread(target=mtn.rail.request, args=(charge(),)) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(asked) == 1
    assert len(mtn.wallets.all()) == 8


def test_a_refused_token_is_replaced_once(mtn: Mtn) -> None:
    mtn.wallets.faults.refused_tokens = 1
    assert mtn.rail.request(charge()).state is AttemptStatus.PENDING
    mtn.wallets.faults.refused_tokens = 2
    with pytest.raises(PaymentError) as error:
        mtn.rail.request(charge())
    assert error.value.permanent
    assert len(mtn.wallets.all()) == 1


def test_wrong_credentials_are_a_permanent_error(mtn: Mtn, clock: Clock) -> None:
    wrong = MtnMomo(
        replace(mtn.settings, secret="wrong"), public_url="http://x", clock=clock.seconds
    )
    with pytest.raises(PaymentError) as error:
        wrong.request(charge())
    assert error.value.permanent
    assert "wrong" not in repr(replace(mtn.settings, secret="wrong"))


def test_the_same_reference_again_is_no_second_charge(mtn: Mtn) -> None:
    asked = charge()
    assert mtn.rail.request(asked).state is AttemptStatus.PENDING
    assert mtn.rail.request(asked).state is AttemptStatus.PENDING
    assert mtn.only.requests == 2


def test_a_connection_that_ends_without_an_answer_leaves_it_unknown(mtn: Mtn) -> None:
    mtn.wallets.faults.dropped = 1
    with pytest.raises(PaymentError) as error:
        mtn.rail.request(charge())
    assert error.value.unknown
    assert not error.value.permanent
    assert len(mtn.wallets.all()) == 1


def test_a_server_that_is_away_was_never_asked(clock: Clock) -> None:
    nobody = MtnSettings("http://127.0.0.1:9", "mtnuganda", "key", "user", "secret")
    with pytest.raises(PaymentError) as error:
        MtnMomo(nobody, public_url="http://x", clock=clock.seconds).request(charge())
    assert not error.value.unknown
    assert not error.value.permanent


def test_trouble_at_mtn_is_not_a_refusal(mtn: Mtn) -> None:
    mtn.wallets.faults.errors = 1
    answer = mtn.rail.request(charge())
    assert (answer.state, answer.code) == (AttemptStatus.UNKNOWN, "SERVICE_UNAVAILABLE")


def test_an_unknown_reference_has_no_state(mtn: Mtn) -> None:
    assert mtn.rail.status(uuid4()).state is None


def test_a_status_that_cannot_be_read_is_an_error(mtn: Mtn) -> None:
    asked = charge()
    mtn.rail.request(asked)
    mtn.wallets.faults.unreadable = 1
    with pytest.raises(PaymentError):
        mtn.rail.status(asked.reference)
    assert mtn.rail.status(asked.reference).state is AttemptStatus.PENDING


def test_success_carries_the_amount_and_mtns_own_number(mtn: Mtn) -> None:
    asked = charge()
    mtn.rail.request(asked)
    mtn.wallets.approve(str(asked.reference))
    status = mtn.rail.status(asked.reference)
    assert status.state is AttemptStatus.SUCCEEDED
    assert status.amount == asked.amount
    assert status.provider_id == mtn.only.transaction


def test_a_refund_goes_back_once(mtn: Mtn) -> None:
    asked = charge()
    mtn.rail.request(asked)
    mtn.wallets.approve(str(asked.reference))
    back = RefundRequest(uuid4(), asked.reference, asked.amount, 1001, "x")
    assert mtn.rail.refund(back).state is AttemptStatus.PENDING
    assert mtn.rail.refund(back).state is AttemptStatus.PENDING
    assert mtn.rail.refund_status(back).state is AttemptStatus.SUCCEEDED
    more = RefundRequest(uuid4(), asked.reference, Money(1, "UGX"), 1001, "x")
    mtn.rail.refund(more)
    assert mtn.rail.refund_status(more).state is AttemptStatus.FAILED


def test_without_a_disbursement_key_nothing_is_sent_back(mtn: Mtn, clock: Clock) -> None:
    poor = MtnMomo(
        replace(mtn.settings, disbursement_key=None), public_url="http://x", clock=clock.seconds
    )
    with pytest.raises(PaymentError) as error:
        poor.refund(RefundRequest(uuid4(), uuid4(), Money(1, "UGX"), 1001, "x"))
    assert error.value.permanent


@pytest.mark.parametrize(
    ("path", "found"),
    [("0b1c5d0e-3f53-4f0e-9d0b-3e3a1c1f2a3b", True), ("1001", False), ("", False)],
)
def test_a_callback_names_its_attempt_by_its_path_alone(mtn: Mtn, path: str, found: bool) -> None:
    hint = mtn.rail.read_callback(path, {}, b'{"status": "SUCCESSFUL"}')
    assert hint is not None
    assert bool(hint.charges) is found
