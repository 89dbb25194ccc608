"""What a reseller lists of their suppliers' shops."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Protocol

from flows.money import Money
from flows.ports.refusals import Refusal


@dataclass(frozen=True, slots=True)
class SupplierGoods:
    """`base` is what the supplier gets for one. `listed`: it is on sale here."""

    sku: str
    name: str
    base: Money
    listed: bool


@dataclass(frozen=True, slots=True)
class Listed:
    """On sale here from now on: `price` is what customers pay, `base` the supplier's part of it."""

    name: str
    price: Money
    base: Money


class ListingsPort(Protocol):
    """For a member of a reseller's staff."""

    def suppliers(self) -> Sequence[str]:
        """The keys of those who have a shop here."""

    def offered(self, supplier: str, most: int) -> Sequence[SupplierGoods] | Refusal:
        """A supplier's goods, those first that are not listed. Refuses UnknownProduct for the
        key of nobody."""

    def put(self, sku: str, price: Decimal) -> Listed | Refusal:
        """List a supplier's product for `price` (major units), or change its price. Refuses
        UnknownProduct, BadAmount, BelowBase."""

    def take_off(self, sku: str) -> str | Refusal:
        """No longer; the name of what it was. Refuses UnknownProduct."""
