"""Orders as people see them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Protocol

from flows.money import Money
from flows.ports.delivery import Area, Fulfilment, Point
from flows.ports.quote import Quote, Saving, SavingKind
from flows.ports.refusals import Refusal
from flows.ports.slots import Slot


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

    @property
    def came(self) -> bool:
        """The money came, and not all of it went back."""
        return self in (PaymentStatus.PAID, PaymentStatus.PARTIAL)


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
    `held_until` is when an unpaid order lapses. `discount` is all that is off the goods, `savings` what it is
    made of. `tax` is None where none is added. `at` is where the customer has shown it goes to. A `repair`
    brings others in place of goods that were wrong, for nothing. `delivery_since` is when the parcel came
    where `delivery` says. `slot` is the window that was chosen for bringing it. `nobody_brings`: its customer
    was told so, and may fetch it or call it off. `due_at_door` is what bringing it costs more since it was
    paid: beyond `total` and in cash, None where nothing.
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
    at: Point | None = None
    payer: str | None = None
    rider: RiderRef | None = None
    delivery: DeliveryStatus | None = None
    delivery_since: datetime | None = None
    eta: str | None = None
    held_until: datetime | None = None
    savings: tuple[Saving, ...] = ()
    tax: Money | None = None
    delivered_at: datetime | None = None
    repair: bool = False
    slot: Slot | None = None
    nobody_brings: bool = False
    due_at_door: Money | None = None

    @property
    def at_the_door(self) -> Money:
        """What is yet to be paid in cash when the goods change hands."""
        if self.closed:
            return Money.zero(self.total.currency)
        if self.payment_status.came:
            return self.due_at_door or Money.zero(self.total.currency)
        return self.total if self.rail == "cash" else Money.zero(self.total.currency)

    @property
    def full_fee(self) -> Money:
        """What the delivery costs before savings."""
        less = (s.amount for s in self.savings if s.kind is SavingKind.DELIVERY)
        return sum(less, self.delivery_fee)

    @property
    def closed(self) -> bool:
        """Nothing moves any more."""
        return self.status in (OrderStatus.DELIVERED, OrderStatus.CANCELLED, OrderStatus.RETURNED)


@dataclass(frozen=True, slots=True)
class Checkout:
    """How the cart becomes an order. `payer` is E.164; None for cash. Pickup has no area.
    `slot` is when the window begins in which it is brought; None: as soon as may be."""

    fulfilment: Fulfilment
    rail: str
    area: Area | None = None
    landmark: str | None = None
    payer: str | None = None
    slot: datetime | None = None


class OrdersPort(Protocol):
    """The customer's own orders at this shop; nobody else's exist here."""

    def mine(self, limit: int = 5) -> Sequence[Order]:
        """Newest first."""

    def find(self, number: int) -> Order | None: ...
    def quote(self, kind: Fulfilment | None = None, area: Area | None = None) -> Quote:
        """What the open cart comes to as it was last read; `kind` None: the goods alone."""

    def place(self, checkout: Checkout, *, expected: Money) -> Order | Refusal:
        """Make the open cart an order and hold its stock. `expected` is the total that the customer
        saw; a difference refuses with CartChanged. Also EmptyCart, OnlyLeft, SoldOut, BelowMinimum."""

    def cancel(self, number: int, reason: str) -> Order | Refusal:
        """By the customer: within the window and before processing (else TooLate, WrongStep)."""

    def change_address(
        self,
        number: int,
        area: Area,
        landmark: str | None,
        agreed: Money | None = None,
        *,
        at_door: bool = False,
    ) -> Order | Refusal:
        """Until pick-up. While nothing is paid the fee follows the place: where that costs more, `agreed` is
        what the customer has said yes to, and another sum is refused with AddressCosts. Of a paid order it is
        due `at_door`, in cash, and refused with DoorCosts without a yes to that. Where the money was asked
        for, or the shop takes no cash, an area that costs more is refused with DearerArea."""

    def try_again(self, number: int, agreed: Money | None = None) -> Order | Refusal:
        """Ask the shop to bring what could not be delivered once more; `agreed` is what the customer pays
        more for it at the door. Refuses with AgainCosts where that is another sum, and WrongStep."""

    def fetch(self, number: int) -> Order | Refusal:
        """Come for what nobody brings; the fee for bringing it is given back. Refuses with WrongStep where
        somebody brings it by now, or the shop wants nobody to come."""

    def choose_cash(self, number: int) -> Order | Refusal:
        """An unpaid order becomes cash on delivery, where the shop takes cash and no prompt is open."""
