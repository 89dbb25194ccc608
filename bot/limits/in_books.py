"""Counting in the database, while Redis is away."""

from datetime import datetime

from sqlalchemy.orm import Session

from bot.limits.verdict import Asked, Verdict, of_sender
from store.limits import count, received_before


def judge(session: Session, asked: Asked, now: datetime) -> Verdict:
    """As RedisCounts does, but that a message that is posted again is found in the inbox: it has no
    turn there in any case."""
    sender, line = asked.sender, asked.line
    seen = count(session, sender.key, now, sender.within, received_before(session, *asked.known_by))
    if seen is None:
        return Verdict.OPEN
    verdict = of_sender(sender, seen)
    if verdict is not Verdict.OPEN:
        return verdict
    turns = count(session, line.key, now, line.within)
    return Verdict.BUSY if turns is not None and line.over(turns) else Verdict.OPEN
