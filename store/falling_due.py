"""Rows that carry the moment at which something is due: how they are found."""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import TypeAlias
from uuid import UUID

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from store.rules import Rules

Subject: TypeAlias = tuple[UUID, UUID]
"""A shop, and the id of what is due there."""

Find: TypeAlias = Callable[[Session, Rules, datetime, int], Sequence[Subject]]
"""So many of what is due at this moment, the longest due first. Nothing is locked."""

Moment: TypeAlias = InstrumentedAttribute[datetime] | InstrumentedAttribute[datetime | None]


def falling_due(
    moment: Moment,
    shop: InstrumentedAttribute[UUID],
    subject: InstrumentedAttribute[UUID],
    *still: ColumnElement[bool],
) -> Find:
    """Those whose `moment` has come, where what is `still` asked for holds."""

    def find(session: Session, rules: Rules, now: datetime, limit: int) -> Sequence[Subject]:
        rows = session.execute(
            select(shop, subject).where(moment <= now, *still).order_by(moment).limit(limit)
        )
        return [(at, due) for at, due in rows]

    return find
