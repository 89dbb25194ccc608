"""An attempt from the customer's yes to its end, on both databases."""

from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from sqlalchemy import select

from flows.happenings import (
    LateMoney,
    OrderPaid,
    PaymentFailed,
    PaymentInReview,
    PaymentStillOpen,
)
from flows.ports.payments import Attempt, AttemptStatus, NextStep
from flows.ports.refusals import (
    PromptOpen,
)
from payments.charge import Callback, RailStatus
from payments.checking.reconciliation import sweep
from payments.due import poll_due
from payments.taking.polling import callback, poll
from payments.taking.submitting import submit
from store.models import AttemptHistoryRow, AttemptRow, FactRow
from tests.fakes.paying import Market, Mtn


def test_a_yes_becomes_a_prompt_and_the_approval_pays_the_order(market: Market, mtn: Mtn) -> None:
    number = market.order()
    attempt_id = market.opened(number)
    assert market.woken[-1].attempts == {attempt_id}
    assert not mtn.wallets.all()
    submit(market.world, attempt_id)
    assert market.attempt(attempt_id).status == "pending"
    mtn.wallets.approve(str(attempt_id))
    market.after(seconds=10)
    assert market.attempt(attempt_id).status == "succeeded"
    assert market.attempt(attempt_id).provider_id == mtn.only.transaction
    assert market.order_row(number).payment_status == "paid"
    assert market.order_row(number).status == "confirmed"
    assert len(market.heard(OrderPaid)) == 1


def test_every_step_is_written_down(market: Market, mtn: Mtn) -> None:
    attempt_id = market.prompted(market.order())
    mtn.wallets.approve(str(attempt_id))
    market.after(seconds=10)
    steps = market.world.read(
        lambda session: session.execute(
            select(AttemptHistoryRow.before, AttemptHistoryRow.after)
            .where(AttemptHistoryRow.subject_id == attempt_id)
            .order_by(AttemptHistoryRow.id)
        ).all()
    )
    assert [tuple(step) for step in steps] == [
        (None, "created"),
        ("created", "submitted"),
        ("submitted", "pending"),
        ("pending", "succeeded"),
    ]


def test_a_refusal_by_the_wallets_holder_fails_the_attempt(market: Market, mtn: Mtn) -> None:
    number = market.order()
    attempt_id = market.prompted(number)
    mtn.wallets.refuse(str(attempt_id))
    market.after(seconds=10)
    (told,) = market.heard(PaymentFailed)
    assert isinstance(told, PaymentFailed)
    assert (told.attempt.status, told.attempt.next) == (AttemptStatus.FAILED, NextStep.TRY_AGAIN)
    assert market.order_row(number).payment_status == "failed"
    again = market.opened(number)
    assert again != attempt_id
    assert market.order_row(number).payment_status == "pending"


def test_a_lost_answer_is_asked_about_and_never_charged_again(market: Market, mtn: Mtn) -> None:
    mtn.wallets.faults.dropped = 1
    number = market.order()
    attempt_id = market.prompted(number)
    assert market.attempt(attempt_id).status == "unknown"
    mtn.wallets.approve(str(attempt_id))
    market.after(seconds=10)
    assert mtn.only.requests == 1
    assert market.order_row(number).payment_status == "paid"


def test_a_process_that_died_before_the_request_is_made_good(market: Market, mtn: Mtn) -> None:
    number = market.order()
    attempt_id = market.opened(number)

    def died_after_the_commit(row: AttemptRow) -> None:
        row.status, row.submitted_at = "submitted", market.clock.now()
        row.next_poll_at = market.clock.now() + timedelta(seconds=10)

    market.at_shop(
        lambda scope: died_after_the_commit(scope.session.get_one(AttemptRow, attempt_id))
    )
    submit(market.world, attempt_id)
    assert not mtn.wallets.all()
    market.after(seconds=10)
    assert mtn.only.reference == str(attempt_id)
    expires_at = market.attempt(attempt_id).expires_at
    assert expires_at == market.clock.now() + timedelta(minutes=5)
    mtn.wallets.approve(str(attempt_id))
    market.after(seconds=20)
    assert market.order_row(number).payment_status == "paid"


def test_a_process_that_died_while_asking_is_replaced_after_the_lease(
    market: Market, mtn: Mtn
) -> None:
    attempt_id = market.prompted(market.order())
    market.clock.pass_by(seconds=10)
    leased = market.clock.now() + market.world.schedule.lease
    market.at_shop(
        lambda scope: setattr(scope.session.get_one(AttemptRow, attempt_id), "next_poll_at", leased)
    )
    mtn.wallets.approve(str(attempt_id))
    poll(market.world, attempt_id)
    assert market.attempt(attempt_id).status == "pending"
    market.after(seconds=45)
    assert market.attempt(attempt_id).status == "succeeded"


def test_409_means_that_it_was_taken(market: Market, mtn: Mtn) -> None:
    mtn.wallets.faults.conflicts = 1
    attempt_id = market.prompted(market.order())
    assert market.attempt(attempt_id).status == "pending"


def test_trouble_at_the_provider_is_tried_again_with_the_same_reference(
    market: Market, mtn: Mtn
) -> None:
    mtn.wallets.faults.errors = 1
    attempt_id = market.prompted(market.order())
    assert market.attempt(attempt_id).status == "unknown"
    market.after(seconds=10)
    assert mtn.only.reference == str(attempt_id)
    assert market.attempt(attempt_id).status == "pending"


def test_a_refusal_of_the_request_fails_at_once(market: Market, mtn: Mtn) -> None:
    mtn.wallets.faults.refused_tokens = 2
    attempt_id = market.prompted(market.order())
    (told,) = market.heard(PaymentFailed)
    assert isinstance(told, PaymentFailed)
    assert told.attempt.next is NextStep.ASK_SHOP
    assert market.attempt(attempt_id).reason_code == "http-401"


def test_a_prompt_that_nobody_answers_expires_with_its_window(market: Market, mtn: Mtn) -> None:
    mtn.wallets.faults.pending_for_ever = True
    number = market.order()
    attempt_id = market.prompted(number)
    market.after(minutes=4)
    assert market.attempt(attempt_id).status == "pending"
    market.after(minutes=1)
    assert market.attempt(attempt_id).status == "expired"
    (told,) = market.heard(PaymentFailed)
    assert isinstance(told, PaymentFailed)
    assert told.attempt.next is NextStep.TRY_AGAIN
    assert isinstance(market.open(number), Attempt)


def test_late_money_pays_an_order_that_is_still_open(market: Market, mtn: Mtn) -> None:
    mtn.wallets.faults.pending_for_ever = True
    number = market.order()
    attempt_id = market.prompted(number)
    mtn.wallets.approve(str(attempt_id))
    market.after(minutes=5)
    assert market.attempt(attempt_id).status == "expired"
    mtn.wallets.faults.pending_for_ever = False
    market.after(minutes=5)
    assert market.attempt(attempt_id).status == "succeeded"
    assert market.order_row(number).payment_status == "paid"


def test_late_money_for_a_cancelled_order_makes_a_successor(market: Market, mtn: Mtn) -> None:
    number = market.order()
    attempt_id = market.prompted(number)
    market.change_order(number, status="cancelled")
    mtn.wallets.approve(str(attempt_id))
    market.after(seconds=10)
    assert market.order_row(number).status == "cancelled"
    (told,) = market.heard(LateMoney)
    assert isinstance(told, LateMoney)
    assert told.successor is not None
    assert market.order_row(told.successor.number).payment_status == "paid"


def test_money_that_comes_twice_goes_back_once(market: Market, mtn: Mtn) -> None:
    number = market.order()
    mtn.wallets.faults.pending_for_ever = True
    first = market.prompted(number)
    mtn.wallets.approve(str(first))
    market.after(minutes=5)
    second = market.prompted(number)
    mtn.wallets.approve(str(second))
    mtn.wallets.faults.pending_for_ever = False
    market.after(minutes=10)
    assert {market.attempt(first).status, market.attempt(second).status} == {"succeeded"}
    assert [refund.amount for refund in market.refunds()] == [48_000]
    assert len(market.heard(OrderPaid)) == 1


@pytest.mark.parametrize("amount", ["47999", "48001", "not a number"])
def test_another_amount_is_held_for_review(market: Market, mtn: Mtn, amount: str) -> None:
    number = market.order()
    attempt_id = market.prompted(number)
    mtn.wallets.faults.other_amount = amount
    mtn.wallets.approve(str(attempt_id))
    market.after(seconds=10)
    assert market.attempt(attempt_id).status == "review"
    assert market.attempt(attempt_id).got == f"{amount} UGX"
    assert market.order_row(number).payment_status == "pending"
    assert len(market.heard(PaymentInReview)) == 1
    assert isinstance(market.open(number), PromptOpen)


def test_i_have_paid_asks_at_once(market: Market, mtn: Mtn) -> None:
    number = market.order()
    attempt_id = market.prompted(number)
    market.clock.pass_by(seconds=2)
    seen = market.at_shop(lambda scope: market.port(scope).ask(number))
    assert seen is not None
    assert market.woken[-1].asked == {attempt_id}
    poll(market.world, attempt_id)
    poll(market.world, attempt_id)
    assert len(market.heard(PaymentStillOpen)) == 1
    mtn.wallets.approve(str(attempt_id))
    market.at_shop(lambda scope: market.port(scope).ask(number))
    poll(market.world, attempt_id)
    assert market.order_row(number).payment_status == "paid"
    assert len(market.heard(PaymentStillOpen)) == 1


def test_i_have_paid_after_the_end_is_answered_too(market: Market, mtn: Mtn) -> None:
    mtn.wallets.faults.pending_for_ever = True
    number = market.order()
    attempt_id = market.prompted(number)
    market.after(minutes=5)
    market.at_shop(lambda scope: market.port(scope).ask(number))
    poll(market.world, attempt_id)
    assert len(market.heard(PaymentFailed)) == 2


def test_i_have_paid_without_an_attempt_knows_of_none(market: Market) -> None:
    number = market.order()
    assert market.at_shop(lambda scope: market.port(scope).ask(number)) is None


def test_a_callback_is_only_a_hint(market: Market, mtn: Mtn) -> None:
    number = market.order()
    attempt_id = market.prompted(number)
    assert callback(market.world, Callback(charges=(attempt_id,)))
    assert market.woken[-1].asked == {attempt_id}
    assert poll_due(market.world) == 1
    assert market.order_row(number).payment_status == "pending"
    mtn.wallets.approve(str(attempt_id))
    assert callback(market.world, Callback(charges=(attempt_id,)))
    poll(market.world, attempt_id)
    assert market.order_row(number).payment_status == "paid"
    woken = len(market.woken)
    assert callback(market.world, Callback(charges=(attempt_id,)))
    assert len(market.woken) == woken


def test_a_callback_that_comes_while_we_ask_is_not_lost(
    market: Market, mtn: Mtn, monkeypatch: pytest.MonkeyPatch
) -> None:
    number = market.order()
    market.prompted(number)
    read = mtn.rail.status

    def read_just_before_the_approval(reference: UUID) -> RailStatus:
        status = read(reference)
        mtn.wallets.approve(str(reference))
        callback(market.world, Callback(charges=(reference,)))
        return status

    monkeypatch.setattr(mtn.rail, "status", read_just_before_the_approval)
    market.after(seconds=10)
    monkeypatch.undo()
    assert market.order_row(number).payment_status == "pending"
    poll_due(market.world)
    assert market.order_row(number).payment_status == "paid"


def test_a_callback_for_nobodys_attempt_is_harmless(market: Market, mtn: Mtn) -> None:
    assert not callback(market.world, Callback(charges=(uuid4(),)))
    unsent = market.opened(market.order())
    assert callback(market.world, Callback(charges=(unsent,)))
    assert market.attempt(unsent).status == "created"
    assert not mtn.wallets.all()


def test_a_provider_that_does_not_answer_keeps_the_attempt_open_for_a_while(
    market: Market, mtn: Mtn
) -> None:
    number = market.order()
    attempt_id = market.prompted(number)
    mtn.wallets.faults.unreadable = 100
    market.after(minutes=6)
    assert market.attempt(attempt_id).status == "pending"
    assert isinstance(market.open(number), PromptOpen)
    market.after(minutes=30)
    assert market.attempt(attempt_id).status == "expired"


def test_a_code_that_no_table_has_is_counted_once(market: Market, mtn: Mtn) -> None:
    attempt_id = market.prompted(market.order())
    mtn.wallets.fail(str(attempt_id), "SOMETHING_NEW")
    market.after(seconds=10)
    market.after(seconds=20)
    assert market.attempt(attempt_id).status == "unknown"
    facts = market.world.read(lambda session: session.scalars(select(FactRow)).all())
    assert [fact.values for fact in facts] == [{"provider": "mtn-momo", "code": "SOMETHING_NEW"}]


def test_the_sweep_finds_what_fell_off_the_schedule(market: Market, mtn: Mtn) -> None:
    number = market.order()
    attempt_id = market.prompted(number)
    mtn.wallets.approve(str(attempt_id))
    market.at_shop(
        lambda scope: setattr(scope.session.get_one(AttemptRow, attempt_id), "next_poll_at", None)
    )
    market.clock.pass_by(hours=3)
    assert poll_due(market.world) == 0
    assert sweep(market.world) == 1
    poll_due(market.world)
    assert market.order_row(number).payment_status == "paid"
    assert sweep(market.world) == 0


def test_after_a_day_an_expired_attempt_is_left_alone(market: Market, mtn: Mtn) -> None:
    mtn.wallets.faults.pending_for_ever = True
    attempt_id = market.prompted(market.order())
    for _ in range(60):
        market.after(minutes=30)
    assert market.attempt(attempt_id).next_poll_at is None
    assert sweep(market.world) == 0
