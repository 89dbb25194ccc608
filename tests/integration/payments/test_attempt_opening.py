"""What a customer's yes leads to, and when it leads to nothing, on both databases."""

from datetime import timedelta
from uuid import UUID

from sqlalchemy import select

from flows.happenings import (
    PaymentFailed,
)
from flows.ports.refusals import (
    AlreadyPaid,
    PromptOpen,
    RailUnavailable,
    TooManyPrompts,
    UnknownOrder,
    WrongStep,
)
from payments.due import submit_due
from payments.taking.submitting import submit
from store.ids import new_id
from store.models import HoldRow, PersonRow
from tests.fakes.paying import PAYER, Market, Mtn


def test_a_job_delivered_twice_prompts_once(market: Market, mtn: Mtn) -> None:
    attempt_id = market.prompted(market.order())
    submit(market.world, attempt_id)
    submit_due(market.world)
    assert mtn.only.requests == 1


def test_a_second_yes_is_told_that_a_prompt_is_open(market: Market) -> None:
    number = market.order()
    first = market.opened(number)
    refusal = market.open(number, "+256772999999")
    assert isinstance(refusal, PromptOpen)
    assert refusal.payer == PAYER
    assert refusal.until == market.attempt(first).expires_at


def test_what_cannot_be_paid_is_refused(market: Market) -> None:
    number = market.order()
    assert market.open(999) == UnknownOrder(999)
    assert market.open(number, "+237670000001") == RailUnavailable("mtn-momo")
    assert market.at_shop(
        lambda scope: market.port(scope).open(number, "cash", PAYER)
    ) == RailUnavailable("cash")
    assert market.at_shop(
        lambda scope: market.port(scope).open(number, "airtel", PAYER)
    ) == RailUnavailable("airtel")
    market.change_order(number, payment_status="paid")
    assert market.open(number) == AlreadyPaid(number)
    gone = market.order(status="cancelled")
    assert market.open(gone) == WrongStep(gone, "cancelled")


def test_nobody_pays_for_another_persons_order(market: Market) -> None:
    number = market.order()
    market.person_id = stranger(market)
    assert market.open(number) == UnknownOrder(number)
    assert market.at_shop(lambda scope: market.port(scope).latest(number)) is None
    assert market.at_shop(lambda scope: market.port(scope).ask(number)) is None


def stranger(market: Market) -> UUID:
    person = PersonRow(id=new_id(), phone="+256772555555", created_at=market.clock.now())
    market.at_shop(lambda scope: scope.session.add(person))
    return person.id


def test_the_options_are_the_shops_rails(market: Market) -> None:
    options = market.at_shop(lambda scope: market.port(scope).options())
    assert [(option.name, option.prompts) for option in options] == [
        ("mtn-momo", True),
        ("cash", False),
    ]


def test_goods_stay_held_past_the_approval_window(market: Market) -> None:
    number = market.order()
    market.clock.pass_by(minutes=14)
    attempt_id = market.opened(number)
    expires_at = market.attempt(attempt_id).expires_at
    held_until = market.world.read(
        lambda session: session.scalars(select(HoldRow.expires_at)).one()
    )
    assert expires_at is not None
    assert held_until == expires_at + market.world.schedule.grace


def test_a_prompt_by_ussd_leaves_after_the_end_page(market: Market, mtn: Mtn) -> None:
    attempt_id = market.opened(market.order(), medium="ussd")
    later = submit(market.world, attempt_id)
    assert later == market.clock.now() + timedelta(seconds=3)
    assert submit_due(market.world) == 0
    assert not mtn.wallets.all()
    market.clock.pass_by(seconds=3)
    assert submit_due(market.world) == 1
    assert mtn.only.reference == str(attempt_id)


def test_a_wallets_number_gets_five_prompts_in_ten_minutes(market: Market) -> None:
    for _ in range(5):
        market.opened(market.order())
        market.clock.pass_by(seconds=30)
    refusal = market.open(market.order())
    assert isinstance(refusal, TooManyPrompts)
    assert refusal.until == market.clock.now() + timedelta(minutes=7, seconds=30)
    market.clock.at = refusal.until
    market.opened(market.order())


def test_a_person_asks_five_wallets_in_a_minute(market: Market) -> None:
    for ending in range(5):
        market.opened(market.order(), f"+25677200000{ending}")
    assert isinstance(market.open(market.order(), "+256772000009"), TooManyPrompts)


def test_a_prompt_that_waited_too_long_is_not_sent(market: Market, mtn: Mtn) -> None:
    attempt_id = market.opened(market.order())
    market.clock.pass_by(minutes=6)
    submit_due(market.world)
    assert market.attempt(attempt_id).status == "expired"
    assert not mtn.wallets.all()
    assert len(market.heard(PaymentFailed)) == 1


def test_a_cancelled_order_is_not_prompted_for(market: Market, mtn: Mtn) -> None:
    number = market.order()
    attempt_id = market.opened(number)
    market.change_order(number, status="cancelled")
    submit(market.world, attempt_id)
    assert market.attempt(attempt_id).status == "failed"
    assert not mtn.wallets.all()
    assert not market.heard(PaymentFailed)
