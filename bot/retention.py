"""The months of messages and facts: made before they begin, and dropped when they are long over."""

from collections.abc import Callable, Mapping
from datetime import datetime
from functools import partial

import structlog
from sqlalchemy import Connection
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from bot.world import World
from store import months
from store.months import BY_MONTH, FACTS, INBOX, OUTBOX, ByMonth, Month, UnfinishedError
from store.received import by_month
from store.transaction import is_locked, run

log = structlog.get_logger(__name__)

# Rows deleted in one transaction, where there are no months to drop.
MOST = 1000


def keep_months(world: World, now: datetime) -> None:
    """Make the months to come; drop what is older than the settings say. What a busy table does not
    allow now is tried again the next time."""
    settings = world.settings
    kept: Mapping[ByMonth, int] = {
        INBOX: settings.messages_kept_months,
        OUTBOX: settings.messages_kept_months,
        FACTS: settings.facts_kept_months,
    }
    divided = run(world.sessions, by_month)
    for table in BY_MONTH:
        before = Month.of(now).later(-kept[table])
        if divided:
            _make(world, table, now)
            _drop(world, table, before)
        else:
            _delete(world, table, before)


def _make(world: World, table: ByMonth, now: datetime) -> None:
    wanted = run(world.sessions, lambda s: months.missing(s.connection(), table, now))
    for month in wanted:
        _alone(world, partial(months.make, table=table, month=month))


def _drop(world: World, table: ByMonth, before: Month) -> None:
    there = run(world.sessions, lambda s: months.partitions(s.connection(), table))
    for partition in there:
        if partition.end <= before.start:
            _alone(world, partial(months.drop, table=table, partition=partition))


def _delete(world: World, table: ByMonth, before: Month) -> None:
    def some(session: Session) -> int:
        return months.delete_old(session.connection(), table, before.start, MOST)

    while run(world.sessions, some) == MOST:
        pass


def _alone(world: World, change: Callable[[Connection], None]) -> None:
    """One change of the tables, if it can be had now."""

    def work(session: Session) -> None:
        months.alone(session.connection())
        change(session.connection())

    try:
        run(world.sessions, work)
    except UnfinishedError as error:
        log.warning("kept, something in it is not done with", partition=str(error))
    except DBAPIError as error:
        if not is_locked(error):
            raise
        log.info("busy, tried again in an hour")
