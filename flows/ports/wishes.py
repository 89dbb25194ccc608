"""What a customer would like to have: the wish list, and the lists that they buy again and again."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from flows.money import Money


@dataclass(frozen=True, slots=True)
class Kept:
    """One thing of a saved list, with what it was called and cost when the list was saved."""

    sku: str
    name: str
    quantity: int
    unit_price: Money


@dataclass(frozen=True, slots=True)
class SavedList:
    """`name` as the customer wrote it."""

    name: str
    lines: tuple[Kept, ...]
    saved_at: datetime


class WishesPort(Protocol):
    """The customer's own at this shop."""

    def keep(self, sku: str) -> None:
        """Onto the wish list. Who wished for it is told once when it was sold out and is back; a wish that is
        repeated begins anew."""

    def drop(self, sku: str) -> None: ...
    def wished(self) -> Sequence[str]:
        """The newest first."""

    def save_list(self, name: str, lines: Sequence[Kept]) -> SavedList:
        """Under its name in any case; one of that name is replaced."""

    def lists(self) -> Sequence[SavedList]:
        """The last saved first."""

    def drop_list(self, name: str) -> None: ...
