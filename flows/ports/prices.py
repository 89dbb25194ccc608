"""What one piece costs, and why: a customer may always be told."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from flows.money import Money


class Why(StrEnum):
    """What made a price. LIST: it is the usual one of everybody."""

    LIST = "list"
    WHOLESALE = "wholesale"
    SALE = "sale"
    BREAK = "break"
    AGREED = "agreed"


@dataclass(frozen=True, slots=True)
class Break:
    """Who takes at least so many pays this for each."""

    least: int
    each: Money


@dataclass(frozen=True, slots=True)
class Price:
    """`usual` is the list's price for this customer, never below `each`. `until` (exclusive) is when a
    SALE ends, None where no end is set. `breaks` are those that are below what one piece costs now, the
    fewest pieces first."""

    each: Money
    usual: Money
    why: Why = Why.LIST
    until: datetime | None = None
    breaks: tuple[Break, ...] = ()

    def each_of(self, count: int) -> Money:
        """What each of `count` costs, bought together."""
        return min((b.each for b in self.breaks if b.least <= count), default=self.each)

    @property
    def reduced(self) -> bool:
        return self.each < self.usual
