"""What happened to goods that a shop sells for somebody else."""

from dataclasses import dataclass

from flows.ports.orders import Order
from flows.ports.supply import Supply, SupplyStatus


@dataclass(frozen=True, slots=True)
class SupplierWanted:
    """An order that stands has goods of a supplier without a shop here, whose `phone` (E.164) hears which:
    (pieces, name)."""

    phone: str
    number: int
    goods: tuple[tuple[int, str], ...]


@dataclass(frozen=True, slots=True)
class SupplierNotWanted:
    """It was cancelled after the supplier had heard of it."""

    phone: str
    number: int


@dataclass(frozen=True, slots=True)
class SupplierWantsLess:
    """Some of it was taken out of the order: `goods` are what is still wanted."""

    phone: str
    number: int
    goods: tuple[tuple[int, str], ...]


@dataclass(frozen=True, slots=True)
class SupplyAsked:
    """Told at the supplier's shop: another shop's order has goods of theirs."""

    supply: Supply


@dataclass(frozen=True, slots=True)
class SupplyUnanswered:
    """Told at the supplier's shop, which has not answered; `reminder` counts from 1."""

    supply: Supply
    reminder: int


@dataclass(frozen=True, slots=True)
class SupplyOff:
    """Told at the supplier's shop, which had heard of the order: it is cancelled."""

    supply: Supply


@dataclass(frozen=True, slots=True)
class SupplyLess:
    """Told at the supplier's shop, which had said yes: some of it is no longer wanted."""

    supply: Supply


@dataclass(frozen=True, slots=True)
class SupplyAnswered:
    """Told at the shop of the order: its `supplier` (a name) has answered; ASKED: has not, for long. `phone`
    (E.164) is the supplier's, `place` where their goods are fetched, None where that is not known. `reason`
    goes with a refusal."""

    order: Order
    supplier: str
    phone: str
    goods: tuple[tuple[int, str], ...]
    status: SupplyStatus
    reason: str = ""
    place: str | None = None
