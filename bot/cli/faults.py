"""What a command says when the database is not there, or not yet as this version needs it."""

from collections.abc import Callable
from functools import wraps
from typing import ParamSpec, TypeVar

import click
from sqlalchemy.engine import make_url
from sqlalchemy.exc import DBAPIError

P = ParamSpec("P")
T = TypeVar("T")

# How PostgreSQL and SQLite tell of tables and columns that are not there: PostgreSQL documentation,
# appendix A "PostgreSQL Error Codes" (42P01, 42703); SQLite has words only.
_MISSING = ("42P01", "42703", "no such table", "no such column")


def explain_faults(command: click.Command, database_url: str) -> None:
    """Let `command`, and every one below it, say in a line what is wrong with the database."""
    if isinstance(command, click.Group):
        for below in command.commands.values():
            explain_faults(below, database_url)
    elif command.callback is not None:
        command.callback = _explained(command.callback, database_url)


def _explained(callback: Callable[P, T], database_url: str) -> Callable[P, T]:
    @wraps(callback)
    def explained(*args: P.args, **kwargs: P.kwargs) -> T:
        try:
            return callback(*args, **kwargs)
        except DBAPIError as error:
            raise click.ClickException(_words(error, database_url)) from error

    return explained


def _words(error: DBAPIError, database_url: str) -> str:
    told = f"{getattr(error.orig, 'pgcode', None) or ''} {error.orig}"
    if any(sign in told for sign in _MISSING):
        return (
            "the database has not all the tables of this version;"
            " bring it up to date first: flask --app wsgi db upgrade"
        )
    where = make_url(database_url).render_as_string(hide_password=True)
    return f"the database {where} does not answer as it should: {' '.join(str(error.orig).split())}"
