"""What happened to money that was asked for."""

from dataclasses import dataclass

from flows.money import Money
from flows.ports.orders import Order
from flows.ports.payments import Attempt


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
class SmsDoubted:
    """A customer has sent an operator's SMS that fits no payment of theirs; `amount` is what it names, and
    `order_number` the order that they may want with it."""

    name: str | None
    phone: str | None
    amount: str
    order_number: int | None
