"""What happened to an order, a delivery or a payment. The books and the payments tell these through
one function, `Tell`; flows/notices says who must hear of each, and in which words."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import TypeAlias

from flows.money import Money
from flows.ports.orders import Order, Role
from flows.ports.payments import Attempt
from flows.ports.till import Day
from flows.ports.trade import Job, Offered
from flows.ports.wallet import Payout


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
    order: Order


@dataclass(frozen=True, slots=True)
class OrderCancelled:
    """`refund` is what goes back to the customer, None when nothing had been paid."""

    order: Order
    by: Role
    reason: str
    refund: Money | None


@dataclass(frozen=True, slots=True)
class AddressChanged:
    order: Order


@dataclass(frozen=True, slots=True)
class BecamePickup:
    """The seller asks the customer to come; `refund` of the fee where it was paid."""

    order: Order
    refund: Money | None


@dataclass(frozen=True, slots=True)
class DeliveryOffered:
    """To one rider (`rider` is the id of the rider's row)."""

    order: Order
    rider: str
    job: Job


@dataclass(frozen=True, slots=True)
class OfferWithdrawn:
    """To a rider whose offer is no longer good: another was first, or the order is gone."""

    order: Order
    rider: str


@dataclass(frozen=True, slots=True)
class RiderAssigned:
    order: Order


@dataclass(frozen=True, slots=True)
class NobodyAccepted:
    order: Order


@dataclass(frozen=True, slots=True)
class DeliveryFailed:
    order: Order
    reason: str


@dataclass(frozen=True, slots=True)
class StepUndone:
    """A rider took a step back; `order` is as it now stands."""

    order: Order


@dataclass(frozen=True, slots=True)
class CodeLockedOut:
    """Five wrong codes: the seller must close this delivery."""

    order: Order


@dataclass(frozen=True, slots=True)
class SellerSilent:
    """Nobody answered a new order: `reminder` is 1 (same phones), 2 (every phone), 3 (the customer is
    offered to cancel)."""

    order: Order
    reminder: int


@dataclass(frozen=True, slots=True)
class PaymentFailed:
    """Failed or expired; `attempt.next` says what can be done."""

    order: Order
    attempt: Attempt


@dataclass(frozen=True, slots=True)
class PaymentStillOpen:
    """The customer asked ("I have paid") and the provider does not know yet."""

    order: Order
    attempt: Attempt


@dataclass(frozen=True, slots=True)
class PaymentInReview:
    """What came is not what was asked for; a person looks at it. `got` is in the provider's own words where
    they are no amount."""

    order: Order
    attempt: Attempt
    got: Money | str


@dataclass(frozen=True, slots=True)
class PaymentLink:
    """Where `attempt.link` can be paid. Like those below, of `person` (an id): for an order, or without
    one for their wallet."""

    person: str
    order: Order | None
    attempt: Attempt


@dataclass(frozen=True, slots=True)
class CodeWanted:
    """The payer's network has sent them a one-time code, which must be handed on."""

    person: str
    order: Order | None
    attempt: Attempt


@dataclass(frozen=True, slots=True)
class ToppedUp:
    """`amount` came into the wallet, which now has `balance`."""

    person: str
    attempt: Attempt
    amount: Money
    balance: Money


@dataclass(frozen=True, slots=True)
class TopUpFailed:
    """As PaymentFailed."""

    person: str
    attempt: Attempt


@dataclass(frozen=True, slots=True)
class TopUpStillOpen:
    """As PaymentStillOpen."""

    person: str
    attempt: Attempt


@dataclass(frozen=True, slots=True)
class TopUpInReview:
    """As PaymentInReview."""

    person: str
    attempt: Attempt
    got: Money | str


@dataclass(frozen=True, slots=True)
class TopUpReturned:
    """Money that had come for a wallet went back to `payer`, or with `done` False could not."""

    person: str
    amount: Money
    payer: str
    done: bool


@dataclass(frozen=True, slots=True)
class MoneyGoesBack:
    """A person has looked at a payment, and `amount` of it is being sent back."""

    person: str
    order: Order | None
    amount: Money


@dataclass(frozen=True, slots=True)
class PaymentReversed:
    """It had come, and the provider says now that it has not, or has taken it back."""

    person: str
    order: Order | None
    attempt: Attempt


@dataclass(frozen=True, slots=True)
class PaymentMismatch:
    """Looked at once more, the provider says something else of it than before."""

    order: Order | None
    attempt: Attempt


@dataclass(frozen=True, slots=True)
class LateMoney:
    """Paid after the order was cancelled: `successor` is the new order, or None and it is refunded.
    `choice`: it waits a while, since the customer may rather have it in their wallet."""

    order: Order
    successor: Order | None
    refund: Money | None
    choice: bool = False


@dataclass(frozen=True, slots=True)
class RefundDone:
    order: Order
    amount: Money


@dataclass(frozen=True, slots=True)
class RefundStuck:
    """The rail could not send the money back: staff must."""

    order: Order
    amount: Money


@dataclass(frozen=True, slots=True)
class CodeIssued:
    """A code for this person's own phone, written to as `role`: it is to come back by `until`, and then
    `amount` pays order `number` or, without one, leaves for that phone."""

    person: str
    role: str
    code: str
    amount: Money
    until: datetime
    number: int | None = None


@dataclass(frozen=True, slots=True)
class PayoutMoved:
    """Money on its way to a person's own phone has come to a status of which they hear: it waits for
    staff, it arrived, it is back, or nobody knows. `left` is what their account has now, `reason` what
    staff said."""

    person: str
    role: str
    payout: Payout
    left: Money
    reason: str = ""


@dataclass(frozen=True, slots=True)
class CashReceived:
    """The seller has so much of what a rider (by the id of the rider's row) held."""

    rider: str
    amount: Money
    left: Money


@dataclass(frozen=True, slots=True)
class DayEnded:
    """How the shop's day went."""

    day: Day


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
class SmsDoubted:
    """A customer has sent an operator's SMS that fits no payment of theirs; `amount` is what it names, and
    `order_number` the order that they may want with it."""

    name: str | None
    phone: str | None
    amount: str
    order_number: int | None


@dataclass(frozen=True, slots=True)
class AskedInVain:
    """So many different people asked for these words this week, and the shop does not know them. They
    may mean one of `offers`."""

    words: str
    people: int
    offers: tuple[Offered, ...]


@dataclass(frozen=True, slots=True)
class CodeAsked:
    """The rider stands at the door and the customer does not find the code."""

    order: Order


Happening: TypeAlias = (
    OrderPlaced
    | OrderPaid
    | OrderConfirmed
    | OrderReady
    | OrderShipped
    | OrderDelivered
    | OrderCancelled
    | AddressChanged
    | BecamePickup
    | DeliveryOffered
    | OfferWithdrawn
    | RiderAssigned
    | NobodyAccepted
    | DeliveryFailed
    | StepUndone
    | CodeLockedOut
    | SellerSilent
    | PaymentFailed
    | PaymentStillOpen
    | PaymentInReview
    | PaymentLink
    | CodeWanted
    | ToppedUp
    | TopUpFailed
    | TopUpStillOpen
    | TopUpInReview
    | TopUpReturned
    | MoneyGoesBack
    | PaymentReversed
    | PaymentMismatch
    | LateMoney
    | RefundDone
    | RefundStuck
    | CodeIssued
    | PayoutMoved
    | CashReceived
    | DayEnded
    | StockLow
    | HandedOver
    | SellerAnswered
    | SellerWrote
    | SmsDoubted
    | AskedInVain
    | CodeAsked
)

Tell: TypeAlias = Callable[[Happening], None]
