"""What deductions are reckoned from."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from store.goods import Goods, Kind
from store.models import CartRow, CustomerRow, PersonRow
from store.promotions.promotion import Promotion


@dataclass(frozen=True, slots=True)
class BasketLine:
    """One line of the cart. `left` is what earlier deductions have left of `total`; minor units."""

    goods: Goods
    kind: Kind | None
    quantity: int
    unit_price: int
    total: int
    left: int

    @property
    def sku(self) -> str:
        return (self.kind or self.goods).sku


@dataclass(frozen=True, slots=True)
class Basket:
    """The lines, who buys, and the delivery's `fee` so far (minor units; 0 while the way is not chosen).
    `cart` is None where nothing was ever put in one. `promotions` are all of the shop's."""

    lines: tuple[BasketLine, ...]
    person: PersonRow
    customer: CustomerRow
    cart: CartRow | None
    fee: int = 0
    promotions: tuple[Promotion, ...] = ()

    @property
    def subtotal(self) -> int:
        return sum(line.total for line in self.lines)

    @property
    def left(self) -> int:
        """What the goods still cost after the deductions so far."""
        return sum(line.left for line in self.lines)

    def less(self, cuts: Sequence[int], fee: int = 0) -> "Basket":
        """What stays when `cuts` come off the lines and `fee` off the delivery."""
        lines = (
            replace(line, left=line.left - cut) for line, cut in zip(self.lines, cuts, strict=True)
        )
        return replace(self, lines=tuple(lines), fee=self.fee - fee)
