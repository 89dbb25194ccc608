"""A worker is killed after the provider took a payout and before we wrote down that it did: whoever comes
after asks about the same reference, and the money leaves once."""

from datetime import UTC, datetime
from random import Random
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from payments.emulated import Hit, Trouble
from payments.emulated.faults import calm
from store.ids import new_id, new_reference
from store.ledger import Account, Kind, post
from store.models import PayoutRow, PersonRow, PostingRow, ShopRow
from store.postings import payout_reserved
from store.rules import Rules
from store.scope import Scope
from store.till import AVAILABLE
from tests.chaos.conftest import Build
from tests.e2e.house import eventually

SELLER = "+256772100001"


def test_a_worker_killed_after_the_request_sends_the_money_once(install: Build) -> None:
    polls = ",".join(str(second) for second in range(1, 180, 2))
    city = install(PAYMENT_POLL_SECONDS=polls).open()
    city.wallets.faults.drop_callbacks = True
    city.wallets.faults.at_request = lambda asked: Hit(Trouble.STALLED, 8.0)
    payout_id = city.in_books(_payout)
    city.processes.start("worker", "clock")
    eventually(lambda: city.wallets.sent(str(payout_id)), "the request", 60)
    city.processes.kill_family("worker")
    city.wallets.faults.at_request = calm
    assert city.in_books(lambda session: _status(session, payout_id)) == "submitted"
    city.processes.start("worker")
    eventually(
        lambda: city.in_books(lambda session: _status(session, payout_id)) == "paid",
        "a payout that has arrived",
        60,
    )
    assert [sent.reference for sent in city.wallets.payouts()] == [str(payout_id)]
    causes = city.in_books(lambda session: _causes(session, payout_id))
    assert causes == ["payout-reserved", "payout-paid"]


def _payout(session: Session) -> UUID:
    """The owner's, confirmed and committed, of which no worker has heard yet."""
    now = datetime.now(UTC)
    shop = session.scalars(select(ShopRow)).one()
    owner = session.scalars(select(PersonRow).where(PersonRow.phone == SELLER)).one()
    scope = Scope(session, shop, now, lambda _: None, Rules(), Random(1))
    money = {Account(Kind.RAIL, "mtn-momo"): 50_000, AVAILABLE: -50_000}
    post(scope, f"seed:{new_id()}", "seed", money, "UGX")
    row = PayoutRow(
        id=new_reference(), shop_id=shop.id, account=AVAILABLE.name, person_id=owner.id, phone=SELLER,
        rail="mtn-momo", amount=30_000, fee=0, currency="UGX", status="created",
        next_poll_at=now, created_at=now,
    )  # fmt: skip
    payout_reserved(scope, row)
    session.add(row)
    session.flush()
    return row.id


def _status(session: Session, payout_id: UUID) -> str:
    return session.scalars(select(PayoutRow.status).filter_by(id=payout_id)).one()


def _causes(session: Session, payout_id: UUID) -> list[str]:
    mine = PostingRow.key.startswith(f"payout:{payout_id}:")
    return list(session.scalars(select(PostingRow.cause).where(mine).order_by(PostingRow.id)))
