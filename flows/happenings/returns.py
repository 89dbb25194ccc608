"""What happened to goods that a customer gives back."""

from dataclasses import dataclass

from flows.ports.orders import Order
from flows.ports.returns import Return


@dataclass(frozen=True, slots=True)
class ReturnAsked:
    wish: Return


@dataclass(frozen=True, slots=True)
class ReturnAccepted:
    wish: Return


@dataclass(frozen=True, slots=True)
class ReturnRefused:
    """`why` in the seller's words, "" where none were given."""

    wish: Return
    why: str


@dataclass(frozen=True, slots=True)
class GoodsReturned:
    """They are back, and `wish.refund` is on its way, or given by hand."""

    wish: Return


@dataclass(frozen=True, slots=True)
class RepairComing:
    """`repair` brings others in place of the goods of `order`, for nothing."""

    order: Order
    repair: Order
