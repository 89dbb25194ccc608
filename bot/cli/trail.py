"""Who changed what by command: a row of the audit trail in the first transaction of the command that changes
something."""

import getpass
from collections.abc import Callable
from contextvars import ContextVar
from dataclasses import dataclass, replace
from functools import wraps
from typing import ParamSpec, TypeVar
from uuid import UUID

import click
from sqlalchemy import event, select
from sqlalchemy.orm import ORMExecuteState, Session

from bot.world import World
from store.audit.changes import Changes
from store.audit.trail import record
from store.late import write_down
from store.models import ShopRow
from store.scope import Author
from store.transaction import open_sessions

P = ParamSpec("P")
T = TypeVar("T")

SOURCE = "cli"
# How a session says that this transaction of its has changed something, and what.
_CHANGES = "sokoni.changes"
# And that the row is in it, so that a commit that fails is not taken for one that was written.
_IN_THIS = "sokoni.running"


@dataclass(slots=True)
class _Running:
    """The command being run, and whether its row is written."""

    world: World
    path: str
    written: bool = False


_RUNNING: ContextVar[_Running | None] = ContextVar("running", default=None)


def for_commands(world: World) -> World:
    """The same world with sessions of the commands' own.

    What listens to them is hung on once and before any of them is opened: a list of listeners must not
    change while another thread goes through it.
    """
    sessions = open_sessions(world.engine)
    event.listen(sessions, "before_flush", _flushing)
    event.listen(sessions, "do_orm_execute", _executing)
    event.listen(sessions, "before_commit", _committing)
    event.listen(sessions, "after_commit", _committed)
    event.listen(sessions, "after_rollback", _taken_back)
    return replace(world, sessions=sessions)


def keep_trail(command: click.Command, world: World, path: str = "") -> None:
    """Have `command`, and every one below it, leave a row when it changes something in `world`, which
    `for_commands` made."""
    if isinstance(command, click.Group):
        for name, below in command.commands.items():
            keep_trail(below, world, f"{path} {name}".strip())
    elif command.callback is not None:
        command.callback = _kept(command.callback, world, path)


def by_command(world: World, session: Session, path: str, changes: Changes) -> None:
    """Write down that the command `path` is being run by whoever is at the server."""
    context = click.get_current_context(silent=True)
    given = dict(context.params) if context is not None else {}
    record(
        session,
        Author(f"cli:{getpass.getuser()}", SOURCE),
        path,
        given,
        changes,
        at=world.clock(),
        shop_id=_shop(session, given.get("slug")),
    )


def _shop(session: Session, slug: object) -> UUID | None:
    if not isinstance(slug, str):
        return None
    with session.no_autoflush:
        return session.scalar(select(ShopRow.id).where(ShopRow.slug == slug))


def _kept(callback: Callable[P, T], world: World, path: str) -> Callable[P, T]:
    @wraps(callback)
    def kept(*args: P.args, **kwargs: P.kwargs) -> T:
        begun = _RUNNING.set(_Running(world, path))
        try:
            return callback(*args, **kwargs)
        finally:
            _RUNNING.reset(begun)

    return kept


def _flushing(session: Session, context: object, instances: object) -> None:
    if session.new or session.dirty or session.deleted:
        session.info.setdefault(_CHANGES, Changes()).look(session)


def _executing(state: ORMExecuteState) -> None:
    if state.is_insert or state.is_update or state.is_delete:
        state.session.info.setdefault(_CHANGES, Changes())


def _committing(session: Session) -> None:
    running = _RUNNING.get()
    if running is None or session.in_nested_transaction():
        return
    session.flush()
    changes = session.info.pop(_CHANGES, None)
    if changes is None or running.written:
        return
    by_command(running.world, session, running.path, changes)
    write_down(session)
    session.info[_IN_THIS] = running


def _committed(session: Session) -> None:
    running = session.info.pop(_IN_THIS, None)
    if running is not None:
        running.written = True


def _taken_back(session: Session) -> None:
    session.info.pop(_CHANGES, None)
    session.info.pop(_IN_THIS, None)
