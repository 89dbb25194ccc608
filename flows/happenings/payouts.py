"""What happened to money that goes out, and how a day ended."""

from dataclasses import dataclass
from datetime import datetime

from flows.money import Money
from flows.ports.orders import Order
from flows.ports.till import Day
from flows.ports.wallet import Payout


@dataclass(frozen=True, slots=True)
class MoneyGoesBack:
    """A person has looked at a payment, and `amount` of it is being sent back."""

    person: str
    order: Order | None
    amount: Money


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
