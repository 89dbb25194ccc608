"""What happened to money that goes out, and how a day ended."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from flows.money import Money
from flows.ports.orders import Order
from flows.ports.payout_number import ProposedNumber
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


class CodeFor(StrEnum):
    """What a code does: it moves money, changes who works at the shop, or where its money is paid to."""

    MONEY = "money"
    TEAM = "team"
    NUMBER = "number"


@dataclass(frozen=True, slots=True)
class CodeIssued:
    """A code for this person's own phone, written to as `role`: it is to come back by `until`, and then
    does what it is `for_`. `amount` pays order `number` or, without one, leaves for `payee`, which is None
    where that is the same phone."""

    person: str
    role: str
    code: str
    amount: Money
    until: datetime
    number: int | None = None
    for_: CodeFor = CodeFor.MONEY
    payee: str | None = None


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
class PayoutNumberNamed:
    """A rail has answered whose wallet the number is that owner `person` wants for the shop's money, or
    cannot say."""

    person: str
    proposed: ProposedNumber


@dataclass(frozen=True, slots=True)
class PayoutNumberChanged:
    """The shop's money goes to `phone` now; `owners` by the ids of the persons, and `old` (E.164) where it
    went to before that. Numbers are shown in part. Nothing is paid out before `held_until`."""

    owners: tuple[str, ...]
    old: str | None
    phone: str
    held_until: datetime


@dataclass(frozen=True, slots=True)
class CashReceived:
    """The seller has so much of what a rider (by the id of the rider's row) held."""

    rider: str
    amount: Money
    left: Money


@dataclass(frozen=True, slots=True)
class HandOverSaid:
    """Rider `rider` (the id of the rider's row), called `name`, says to have handed over `amount`; `claim` is
    the id of what was said."""

    rider: str
    name: str
    amount: Money
    claim: str


@dataclass(frozen=True, slots=True)
class HandOverDiffers:
    """The shop `got` another sum than the rider `said`; `left` is what the rider still holds."""

    rider: str
    said: Money
    got: Money
    left: Money


@dataclass(frozen=True, slots=True)
class HandOverDenied:
    """The shop does not have what the rider `said`, who still holds `left`."""

    rider: str
    said: Money
    left: Money


@dataclass(frozen=True, slots=True)
class DayEnded:
    """How the shop's day went."""

    day: Day
