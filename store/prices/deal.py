"""A sale price with its dates, and prices by quantity, as the catalogue has them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Row


@dataclass(frozen=True, slots=True)
class Deal:
    """In minor units. The sale price holds from `begins` until just before `ends`; None: no such end.
    `breaks` are (from so many, each costs), the fewest first."""

    sale: int | None = None
    begins: datetime | None = None
    ends: datetime | None = None
    breaks: tuple[tuple[int, int], ...] = ()

    def on_sale(self, now: datetime) -> bool:
        return (
            self.sale is not None
            and (self.begins is None or self.begins <= now)
            and (self.ends is None or now < self.ends)
        )

    def broken(self, quantity: int) -> int | None:
        """What each costs of so many; None where no break is reached."""
        reached = [price for least, price in self.breaks if least <= quantity]
        return min(reached, default=None)


NO_DEAL = Deal()


def deal_of(row: Row[Any]) -> Deal:
    """Of a product's or a variant's row."""
    if row.sale_price is None and not row.breaks:
        return NO_DEAL
    return Deal(row.sale_price, row.sale_from, row.sale_until, breaks_of(row.breaks))


def breaks_of(kept: Sequence[Sequence[int]] | None) -> tuple[tuple[int, int], ...]:
    return tuple(sorted((int(least), int(price)) for least, price in kept or ()))
