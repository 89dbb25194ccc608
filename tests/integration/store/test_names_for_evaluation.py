"""Evaluation reads the names of a shop file by itself: they are the ones of the running server."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from intents.evaluation.shop_names import read_shop
from intents.understanding import Entry
from store.models import ShopRow
from store.shopfile import load, read_files
from store.snapshot import read_snapshot
from store.transaction import Sessions, run

ROOT = Path(__file__).parents[3]
# What is listed of a supplier stands in the supplier's file.
FILES = sorted(
    file
    for folder in ("shops", "tests/nlu/shops")
    for file in (ROOT / folder).glob("*.toml")
    if "[[listings]]" not in file.read_text("utf-8")
)


def comparable(entries: Iterable[Entry]) -> list[Entry]:
    """PostgreSQL keeps the attributes of a variant, but in an order of its own."""
    return [
        replace(e, name=" ".join(sorted(e.name.split())), words=tuple(sorted(e.words)))
        for e in entries
    ]


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_the_names_read_from_a_file_are_those_of_the_books(sessions: Sessions, path: Path) -> None:
    files = read_files([path])
    run(sessions, lambda session: load(session, files, datetime(2026, 1, 5, 9, tzinfo=UTC)))

    def names(session: Session) -> object:
        shop = session.scalars(select(ShopRow)).one()
        found = read_snapshot(session, shop.id, "").entries
        return comparable(found), tuple(shop.locales), shop.country

    read = read_shop(path)
    assert run(sessions, names) == (comparable(read.entries), read.locales, read.country)
