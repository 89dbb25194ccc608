"""Transactions begin in one place, where conflicts are tried again."""

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]
PACKAGES = ("bot", "store", "payments", "channels", "flows", "intents")
# Each with the reason why it needs no second try.
ELSEWHERE = {
    "store/transaction.py": "the place itself",
    "store/migrate.py": "migrations run alone, and an operator sees them fail",
    "store/lookup/ready.py": "a savepoint inside of another's: what this database may not is left out",
    "bot/ops/health.py": "reads, and says what it meets",
    "bot/ops/books.py": "reads, and is asked again soon",
    "store/proof/checking.py": "reads one snapshot, and is run by hand",
}
# What begins one: `engine.begin()`, `session.begin()`, `engine.connect()`, `sessions()`.
OPENING = re.compile(
    r"(engine|session|connection|bind)\.(begin|begin_nested|connect|raw_connection)$"
    r"|(^|\.)_?sessions$|^sessionmaker$|^(orm\.)?Session$"
)


def opens(source: str) -> bool:
    """Whether anything in it begins a transaction of the database."""
    tree = ast.parse(source)
    if "sqlalchemy" not in source and "store.transaction" not in source:
        return False
    calls = (node.func for node in ast.walk(tree) if isinstance(node, ast.Call))
    return any(OPENING.search(ast.unparse(called)) for called in calls)


def test_nobody_else_opens_a_transaction() -> None:
    files = [path for package in PACKAGES for path in (ROOT / package).rglob("*.py")]
    ours = [path for path in files if "migrations" not in path.parts]
    found = {str(path.relative_to(ROOT)) for path in ours if opens(path.read_text())}
    assert found == set(ELSEWHERE)


@pytest.mark.parametrize(
    "line",
    [
        "with world.sessions() as session: ...",
        "with engine.begin() as connection: ...",
        "with self._engine.connect() as connection: ...",
        "with session.begin_nested(): ...",
        "Session(engine)",
    ],
)
def test_another_door_is_found(line: str) -> None:
    assert opens(f"from sqlalchemy.orm import Session\n{line}")
