"""Which rows change while something is done: their values before and after."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from sqlalchemy import event, inspect
from sqlalchemy.orm import Session

from store.audit.plain import MOST, plain
from store.forgetting.personal import PERSONAL
from store.masking import HIDDEN
from store.models import Base, CartLineRow, CartRow, ConversationRow, FactRow, InboxRow, OutboxRow

# Columns that open something, whatever their table.
KEYS = frozenset({"code", "digest"})
# What every message changes, whoever sends it.
OF_THE_TALK = (CartLineRow, CartRow, ConversationRow, FactRow, InboxRow, OutboxRow)

Key = tuple[str, str]
# In a session's `info`: who is watching it.
WATCHING = "audit-watching"


@dataclass(slots=True)
class Changes:
    """By row ("products <id>") and column; of more than MOST rows nothing is kept."""

    before: dict[str, dict[str, object]] = field(default_factory=dict)
    after: dict[str, dict[str, object]] = field(default_factory=dict)

    def add(self, row: str, column: str, old: object, new: object) -> None:
        if row not in self.after and len(self.after) >= MOST:
            return
        self.before.setdefault(row, {}).setdefault(column, old)
        self.after.setdefault(row, {})[column] = new

    def look(self, session: Session, known: frozenset[Key] = frozenset()) -> None:
        """At what the session has not written yet, but for what was `known` to change before."""
        for found in (*session.dirty, *session.new):
            if not isinstance(found, Base) or isinstance(found, OF_THE_TALK):
                continue
            row = _name(found)
            for column, old, new in _changed(found):
                if (row, column) not in known:
                    self.add(row, column, old, new)


@contextmanager
def watched(session: Session) -> Iterator[Changes]:
    """What changes of the session's objects while the block runs, and what is told of rows that a statement
    changes without objects (`told`). Of other such statements nothing shows; what they do is in the answer
    that is kept, or in a history of its own."""
    earlier = Changes()
    earlier.look(session)
    known = frozenset((row, column) for row, columns in earlier.after.items() for column in columns)
    changes = Changes()

    def flushing(session: Session, context: object, instances: object) -> None:
        changes.look(session, known)

    event.listen(session, "before_flush", flushing)
    watching: list[Changes] = session.info.setdefault(WATCHING, [])
    watching.append(changes)
    try:
        yield changes
    finally:
        watching.pop()
        event.remove(session, "before_flush", flushing)
    changes.look(session, known)


def told(
    session: Session,
    table: type[Base],
    key: Iterable[object],
    column: str,
    old: object,
    new: object,
) -> None:
    """A statement changes this row, whose values before are known: whoever watches sees both."""
    row = " ".join((table.__tablename__, *map(str, key)))
    for changes in session.info.get(WATCHING, ()):
        changes.add(row, column, plain(column, old), plain(column, new))


def _name(row: Base) -> str:
    identity = inspect(row).identity
    key = " ".join(str(part) for part in identity) if identity else "new"
    return f"{row.__tablename__} {key}"


def _changed(row: Base) -> Iterator[tuple[str, object, object]]:
    personal = PERSONAL.get(type(row), {})
    state = inspect(row)
    for each in state.mapper.column_attrs:
        history = state.attrs[each.key].history
        if not history.has_changes():
            continue
        old, new = (side[0] if side else None for side in (history.deleted, history.added))
        if each.key in personal or each.key in KEYS:
            old, new = HIDDEN, HIDDEN
        yield each.key, plain(each.key, old), plain(each.key, new)
