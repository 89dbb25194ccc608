"""Orders as people see them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Protocol

from flows.money import Money
from flows.ports.delivery import Area, Fulfilment
from flows.ports.refusals import Refusal


class OrderStatus(StrEnum):
    PENDING = "pending"
    CONFIRMED = "confirmed"
    PROCESSING = "processing"
    SHIPPED = "shipped"
    DELIVERED = "delivered"
    CANCELLED = "cancelled"
    RETURNED = "returned"


class PaymentStatus(StrEnum):
    PENDING = "pending"
    PAID = "paid"
    FAILED = "failed"
    REFUNDED = "refunded"
    PARTIAL = "partial"


class DeliveryStatus(StrEnum):
    """Where the parcel is. WAITING: nobody has been offered it, or nobody took it."""

    WAITING = "waiting"
    OFFERED = "offered"
    ACCEPTED = "accepted"
    PICKED_UP = "picked_up"
    DELIVERED = "delivered"
    FAILED = "failed"
    CANCELLED = "cancelled"


class Role(StrEnum):
    """Who does something to an order."""

    CUSTOMER = "customer"
    SELLER = "seller"
    RIDER = "rider"
    SYSTEM = "system"


@dataclass(frozen=True, slots=True)
class OrderLine:
    sku: str
    name: str
    quantity: int
    unit_price: Money
    total: Money


@dataclass(frozen=True, slots=True)
class RiderRef:
    """`phone` is E.164: the customer may call."""

    id: str
    name: str
    phone: str


@dataclass(frozen=True, slots=True)
class Order:
    """One order as it stands. `code` is the 4-digit delivery code; only ever shown to its customer.

    `customer_phone` is E.164, None for a person without a number. `rail` is a payment rail's name.
    `held_until` is when an unpaid order lapses.
    """

    id: str
    number: int
    status: OrderStatus
    payment_status: PaymentStatus
    lines: tuple[OrderLine, ...]
    subtotal: Money
    delivery_fee: Money
    discount: Money
    total: Money
    fulfilment: Fulfilment
    rail: str
    channel: str
    person: str
    customer_phone: str | None
    customer_name: str | None
    created_at: datetime
    code: str
    area: str | None = None
    landmark: str | None = None
    zone: str | None = None
    payer: str | None = None
    rider: RiderRef | None = None
    delivery: DeliveryStatus | None = None
    eta: str | None = None
    held_until: datetime | None = None

    @property
    def closed(self) -> bool:
        """Nothing moves any more."""
        return self.status in (OrderStatus.DELIVERED, OrderStatus.CANCELLED, OrderStatus.RETURNED)


@dataclass(frozen=True, slots=True)
class Checkout:
    """How the cart becomes an order. `payer` is E.164; None for cash. Pickup has no area."""

    fulfilment: Fulfilment
    rail: str
    area: Area | None = None
    landmark: str | None = None
    payer: str | None = None


class OrdersPort(Protocol):
    """The customer's own orders at this shop; nobody else's exist here."""

    def mine(self, limit: int = 5) -> Sequence[Order]:
        """Newest first."""

    def find(self, number: int) -> Order | None: ...
    def place(self, checkout: Checkout, *, expected: Money) -> Order | Refusal:
        """Make the open cart an order and hold its stock. `expected` is the total that the customer
        saw; a difference refuses with CartChanged. Also EmptyCart, OnlyLeft, SoldOut, BelowMinimum."""

    def cancel(self, number: int, reason: str) -> Order | Refusal:
        """By the customer: within the window and before processing (else TooLate, WrongStep)."""

    def change_address(self, number: int, area: Area, landmark: str | None) -> Order | Refusal:
        """Until pick-up. The fee is kept; an area that costs more is refused with DearerArea."""

    def choose_cash(self, number: int) -> Order | Refusal:
        """An unpaid order becomes cash on delivery, where the shop takes cash and no prompt is open."""
