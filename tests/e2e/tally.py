"""The statements of each request, counted on its own thread."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from flask import g, has_request_context
from sqlalchemy import event

from tests.e2e.house import House

# SQLite, where a statement is no round trip, writes the end of a turn table by table.
MORE_ON_SQLITE = 2


@dataclass
class Tally:
    """The statements of every request so far, one list per request."""

    more: int = 0
    requests: list[list[str]] = field(default_factory=list)

    def note(self, connection, cursor, statement, parameters, context, many):  # type: ignore[no-untyped-def]
        if has_request_context() and not statement.startswith("BEGIN"):
            if "statements" not in g:
                g.statements = []
                self.requests.append(g.statements)
            g.statements.append(statement)

    def last(self, step: str, most: int) -> None:
        """The newest request was `step`: on PostgreSQL it may have cost `most`."""
        seen = self.requests[-1]
        listed = "\n".join(f"{n:2} {' '.join(s.split())[:150]}" for n, s in enumerate(seen, 1))
        assert len(seen) <= most + self.more, f"{step} took {len(seen)} statements:\n{listed}"


@contextmanager
def counted(house: House) -> Iterator[Tally]:
    on_sqlite = house.world.engine.dialect.name == "sqlite"
    tally = Tally(MORE_ON_SQLITE if on_sqlite else 0)
    event.listen(house.world.engine, "before_cursor_execute", tally.note)
    yield tally
    event.remove(house.world.engine, "before_cursor_execute", tally.note)
