"""Asks the engine every message of the sets, as the server would."""

import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

import intents
from intents.errors import IntentsError
from intents.evaluation.rows import Row
from intents.evaluation.shop_names import ShopNames
from intents.understanding import Context, Understanding

Change = Callable[[Row], str]


@dataclass(frozen=True, slots=True)
class Answer:
    """What the engine made of one message, and how long it took."""

    row: Row
    said: Understanding
    milliseconds: float


def locales_of(row: Row, shop: ShopNames) -> tuple[str, ...]:
    """The shop's, and the set's: its seller may switch it on."""
    return tuple(dict.fromkeys((*shop.locales, row.language)))


def context_of(row: Row, shop: ShopNames) -> Context:
    """As for somebody whose language is not known yet: the shop's first."""
    return Context(
        locale=shop.locales[0],
        locales=locales_of(row, shop),
        country=shop.country,
        asked=row.asked,
        last_sku=row.last_sku,
        in_cart=row.in_cart,
    )


def answers(
    rows: Iterable[Row], shops: Mapping[str, ShopNames], change: Change | None = None
) -> Sequence[Answer]:
    """What the engine says, in the rows' order. `change` makes another text of a message. Raises
    IntentsError for a shop that is not there."""
    found: list[Answer] = []
    known: set[tuple[str, str]] = set()
    for row in rows:
        shop = shops.get(row.shop)
        if shop is None:
            raise IntentsError(f"{row.id}: there is no shop file {row.shop}.toml")
        context = context_of(row, shop)
        if (row.shop, row.language) not in known:
            # A catalogue's index is made at its first message, and then kept.
            intents.understand("", context, shop)
            known.add((row.shop, row.language))
        text = change(row) if change else row.text
        began = time.perf_counter()
        said = intents.understand(text, context, shop)
        found.append(Answer(row, said, 1000 * (time.perf_counter() - began)))
    return found
