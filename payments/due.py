"""What is due: the clock's work on attempts, refunds and payouts, a batch at a time.

Every item is claimed when it is worked on, so several clocks and workers may run these at once.
"""

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from uuid import UUID

import structlog
from sqlalchemy import exists, or_, select
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from flows.ports.wallet import PayoutStatus
from payments.sending.naming import name_number
from payments.sending.payouts import poll_payout, submit_payout
from payments.sending.refunds import poll_refund, submit_refund
from payments.taking.codes import hand_on
from payments.taking.polling import poll
from payments.taking.steps import CREATED
from payments.taking.submitting import submit
from payments.world import World
from store.models import AttemptRow, PayoutNumberRow, PayoutRow, RefundRow

log = structlog.get_logger(__name__)

# Providers answer in seconds, so a batch is asked for side by side.
AT_ONCE = 8


def anything_due(session: Session, now: datetime) -> bool:
    """Whether any attempt, refund, payout or payout number waits for the clock: one statement, for a clock
    that ticks often."""
    waits = (
        exists().where(AttemptRow.status == CREATED.value, AttemptRow.submit_after <= now),
        exists().where(AttemptRow.next_poll_at <= now),
        exists().where(RefundRow.next_poll_at <= now),
        exists().where(PayoutRow.next_poll_at <= now),
        exists().where(PayoutNumberRow.next_poll_at <= now),
        exists().where(AttemptRow.code.is_not(None)),
    )
    return bool(session.scalar(select(or_(*waits))))


def submit_due(world: World, limit: int = 100) -> int:
    """Send prompts that should have left: those of USSD, and what a lost wake-up left behind."""
    now = world.now()
    return each(world, _created(world, now, limit), submit)


def poll_due(world: World, limit: int = 100) -> int:
    """Ask about the attempts whose time has come. Returns how many were looked at."""
    return each(world, _to_be_asked(world, AttemptRow, limit), poll)


def codes_due(world: World, limit: int = 100) -> int:
    """Hand on the one-time codes that a lost wake-up left behind."""
    waiting = world.read(
        lambda session: session.scalars(
            select(AttemptRow.id).where(AttemptRow.code.is_not(None)).limit(limit)
        ).all()
    )
    return each(world, waiting, hand_on)


def refunds_due(world: World, limit: int = 100) -> int:
    """Send refunds that wait, and ask about those under way."""
    now = world.now()
    due = world.read(
        lambda session: session.execute(
            select(RefundRow.id, RefundRow.status)
            .where(RefundRow.next_poll_at <= now)
            .order_by(RefundRow.next_poll_at)
            .limit(limit)
        ).all()
    )
    waiting = [refund_id for refund_id, status in due if status == "created"]
    under_way = [refund_id for refund_id, status in due if status != "created"]
    return each(world, waiting, submit_refund) + each(world, under_way, poll_refund)


def payouts_due(world: World, limit: int = 100) -> int:
    """Send payouts that wait, and ask about those under way."""
    now = world.now()
    due = world.read(
        lambda session: session.execute(
            select(PayoutRow.id, PayoutRow.status)
            .where(PayoutRow.next_poll_at <= now)
            .order_by(PayoutRow.next_poll_at)
            .limit(limit)
        ).all()
    )
    waiting = [payout_id for payout_id, status in due if status == PayoutStatus.CREATED]
    under_way = [payout_id for payout_id, status in due if status != PayoutStatus.CREATED]
    return each(world, waiting, submit_payout) + each(world, under_way, poll_payout)


def numbers_due(world: World, limit: int = 100) -> int:
    """Ask whose wallets the numbers are that owners want for their shops' money."""
    return each(world, _to_be_asked(world, PayoutNumberRow, limit), name_number)


def _to_be_asked(
    world: World, table: type[AttemptRow] | type[PayoutNumberRow], limit: int
) -> Sequence[UUID]:
    """Those of which the provider is to be asked now, who waits longest first."""
    now = world.now()
    return world.read(
        lambda session: session.scalars(
            select(table.id)
            .where(table.next_poll_at <= now)
            .order_by(table.next_poll_at)
            .limit(limit)
        ).all()
    )


def _created(world: World, now: datetime, limit: int) -> Sequence[UUID]:
    return world.read(
        lambda session: session.scalars(
            select(AttemptRow.id)
            .where(AttemptRow.status == CREATED.value, AttemptRow.submit_after <= now)
            .order_by(AttemptRow.submit_after)
            .limit(limit)
        ).all()
    )


def each(world: World, ids: Sequence[UUID], work: Callable[[World, UUID], object]) -> int:
    """One that meets a database in trouble does not keep the others from their turn: it stays due."""

    def one(subject: UUID) -> None:
        try:
            work(world, subject)
        except DBAPIError as error:
            log.warning("payment work put off", subject=str(subject), error=str(error.orig))

    if len(ids) > 1:
        with ThreadPoolExecutor(min(AT_ONCE, len(ids)), "payments") as pool:
            list(pool.map(one, ids))
    else:
        for subject in ids:
            one(subject)
    return len(ids)
