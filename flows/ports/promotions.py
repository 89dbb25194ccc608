"""What a shop takes off for a while, as customers and sellers are told of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from enum import StrEnum
from typing import Protocol

from flows.money import Money
from flows.ports.catalogue import Product
from flows.ports.refusals import Refusal


class PromotionKind(StrEnum):
    """What is given: a part of the price, an amount, pieces, the way, or some goods together for less."""

    PERCENTAGE = "percentage"
    AMOUNT = "amount"
    BUY_GET = "buy_get"
    FREE_DELIVERY = "free_delivery"
    BUNDLE = "bundle"


@dataclass(frozen=True, slots=True)
class Promotion:
    """`words` are the shop's own for it, None where it wrote none: then its kind and figures say what it
    is. `on` names the goods, categories and brands, empty for everything; `least` is what the goods must
    come to. `until` (exclusive) is the last moment of today's run or of all of it, whichever is sooner;
    None: no end is set. `paused` and `used` are for sellers."""

    name: str
    kind: PromotionKind
    words: str | None = None
    percent: Decimal = Decimal(0)
    amount: Money | None = None
    buy: int = 0
    free: int = 0
    on: tuple[str, ...] = ()
    least: Money | None = None
    until: datetime | None = None
    paused: bool = False
    used: int = 0


class OffersPort(Protocol):
    """What is cheaper for this customer at this moment."""

    def promotions(self) -> Sequence[Promotion]: ...
    def on_sale(self) -> Sequence[Product]:
        """In the catalogue's order, sold out or not."""


@dataclass(frozen=True, slots=True)
class SaleSet:
    """What it costs from now on, until just before `until`, and what it costs otherwise. `price` None:
    no longer on sale."""

    name: str
    usual: Money
    price: Money | None
    until: datetime | None = None


class DealsPort(Protocol):
    """For a member of the shop's staff: what is on sale and which promotions run."""

    def put_on_sale(self, sku: str, price: Decimal, days: int | None) -> SaleSet | Refusal:
        """Major units; for so many days, today among them, None: until it is ended. SaleOutside where it
        is no sale or too great a cut; NeedsVariant where its kinds have prices of their own."""

    def take_off(self, sku: str, percent: Decimal, days: int | None) -> SaleSet | Refusal:
        """So many percent below what it costs now."""

    def end_sale(self, sku: str) -> SaleSet | Refusal: ...
    def on_sale(self) -> Sequence[SaleSet]:
        """What is on sale now."""

    def promotions(self) -> Sequence[Promotion]:
        """All that the shop has, with how often each was used."""

    def pause(self, name: str, *, paused: bool) -> Promotion | Refusal:
        """Stop one, or let it run again, by its name in any case; else UnknownPromotion."""
