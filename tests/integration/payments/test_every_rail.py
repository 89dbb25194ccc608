"""What every rail with a provider behind it must do, through its real client."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from uuid import UUID, uuid4

import pytest

from bot.rails import MAKERS
from channels.channel import Medium
from channels.render import Reader, Words
from flows.happenings import OrderPaid, PaymentFailed
from flows.notices import notices
from flows.ports.payments import Attempt, AttemptStatus
from payments.charge import Charge, PayoutRequest, RailStatus, RefundRequest, Submission
from payments.checking.reconciliation import reconcile
from payments.errors import PaymentError
from payments.rail import Ability, Rails
from store.proof import prove
from store.transaction import Sessions
from tests.fakes.flutterwave import opened
from tests.fakes.paying import Clock, Market, make_market
from tests.fakes.rails import RAILS, AnyRail
from tests.fakes.trade import SHOP, an_order

S = AttemptStatus
LOCALES = Path(__file__).parents[3] / "locales"
WAITED = timedelta(minutes=5)


@pytest.fixture(params=RAILS, ids=str)
def any_rail(request: pytest.FixtureRequest, clock: Clock) -> Iterator[AnyRail]:
    with RAILS[request.param](clock) as made:
        yield made


@pytest.fixture(scope="module")
def words() -> Words:
    return Words(LOCALES, strict=True)


def test_every_rail_of_this_server_is_here() -> None:
    assert {name.partition(" ")[0] for name in RAILS} == set(MAKERS)


def test_money_that_was_approved_is_there_once(any_rail: AnyRail) -> None:
    charge = any_rail.charge()
    for _ in range(3):
        assert any_rail.rail.request(charge).state in (S.PENDING, S.UNKNOWN)
    assert any_rail.rail.status(charge.reference).state in (None, S.PENDING)
    any_rail.wallets.approve(str(charge.reference))
    assert _came(any_rail.rail.status(charge.reference), charge)
    assert any_rail.rail.status(charge.reference).provider_id


def test_a_reference_that_nobody_sent_is_not_known(any_rail: AnyRail) -> None:
    assert any_rail.rail.status(uuid4()).state is None


@pytest.mark.parametrize("fault", ["dropped", "fell"])
def test_after_a_lost_answer_the_same_reference_is_asked_about(
    any_rail: AnyRail, fault: str
) -> None:
    setattr(any_rail.wallets.faults, fault, 1)
    charge = any_rail.charge()
    assert _outcome(lambda: any_rail.rail.request(charge)) is S.UNKNOWN
    any_rail.wallets.approve(str(charge.reference))
    assert _came(any_rail.rail.status(charge.reference), charge)


@pytest.mark.parametrize("fault", ["errors", "busy"])
def test_trouble_before_it_was_taken_is_not_an_end(any_rail: AnyRail, fault: str) -> None:
    setattr(any_rail.wallets.faults, fault, 1)
    charge = any_rail.charge()
    assert _outcome(lambda: any_rail.rail.request(charge)) in (S.UNKNOWN, None)
    assert any_rail.rail.status(charge.reference).state is None
    assert any_rail.rail.request(charge).state is S.PENDING


def test_a_status_that_cannot_be_read_says_nothing_of_the_money(any_rail: AnyRail) -> None:
    charge = any_rail.charge()
    any_rail.rail.request(charge)
    any_rail.wallets.approve(str(charge.reference))
    any_rail.wallets.faults.unreadable = 1
    with pytest.raises(PaymentError) as caught:
        any_rail.rail.status(charge.reference)
    assert not caught.value.permanent


@pytest.mark.parametrize("other", ["1", "479.99", "999999999999999999999999", "1e3", "-48000"])
def test_other_money_is_never_the_money_asked_for(any_rail: AnyRail, other: str) -> None:
    charge = any_rail.charge()
    any_rail.rail.request(charge)
    any_rail.wallets.faults.other_amount = other
    any_rail.wallets.approve(str(charge.reference))
    status = any_rail.rail.status(charge.reference)
    assert not _came(status, charge)
    assert status.got


def test_another_currency_is_never_the_money_asked_for(any_rail: AnyRail) -> None:
    charge = any_rail.charge()
    any_rail.rail.request(charge)
    any_rail.wallets.faults.other_currency = "KES"
    any_rail.wallets.approve(str(charge.reference))
    assert not _came(any_rail.rail.status(charge.reference), charge)


def test_a_call_without_a_right_signature_is_about_nothing_of_ours(any_rail: AnyRail) -> None:
    """MTN signs nothing: there the path is all that is read, and this one is nobody's."""
    forged = b'{"event": "charge.success", "transaction": {"id": "x"}, "data": {}}'
    told = any_rail.rail.read_callback("", {"X-Signature": "forged"}, forged)
    assert told is None or not (told.charges or told.refunds or told.payouts)


def test_a_refund_goes_back_once_however_often_it_is_sent(any_rail: AnyRail) -> None:
    charge = any_rail.charge()
    any_rail.rail.request(charge)
    any_rail.wallets.approve(str(charge.reference))
    refund = RefundRequest(
        reference=uuid4(),
        charge=charge.reference,
        amount=charge.amount,
        order_number=1001,
        note=charge.note,
        charged=charge.amount,
        payer=charge.payer,
        charge_id=any_rail.rail.status(charge.reference).provider_id,
        waited=WAITED,
    )
    if not any_rail.rail.can(Ability.REFUND):
        return
    any_rail.wallets.faults.fell = 1
    for _ in range(3):
        _outcome(lambda: any_rail.rail.refund(refund))
    # Where nobody can tell what became of it, a person must: None would send it again.
    assert any_rail.rail.refund_status(refund).state in (S.SUCCEEDED, S.UNKNOWN, S.FAILED)
    assert len([sent for sent in any_rail.wallets.refunds() if sent.reason is None]) == 1


def test_a_payout_arrives_once_however_often_it_is_sent(any_rail: AnyRail) -> None:
    charge = any_rail.charge()
    if not any_rail.rail.can(Ability.PAYOUT) or any_rail.country == "NG":
        return
    payee = charge.payer or "+256772123456"
    payout = PayoutRequest(uuid4(), charge.amount, payee, "Mama Njeri's Foods", "Amina Mfano")
    any_rail.wallets.faults.fell = 1
    for _ in range(3):
        assert _outcome(lambda: any_rail.rail.payout(payout)) in (S.PENDING, S.UNKNOWN)
    assert any_rail.rail.payout_status(payout).state is S.SUCCEEDED
    assert len(any_rail.wallets.payouts()) == 1


@pytest.fixture
def any_market(any_rail: AnyRail, postgres: Sessions, clock: Clock) -> Iterator[Market]:
    """A shop of the rail's country that takes it, and nothing else. Its books are right at the end."""
    name = any_rail.rail.name
    rails = Rails({name: any_rail.rail})
    country, currency = any_rail.country, any_rail.charge().amount.currency
    yield make_market(postgres, clock, rails, takes=(name,), country=country, currency=currency)
    assert prove(postgres.kw["bind"]).finding is None


def ordered(market: Market, any_rail: AnyRail) -> tuple[int, UUID]:
    """An order, and an attempt at its money that has left."""
    asked = any_rail.charge()
    number = market.order(asked.amount.minor, currency=asked.amount.currency)
    return number, opened(market, number, any_rail.rail.name, any_rail.payer)


def test_an_order_is_paid_once_though_the_answer_was_lost(
    any_market: Market, any_rail: AnyRail
) -> None:
    any_rail.wallets.faults.dropped = 1
    number, attempt_id = ordered(any_market, any_rail)
    assert any_market.attempt(attempt_id).status == "unknown"
    any_market.after(seconds=10)
    any_rail.wallets.approve(str(attempt_id))
    any_market.after(seconds=30)
    assert any_market.order_row(number).payment_status == "paid"
    reconcile(any_market.world)
    assert len(any_market.heard(OrderPaid)) == 1
    assert any_market.attempt(attempt_id).reconciled_at is not None
    assert not any_market.reviews()


def test_money_that_nobody_says_anything_of_ends_with_the_window_and_may_still_come(
    any_market: Market, any_rail: AnyRail
) -> None:
    any_rail.wallets.faults.pending_for_ever = True
    number, attempt_id = ordered(any_market, any_rail)
    any_rail.wallets.approve(str(attempt_id))
    for _ in range(7):
        any_market.after(minutes=5)
    assert any_market.attempt(attempt_id).status == "expired"
    assert len(any_market.heard(PaymentFailed)) == 1
    any_rail.wallets.faults.pending_for_ever = False
    any_market.after(minutes=35)
    assert any_market.order_row(number).payment_status == "paid"
    assert len(any_market.heard(OrderPaid)) == 1


def test_every_reason_reaches_the_customers_words_in_every_language(
    any_rail: AnyRail, words: Words
) -> None:
    """From the wallet, over the wire and the table, to what somebody reads on each kind of phone."""
    for code in any_rail.rail.reasons:
        status = _failed_with(any_rail, code)
        assert status.state is not S.SUCCEEDED, code
        ended = S.EXPIRED if status.state is S.EXPIRED else S.FAILED
        attempt = Attempt(
            id="a",
            order_number=1001,
            rail=any_rail.rail.name,
            payer=any_rail.payer,
            amount=any_rail.charge().amount,
            status=ended,
            next=any_rail.rail.next_step(status.code),
        )
        (notice,) = notices(PaymentFailed(an_order(1001), attempt), SHOP)
        for language in words.locales:
            for medium in (Medium.WHATSAPP, Medium.SMS, Medium.USSD):
                text = words.text(notice.message, Reader(language, "UTC", "customer"), medium)
                assert "1001" in text, (code, language, medium)


def _outcome(request: Callable[[], Submission]) -> AttemptStatus | None:
    """What a request came to; None: nothing was taken."""
    try:
        return request().state
    except PaymentError as error:
        if error.permanent:
            return S.FAILED
        return S.UNKNOWN if error.unknown else None


def _came(status: RailStatus, charge: Charge) -> bool:
    """All of the money, and no other."""
    return status.state is S.SUCCEEDED and status.moved(charge.amount) == charge.amount


def _failed_with(any_rail: AnyRail, code: str) -> RailStatus:
    charge = any_rail.charge()
    any_rail.rail.request(charge)
    any_rail.wallets.fail(str(charge.reference), any_rail.said(code))
    status = any_rail.rail.status(charge.reference)
    assert status.known, code
    return status
