"""What the emulated MTN does wrong when it is told to, request by request."""

import time
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor

import pytest
from flask import Flask, Response, request

from channels.emulated import serving
from flows.money import Money
from flows.ports.payments import AttemptStatus
from payments.emulated import Hit, Trouble
from payments.errors import PaymentError
from payments.mtn_momo import MtnMomo
from tests.fakes.paying import Clock, Mtn, charge


@pytest.fixture
def heard(mtn: Mtn) -> list[tuple[str, object]]:
    """What the merchant is called back with: status and reason."""
    return []


@pytest.fixture
def rail(mtn: Mtn, clock: Clock, heard: list[tuple[str, object]]) -> Iterator[MtnMomo]:
    app = Flask("merchant")

    def listen(path: str) -> Response:
        body: Mapping[str, object] = request.get_json()
        heard.append((str(body["status"]), body.get("reason")))
        return Response(status=200)

    app.add_url_rule("/<path:path>", view_func=listen, methods=["PUT"])
    mtn.wallets.faults.drop_callbacks = False
    with serving(app) as url:
        yield MtnMomo(mtn.settings, public_url=url, clock=clock.seconds)
        mtn.wallets.callbacks.wait()


def approved(mtn: Mtn, rail: MtnMomo, hit: Hit) -> str:
    """A prompt that was approved, with this happening to MTN's call."""
    made = charge()
    rail.request(made)
    mtn.wallets.faults.at_callback = lambda asked: hit if asked.amount == "48000" else None
    mtn.wallets.approve(str(made.reference))
    mtn.wallets.callbacks.wait()
    return str(made.reference)


@pytest.mark.parametrize(
    ("trouble", "said"),
    [
        (Trouble.LOST, []),
        (Trouble.GONE, []),
        (Trouble.TWICE, [("SUCCESSFUL", None)] * 2),
        (Trouble.LYING, [("FAILED", "APPROVAL_REJECTED")]),
    ],
)
def test_a_call_back_is_lost_or_doubled_or_lies(
    mtn: Mtn,
    rail: MtnMomo,
    heard: list[tuple[str, object]],
    trouble: Trouble,
    said: list[tuple[str, object]],
) -> None:
    reference = approved(mtn, rail, Hit(trouble))
    assert heard == said
    found = mtn.wallets.find(reference)
    assert found is not None
    assert found.status == "taken"


def test_a_refusal_can_be_told_as_a_success(
    mtn: Mtn, rail: MtnMomo, heard: list[tuple[str, object]]
) -> None:
    made = charge()
    rail.request(made)
    mtn.wallets.faults.at_callback = lambda _: Hit(Trouble.LYING)
    mtn.wallets.refuse(str(made.reference))
    mtn.wallets.callbacks.wait()
    assert heard == [("SUCCESSFUL", None)]


def test_a_call_back_can_be_late(mtn: Mtn, rail: MtnMomo, heard: list[tuple[str, object]]) -> None:
    began = time.monotonic()
    approved(mtn, rail, Hit(Trouble.LATE, 0.3))
    assert time.monotonic() - began >= 0.3
    assert heard == [("SUCCESSFUL", None)]


def test_the_merchant_can_be_told_once_more(
    mtn: Mtn, rail: MtnMomo, heard: list[tuple[str, object]]
) -> None:
    made = charge()
    rail.request(made)
    mtn.wallets.call_back(str(made.reference))
    assert heard == []
    mtn.wallets.approve(str(made.reference))
    mtn.wallets.call_back(str(made.reference))
    mtn.wallets.callbacks.wait()
    assert heard == [("SUCCESSFUL", None)] * 2


@pytest.mark.parametrize("trouble", [Trouble.BUSY, Trouble.BROKEN, Trouble.DROPPED, Trouble.FELL])
def test_a_request_that_met_trouble_can_be_made_again(
    mtn: Mtn, rail: MtnMomo, trouble: Trouble
) -> None:
    hits = [Hit(trouble, 7.0)]
    mtn.wallets.faults.at_request = lambda _: hits.pop() if hits else None
    made = charge()
    if trouble in (Trouble.BROKEN, Trouble.FELL):
        assert rail.request(made).state is AttemptStatus.UNKNOWN
    else:
        with pytest.raises(PaymentError) as error:
            rail.request(made)
        assert error.value.retry_after == (7.0 if trouble is Trouble.BUSY else None)
    assert len(mtn.wallets.all()) == (1 if trouble in (Trouble.DROPPED, Trouble.FELL) else 0)
    assert rail.request(made).state is AttemptStatus.PENDING
    assert len(mtn.wallets.all()) == 1


def test_a_request_that_stalls_was_taken_before_its_answer(mtn: Mtn, rail: MtnMomo) -> None:
    mtn.wallets.faults.at_request = lambda _: Hit(Trouble.STALLED, 1.0)
    with ThreadPoolExecutor(1) as pool:
        began = time.monotonic()
        answer = pool.submit(rail.request, charge())
        while not mtn.wallets.all():
            assert time.monotonic() - began < 1.0
            time.sleep(0.01)
        assert answer.result().state is AttemptStatus.PENDING
        assert time.monotonic() - began >= 1.0


def test_a_slow_request_is_taken_all_the_same(mtn: Mtn, rail: MtnMomo) -> None:
    mtn.wallets.faults.at_request = lambda _: Hit(Trouble.SLOW, 0.2)
    began = time.monotonic()
    assert rail.request(charge()).state is AttemptStatus.PENDING
    assert time.monotonic() - began >= 0.2


def test_a_call_back_overtaken_by_that_of_another_prompt_still_comes(
    mtn: Mtn, rail: MtnMomo, heard: list[tuple[str, object]]
) -> None:
    first, second = charge(), charge()
    rail.request(first)
    rail.request(second)
    hits = [Hit(Trouble.OVERTAKEN, 5.0)]
    mtn.wallets.faults.at_callback = lambda _: hits.pop() if hits else None
    mtn.wallets.refuse(str(first.reference))
    mtn.wallets.approve(str(second.reference))
    until = time.monotonic() + 4
    while len(heard) < 2 and time.monotonic() < until:
        time.sleep(0.01)
    assert heard == [("SUCCESSFUL", None), ("FAILED", "APPROVAL_REJECTED")]


def test_what_was_taken_can_be_taken_back(
    mtn: Mtn, rail: MtnMomo, heard: list[tuple[str, object]]
) -> None:
    made = charge()
    rail.request(made)
    mtn.wallets.approve(str(made.reference))
    mtn.wallets.reverse(str(made.reference))
    assert rail.status(made.reference).state is AttemptStatus.FAILED


@pytest.mark.parametrize(
    ("fault", "value", "amount", "currency"),
    [("other_amount", "4800", 4_800, "UGX"), ("other_currency", "EUR", 4_800_000, "EUR")],
)
def test_other_money_than_was_asked_for_is_told_as_it_is(
    mtn: Mtn, rail: MtnMomo, fault: str, value: str, amount: int, currency: str
) -> None:
    made = charge()
    rail.request(made)
    setattr(mtn.wallets.faults, fault, value)
    mtn.wallets.approve(str(made.reference))
    assert rail.status(made.reference).amount == Money(amount, currency)


@pytest.mark.parametrize("amount", ["4.8e4", "-48000", "NaN", "1" * 17, "", "48000.5"])
def test_an_amount_that_cannot_be_read_is_no_amount(mtn: Mtn, rail: MtnMomo, amount: str) -> None:
    made = charge()
    rail.request(made)
    mtn.wallets.approve(str(made.reference))
    mtn.only.taken = amount or " "
    status = rail.status(made.reference)
    assert (status.state, status.amount) == (AttemptStatus.SUCCEEDED, None)
    assert status.got.endswith("UGX")
