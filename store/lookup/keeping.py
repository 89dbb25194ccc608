"""Writing down the names of a big shop, and keeping them as its catalogue is."""

from collections.abc import Collection, Iterator, Sequence
from itertools import islice
from typing import Any
from uuid import UUID

from sqlalchemy import delete, func, insert, select
from sqlalchemy.orm import Session

from intents.terms import is_figure
from intents.understanding import Entry, Keyed
from intents.writing import Written, spelling, written
from store.ids import new_id
from store.lookup.ready import is_ready
from store.models import ProductRow, ShopRow, SoughtRow, SoughtWordRow

# A shop with more products than this is looked up and not kept in memory.
BIG = 5_000
# Rows of one statement.
MOST = 1_000
TOGETHER, SKU = "=", "#"


def locales_of(shop: ShopRow) -> tuple[str, ...]:
    return tuple(str(locale) for locale in shop.locales)


def is_kept(shop: ShopRow) -> bool:
    """Whether the shop's names stand in the database as this version reads them."""
    key = shop.names_key
    return key is not None and key.startswith(f"{spelling(locales_of(shop))}:")


def is_big(session: Session, shop: ShopRow, big: int = BIG) -> bool:
    products = select(func.count()).where(ProductRow.shop_id == shop.id, ProductRow.active)
    return (session.scalar(products) or 0) > big


def keep(session: Session, shop: ShopRow, entries: Sequence[Entry]) -> None:
    """Write down all names, or of what was written before what has changed."""
    if not is_ready(session.connection()):
        shop.names_key = None
        return
    families = {family.sku: family for family in written(entries, locales_of(shop))}
    before = {
        sku: (said, kept)
        for sku, said, kept in session.execute(
            select(SoughtRow.sku, SoughtRow.said, SoughtRow.entries).where(
                SoughtRow.shop_id == shop.id
            )
        )
    }
    rows = {sku: _row(shop.id, family) for sku, family in families.items()}
    fresh = [row for sku, row in rows.items() if (row["said"], row["entries"]) != before.get(sku)]
    _drop(session, shop.id, [*(before.keys() - rows.keys()), *(row["sku"] for row in fresh)])
    for part in _parts(fresh):
        session.execute(insert(SoughtRow), list(part))
    words = {word for family in families.values() for word in _words(family)}
    _keep_words(session, shop.id, words)
    _say_anew(shop)


def keep_family(session: Session, shop: ShopRow, entries: Sequence[Entry]) -> None:
    """Write down the names of one product and its variants anew."""
    _say_anew(shop)
    for family in written(entries, locales_of(shop)):
        _drop(session, shop.id, [family.sku])
        session.execute(insert(SoughtRow), [_row(shop.id, family)])
        known = set(
            session.scalars(
                select(SoughtWordRow.word).where(
                    SoughtWordRow.shop_id == shop.id, SoughtWordRow.word.in_(_words(family))
                )
            )
        )
        _add_words(session, shop.id, _words(family) - known)


def drop(session: Session, shop: ShopRow) -> None:
    """The shop is no longer big."""
    shop.names_key = None
    for table in (SoughtRow, SoughtWordRow):
        session.execute(delete(table).where(table.shop_id == shop.id))


def _say_anew(shop: ShopRow) -> None:
    shop.names_key = f"{spelling(locales_of(shop))}:{new_id()}"


def _row(shop_id: UUID, family: Written) -> dict[str, Any]:
    words = sorted(key for key in family.keys if not is_figure(key))
    together = sorted(TOGETHER + name for name in family.together)
    skus = [SKU + entry.sku.casefold() for entry in family.entries]
    return {
        "shop_id": shop_id,
        "sku": family.sku,
        "said": f" {' '.join((*words, *together, *skus))} ",
        "shortest": family.shortest,
        "entries": [dumped(entry) for entry in family.entries],
    }


def _words(family: Written) -> set[str]:
    return {*family.keys, *(TOGETHER + name for name in family.together)}


def _drop(session: Session, shop_id: UUID, skus: Sequence[str]) -> None:
    for part in _parts(skus):
        session.execute(
            delete(SoughtRow).where(SoughtRow.shop_id == shop_id, SoughtRow.sku.in_(list(part)))
        )


def _keep_words(session: Session, shop_id: UUID, words: Collection[str]) -> None:
    before = set(
        session.scalars(select(SoughtWordRow.word).where(SoughtWordRow.shop_id == shop_id))
    )
    for part in _parts(sorted(before - set(words))):
        session.execute(
            delete(SoughtWordRow).where(
                SoughtWordRow.shop_id == shop_id, SoughtWordRow.word.in_(list(part))
            )
        )
    _add_words(session, shop_id, set(words) - before)


def _add_words(session: Session, shop_id: UUID, words: Collection[str]) -> None:
    for part in _parts(sorted(words)):
        rows = [{"shop_id": shop_id, "word": word} for word in part]
        session.execute(insert(SoughtWordRow), rows)


def _parts(things: Sequence[Any]) -> Iterator[Sequence[Any]]:
    rest = iter(things)
    while part := list(islice(rest, MOST)):
        yield part


def dumped(entry: Entry) -> list[Any]:
    """As JSON; `loaded` reads it."""
    ready = entry.keyed or Keyed(())
    return [
        entry.sku,
        entry.name,
        list(entry.aliases),
        entry.parent,
        list(entry.words),
        entry.unit,
        entry.category,
        [list(name) for name in ready.names],
        list(ready.apart),
    ]


def loaded(kept: Sequence[Any]) -> Entry:
    sku, name, aliases, parent, words, unit, category, names, apart = kept
    ready = Keyed(tuple(map(tuple, names)), tuple(apart))
    return Entry(sku, name, tuple(aliases), parent, tuple(words), unit, category, ready)
