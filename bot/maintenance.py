"""What is kept only so long. Done every hour in many small transactions, so that nobody waits for it."""

from datetime import datetime, timedelta
from functools import partial

import structlog
from sqlalchemy import delete, func, null, select, tuple_, update
from sqlalchemy.orm import Session

from bot.outbox.claim import PENDING
from bot.outbox.lately import KEPT_TRYING
from bot.outbox.receipts import settle_early
from bot.retention import keep_months
from bot.world import World
from store import limits
from store.audit import kept as trail
from store.lookup.upkeep import catch_up, unkept
from store.misses import counting as misses
from store.models import BargainRow, ChallengeRow, FactRow, InboxRow, OutboxRow, ReceivedRow
from store.months import Month
from store.pictures import keeping
from store.scores import reckoning as scores
from store.transaction import run

log = structlog.get_logger(__name__)

BODIES_KEPT = timedelta(days=90)
EARLY_RECEIPTS_KEPT = timedelta(days=1)
# Meta goes on delivering for 7 days (Meta, "Webhooks", retries); the others for less.
RECEIVED_KEPT = timedelta(days=40)
# What was said about a price counts for a day; this is for whoever asks what happened.
BARGAINS_KEPT = timedelta(days=90)
# Codes are good for minutes; how often they were asked for matters for a day.
CHALLENGES_KEPT = timedelta(days=30)
# One transaction blanks what is of so long, or forgets so many.
STRETCH = timedelta(days=1)
MOST = 10_000

BLANKED = "bodies-blanked"


def tidy(world: World) -> None:
    """Give up what could not be sent, make the months that come and drop those that are over, blank old
    bodies, forget what nobody will ask for again."""
    now = world.clock()
    run(world.sessions, partial(_give_up, now))
    keep_months(world, now)
    while run(world.sessions, partial(_blank, now)):
        pass
    while run(world.sessions, partial(_forget_received, now)) == MOST:
        pass
    while run(world.sessions, partial(_forget_bargains, now)) == MOST:
        pass
    while run(world.sessions, partial(_forget_challenges, now)) == MOST:
        pass
    while run(world.sessions, partial(keeping.forget, now=now, most=MOST)) == MOST:
        pass
    for work in (_forget_receipts, _forget_counts, _forget_misses):
        run(world.sessions, partial(work, now))
    for shop_id in run(world.sessions, unkept):
        run(world.sessions, partial(catch_up, shop_id=shop_id))
    scored = Month.of(now).later(-world.settings.facts_kept_months).start.date()
    run(world.sessions, partial(scores.forget, before=scored))
    oldest = Month.of(now).later(-world.settings.audit_kept_months).start
    while run(world.sessions, partial(trail.forget, before=oldest, most=MOST)) == MOST:
        pass


def _blank(now: datetime, session: Session) -> bool:
    """Blank the bodies of the next stretch; False when all is done. A fact says how far it has come,
    which is where it goes on."""
    start = _blanked_until(session, now) or _oldest(session)
    if start is None or start >= now - BODIES_KEPT:
        return False
    end = min(start + STRETCH, now - BODIES_KEPT)
    session.execute(
        update(OutboxRow)
        .where(OutboxRow.created_at >= start, OutboxRow.created_at < end, OutboxRow.body != "")
        .values(body="", payload=null())
        .execution_options(synchronize_session=False)
    )
    session.execute(
        update(InboxRow)
        .where(InboxRow.received_at >= start, InboxRow.received_at < end)
        .where(InboxRow.text != "", InboxRow.done_at.is_not(None))
        .values(text="", payload={}, answer=None)
        .execution_options(synchronize_session=False)
    )
    session.add(FactRow(name=BLANKED, values={"until": end.isoformat()}, at=now))
    return True


def _blanked_until(session: Session, now: datetime) -> datetime | None:
    values = session.scalars(
        select(FactRow.values)
        .where(FactRow.shop_id.is_(None), FactRow.name == BLANKED)
        .where(FactRow.at.between(now - timedelta(days=35), now))
        .order_by(FactRow.at.desc(), FactRow.id.desc())
        .limit(1)
    ).first()
    return datetime.fromisoformat(str(values["until"])) if values else None


def _oldest(session: Session) -> datetime | None:
    """Since when there have been messages."""
    came = session.scalar(select(func.min(InboxRow.received_at)))
    went = session.scalar(select(func.min(OutboxRow.created_at)))
    return min((moment for moment in (came, went) if moment is not None), default=None)


def _give_up(now: datetime, session: Session) -> None:
    """What could not leave in all this time is not sent any more, and shows among what failed."""
    given_up = session.scalars(
        update(OutboxRow)
        .where(OutboxRow.status.in_(PENDING), OutboxRow.created_at < now - KEPT_TRYING)
        .values(status="failed", error=f"gave up: not sent in {KEPT_TRYING.days} days")
        .returning(OutboxRow.id)
        .execution_options(synchronize_session=False)
    ).all()
    if given_up:
        log.warning("gave up sending", messages=len(given_up))


def _forget_received(now: datetime, session: Session) -> int:
    """How many were forgotten. Of what is older no second delivery is expected."""
    known_by = tuple_(ReceivedRow.address_id, ReceivedRow.message_id)
    old = (
        select(ReceivedRow.address_id, ReceivedRow.message_id)
        .where(ReceivedRow.received_at < now - RECEIVED_KEPT)
        .limit(MOST)
    )
    forgotten = session.execute(
        delete(ReceivedRow).where(known_by.in_(old)).execution_options(synchronize_session=False)
    )
    return int(forgotten.rowcount)  # type: ignore[attr-defined]


def _forget_bargains(now: datetime, session: Session) -> int:
    """How many were forgotten."""
    over = select(BargainRow.id).where(BargainRow.day < (now - BARGAINS_KEPT).date()).limit(MOST)
    forgotten = session.execute(
        delete(BargainRow)
        .where(BargainRow.id.in_(over))
        .execution_options(synchronize_session=False)
    )
    return int(forgotten.rowcount)  # type: ignore[attr-defined]


def _forget_challenges(now: datetime, session: Session) -> int:
    """How many codes that nothing waits for were forgotten."""
    over = (
        select(ChallengeRow.id).where(ChallengeRow.created_at < now - CHALLENGES_KEPT).limit(MOST)
    )
    forgotten = session.execute(
        delete(ChallengeRow)
        .where(ChallengeRow.id.in_(over))
        .execution_options(synchronize_session=False)
    )
    return int(forgotten.rowcount)  # type: ignore[attr-defined]


def _forget_receipts(now: datetime, session: Session) -> None:
    settle_early(session, now - EARLY_RECEIPTS_KEPT)


def _forget_counts(now: datetime, session: Session) -> None:
    limits.forget(session, now)


def _forget_misses(now: datetime, session: Session) -> None:
    misses.forget(session, now)
