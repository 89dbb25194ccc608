"""SMS of payments held against the books: what is true, what is asked about, and what nobody believes."""

from dataclasses import replace
from decimal import Decimal
from uuid import UUID

import pytest
from sqlalchemy import select

from flows.happenings import SmsDoubted
from flows.operator_sms import OperatorSms
from flows.ports.orders import PaymentStatus
from flows.ports.records import Claim, Claimed, Standing
from payments.people.claims import FORGED
from payments.people.records import CustomerRecords
from store.models import FactRow, PersonRow
from tests.fakes.paying import Market, Mtn, make_market

SMS = OperatorSms(Decimal(48_000), "UGX", "1000000001")


def claim(market: Market, sms: OperatorSms) -> Claimed:
    def hold(scope: object) -> Claimed:
        return records(market, scope).claimed(sms)

    return market.at_shop(hold)


def records(market: Market, scope: object) -> CustomerRecords:
    person = scope.session.get(PersonRow, market.person_id)  # type: ignore[attr-defined]
    return CustomerRecords(scope, person, market.port(scope), str)  # type: ignore[arg-type]


def paid(market: Market, mtn: Mtn) -> tuple[int, UUID, str]:
    """An order paid by MTN, and what MTN calls the payment."""
    number = market.order()
    attempt_id = market.prompted(number)
    mtn.wallets.approve(str(attempt_id))
    market.after(seconds=11)
    reference = market.attempt(attempt_id).provider_id
    assert reference is not None
    return number, attempt_id, reference


def doubted(market: Market) -> int:
    facts = select(FactRow).where(FactRow.name == FORGED, FactRow.shop_id == market.shop_id)
    return len(market.world.read(lambda session: list(session.scalars(facts))))


def test_the_providers_own_number_and_amount_hold(market: Market, mtn: Mtn) -> None:
    number, _, reference = paid(market, mtn)
    assert claim(market, replace(SMS, reference=reference)) == Claimed(Claim.HOLDS, number)
    assert doubted(market) == 0


@pytest.mark.parametrize(
    "change", [{"reference": "99999999999"}, {"amount": Decimal(49_000)}, {"currency": "KES"}]
)
def test_what_differs_from_the_books_is_wrong(
    market: Market, mtn: Mtn, change: dict[str, object]
) -> None:
    _, _, reference = paid(market, mtn)
    sms = replace(replace(SMS, reference=reference), **change)  # type: ignore[arg-type]
    assert claim(market, sms).claim is Claim.WRONG
    assert doubted(market) == 1


def test_while_the_prompt_is_open_the_provider_is_asked_and_nothing_believed(
    market: Market, mtn: Mtn
) -> None:
    number = market.order()
    attempt_id = market.prompted(number)
    assert claim(market, SMS) == Claimed(Claim.ASKED, number)
    assert market.attempt(attempt_id).asked_at is not None
    assert market.order_row(number).payment_status == PaymentStatus.PENDING


def test_an_old_sms_pays_no_second_order(market: Market, mtn: Mtn) -> None:
    first, _, reference = paid(market, mtn)
    second = market.order()
    market.prompted(second)
    assert claim(market, replace(SMS, reference=reference)) == Claimed(Claim.HOLDS, first)
    assert market.order_row(second).payment_status == PaymentStatus.PENDING


def test_somebody_elses_payment_is_nobodys_here(market: Market, mtn: Mtn) -> None:
    _, _, reference = paid(market, mtn)
    thief = make_market(market.sessions, market.clock, market.world.rails)
    assert claim(thief, replace(SMS, reference=reference)) == Claimed(Claim.NONE)
    paid(thief, mtn)
    assert claim(thief, replace(SMS, reference=reference)).claim is Claim.WRONG


def test_the_seller_hears_of_it_once_a_day(market: Market) -> None:
    market.prompted(market.order())
    wrong = replace(SMS, amount=Decimal(5))
    for _ in range(3):
        assert claim(market, wrong).claim is Claim.WRONG
    assert len(market.heard(SmsDoubted)) == 1
    market.clock.pass_by(hours=25)
    market.prompted(market.order())
    claim(market, wrong)
    assert len(market.heard(SmsDoubted)) == 2
    assert doubted(market) == 4


def test_a_receipt_ends_with_what_the_provider_calls_the_payment(market: Market, mtn: Mtn) -> None:
    number, _, reference = paid(market, mtn)
    found = market.at_shop(lambda scope: records(market, scope).receipt(number))
    assert found.reference == reference[-4:]  # type: ignore[union-attr]
    assert found.standing is Standing.PAID  # type: ignore[union-attr]
