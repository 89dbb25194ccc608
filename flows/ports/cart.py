"""The customer's open cart: one per person and shop, on all channels."""

from dataclasses import dataclass, field
from typing import Protocol, TypeAlias

from flows.money import Money
from flows.ports.prices import Price
from flows.ports.refusals import Refusal


@dataclass(frozen=True, slots=True)
class CartLine:
    """`name` already says the variant ("Rice 5kg"). `terms` says why each costs `unit_price`."""

    sku: str
    name: str
    quantity: int
    unit_price: Money
    total: Money
    terms: Price | None = None


@dataclass(frozen=True, slots=True)
class Gone:
    """No longer sold or sold out; it was taken out of the cart, where `wanted` of it had been."""

    name: str
    sku: str = field(default="", compare=False)
    wanted: int = field(default=1, compare=False)


@dataclass(frozen=True, slots=True)
class Reduced:
    """Fewer are left than were in the cart; the line was reduced to `left`, and `short` are missing."""

    name: str
    left: int
    sku: str = field(default="", compare=False)
    short: int = field(default=1, compare=False)


@dataclass(frozen=True, slots=True)
class Repriced:
    name: str
    before: Money
    after: Money


@dataclass(frozen=True, slots=True)
class Lapsed:
    """The time of an agreed price is over: it costs what it costs again."""

    name: str
    before: Money
    after: Money


CartChange: TypeAlias = Gone | Reduced | Repriced | Lapsed


@dataclass(frozen=True, slots=True)
class Cart:
    """What is in it. `changes` are what refreshing found different since it was last shown."""

    lines: tuple[CartLine, ...]
    subtotal: Money
    changes: tuple[CartChange, ...] = ()

    @property
    def count(self) -> int:
        """Pieces, all lines together."""
        return sum(line.quantity for line in self.lines)


class CartPort(Protocol):
    """Every change is checked against free stock and says what it refuses. `sku` names what is sold:
    a variant where the product has variants (else NeedsVariant)."""

    def read(self, *, refresh: bool = False) -> Cart:
        """`refresh` reads prices and stock again, mends the lines, and reports the differences."""

    def add(self, sku: str, quantity: int) -> CartLine | Refusal:
        """Merge with what is there. Returns the line as it now stands."""

    def set(self, sku: str, quantity: int) -> CartLine | Refusal | None:
        """Make it exactly `quantity`; 0 removes and returns None. NotInCart cannot happen."""

    def take(self, sku: str, quantity: int | None = None) -> CartLine | Refusal | None:
        """Take `quantity` away, or all of it. Returns what is left, None when gone."""

    def clear(self) -> None: ...
    def checking_out(self) -> None:
        """The customer has begun to order what is in it."""

    def agreed_price(self, sku: str) -> Money | None:
        """What was bargained for one piece of it in this cart and still counts; in the cart or not."""
