"""Which stretch of the outbox is looked at: a statement that says so reads one month or two, not all."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import bindparam
from sqlalchemy.sql.elements import ColumnElement

from store.models import OutboxRow

# What could not leave for so long is given up visibly (bot/maintenance.py), so nobody looks for it.
KEPT_TRYING = timedelta(days=7)
# Until the next look for what is to be given up.
SPARE = timedelta(days=1)
# As far as the clocks of two machines might be apart.
LOOKED_AHEAD = timedelta(hours=1)
# WhatsApp holds a message for a phone that is switched off for 30 days (Meta, "Time-to-live"); so long
# after the sending its receipt may come.
RECEIPTS_COME = timedelta(days=35)


def written_lately(outbox: Any = OutboxRow) -> ColumnElement[bool]:
    """What may still be waiting to leave; its parameters are `lately(now)`."""
    told: ColumnElement[bool] = outbox.created_at.between(bindparam("since"), bindparam("until"))
    return told


def lately(now: datetime) -> dict[str, datetime]:
    """The parameters of `written_lately`."""
    return {"since": now - KEPT_TRYING - SPARE, "until": now + LOOKED_AHEAD}


def these(rows: Sequence[OutboxRow]) -> ColumnElement[bool]:
    """Exactly these rows, of which there is at least one."""
    moments = [row.created_at for row in rows]
    ids = OutboxRow.id.in_([row.id for row in rows])
    return ids & OutboxRow.created_at.between(min(moments), max(moments))


def with_receipts(now: datetime) -> ColumnElement[bool]:
    """What a receipt may be for."""
    return OutboxRow.created_at.between(now - RECEIPTS_COME, now + LOOKED_AHEAD)
