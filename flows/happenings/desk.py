"""What the seller hears of, and what the seller says."""

from dataclasses import dataclass

from flows.ports.orders import Order
from flows.ports.places import AskedArea
from flows.ports.trade import Offered


@dataclass(frozen=True, slots=True)
class StockLow:
    """A sale crossed a line; `critical` is the lower one."""

    sku: str
    name: str
    left: int
    critical: bool


@dataclass(frozen=True, slots=True)
class HandedOver:
    """A customer wants a person, or writes while a person holds the talk (`first` is False)."""

    person: str
    name: str | None
    phone: str | None
    words: str
    order_number: int | None
    first: bool


@dataclass(frozen=True, slots=True)
class SellerAnswered:
    """What the seller wrote to the customer of an order."""

    order: Order
    words: str


@dataclass(frozen=True, slots=True)
class SellerWrote:
    """What the seller wrote to somebody who has no order; `person` is the id of the person."""

    person: str
    words: str


@dataclass(frozen=True, slots=True)
class AskedInVain:
    """So many different people asked for these words this week, and the shop does not know them. They
    may mean one of `offers`."""

    words: str
    people: int
    offers: tuple[Offered, ...]


@dataclass(frozen=True, slots=True)
class AreasAsked:
    """Where most people wanted goods brought this week and the shop does not go, most people first."""

    areas: tuple[AskedArea, ...]
