"""What happened to an order."""

from dataclasses import dataclass

from flows.money import Money
from flows.ports.lacking import Lack
from flows.ports.orders import Order, Role


@dataclass(frozen=True, slots=True)
class OrderPlaced:
    """`awaits_payment`: a prompt is being sent, the seller hears of the order when it is paid."""

    order: Order
    awaits_payment: bool


@dataclass(frozen=True, slots=True)
class OrderPaid:
    """Money in full. `confirmed` when the shop takes paid orders without a word from the seller."""

    order: Order
    confirmed: bool


@dataclass(frozen=True, slots=True)
class OrderConfirmed:
    """The seller said OK."""

    order: Order


@dataclass(frozen=True, slots=True)
class OrderReady:
    order: Order


@dataclass(frozen=True, slots=True)
class OrderShipped:
    """On its way; the customer gets the code now."""

    order: Order


@dataclass(frozen=True, slots=True)
class OrderDelivered:
    """`points` are what it brought the customer, who has `balance` of them now."""

    order: Order
    points: int = 0
    balance: int = 0


@dataclass(frozen=True, slots=True)
class OrderCancelled:
    """`refund` is what goes back to the customer, None when nothing had been paid."""

    order: Order
    by: Role
    reason: str
    refund: Money | None


@dataclass(frozen=True, slots=True)
class CancelAsked:
    """The customer would cancel, too late to do so alone; `keeps` is what the shop keeps if it does."""

    order: Order
    reason: str
    keeps: Money | None


@dataclass(frozen=True, slots=True)
class AddressChanged:
    """`more` is what it costs more to bring it there, below zero: less; None where the fee stays. `due` is
    what is now to be paid at the door of a paid order, None where that stays."""

    order: Order
    more: Money | None = None
    due: Money | None = None


@dataclass(frozen=True, slots=True)
class BecamePickup:
    """The seller asks the customer to come, or it is the customer's own wish (`by`); `refund` of the fee
    where it was paid."""

    order: Order
    refund: Money | None
    by: Role = Role.SELLER


@dataclass(frozen=True, slots=True)
class GoodsLacking:
    """The seller took out of an order what is not there; `may_cancel`: its customer may end it alone."""

    lack: Lack
    may_cancel: bool


@dataclass(frozen=True, slots=True)
class SellerSilent:
    """Nobody answered a new order: `reminder` is 1 (same phones), 2 (every phone), 3 (the customer is
    offered to cancel)."""

    order: Order
    reminder: int
