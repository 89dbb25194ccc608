"""A worker is killed after MTN took a refund or a payout and before we wrote down that it did: whoever comes
after asks about the same reference, and the money leaves once."""

from datetime import UTC, datetime, timedelta
from random import Random
from uuid import UUID

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from flows.money import Money
from payments.emulated import Hit, Prompt, Trouble, Wallets
from payments.emulated.faults import calm
from store.ids import new_id
from store.ledger import Account, Kind
from store.models import AttemptRow, PayoutRow, PersonRow, RefundRow, ShopRow
from store.orders.refunds import owe_refund
from store.payouts import begin
from store.postings import late_money, topped_up
from store.rules import Rules
from store.scope import Scope
from tests.chaos.conftest import Build
from tests.e2e.house import eventually

PHONE = "+256772300001"
ROWS = {"refund": (RefundRow, "succeeded"), "payout": (PayoutRow, "paid")}


@pytest.mark.parametrize("kind", ROWS)
def test_a_worker_killed_after_the_request_sends_nothing_twice(install: Build, kind: str) -> None:
    row, done = ROWS[kind]
    polls = ",".join(str(second) for second in range(1, 180, 2))
    city = install(PAYMENT_POLL_SECONDS=polls).open()
    wallets = city.wallets
    wallets.faults.drop_callbacks = True
    attempt = new_id()
    _took(wallets, attempt)
    wallets.faults.at_request = lambda asked: Hit(Trouble.STALLED, 8.0)
    reference = city.in_books(lambda session: _owe(session, kind, attempt))

    def status() -> str:
        wanted = select(row.status).where(row.id == reference)
        return city.in_books(lambda session: session.scalars(wanted).one())

    city.processes.start("worker", "clock")
    eventually(lambda: wallets.sent(str(reference)), "the request", 60)
    city.processes.kill_family("worker")
    wallets.faults.at_request = calm
    assert status() == "submitted"
    city.processes.start("worker")
    eventually(lambda: status() == done, "money that has arrived", 60)
    assert [
        (sent.reference, sent.requests) for sent in (*wallets.refunds(), *wallets.payouts())
    ] == [(str(reference), 1)]


def _took(wallets: Wallets, attempt: UUID) -> None:
    """A top-up that the customer has approved."""
    now = datetime.now(UTC)
    lapses = now + timedelta(minutes=5)
    prompt = Prompt(str(attempt), PHONE, "48000", "UGX", "Mama Njeri Foods", None, now, lapses)
    wallets.ask(prompt)
    wallets.approve(prompt.reference)


def _owe(session: Session, kind: str, attempt_id: UUID) -> UUID:
    """A refund or a payout of that money, committed, of which no worker has heard yet."""
    now = datetime.now(UTC)
    shop = session.scalars(select(ShopRow)).one()
    person = PersonRow(id=new_id(), phone=PHONE, created_at=now)
    attempt = AttemptRow(
        id=attempt_id, shop_id=shop.id, person_id=person.id, purpose="top-up", rail="mtn-momo",
        payer=PHONE, amount=48_000, currency="UGX", medium="sms", status="succeeded",
        submit_after=now, created_at=now, submitted_at=now,
    )  # fmt: skip
    for row in (person, attempt):
        session.add(row)
        session.flush()
    scope = Scope(session, shop, now, lambda _: None, Rules(), Random(1))
    amount = Money(40_000, "UGX")
    owed: RefundRow | PayoutRow | object | None
    if kind == "refund":
        late_money(scope, attempt)
        owed = owe_refund(scope, None, amount, "late", attempt.id)
    else:
        topped_up(scope, attempt)
        account = Account(Kind.WALLET, str(person.id))
        fee = Money.zero("UGX")
        owed = begin(scope, account, person, rail="mtn-momo", amount=amount, fee=fee, expected=None)
    assert isinstance(owed, RefundRow | PayoutRow), owed
    return owed.id
