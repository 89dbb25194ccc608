"""What is said to a rail and what it answers, whatever its protocol."""

from dataclasses import dataclass
from uuid import UUID

from flows.money import Money
from flows.ports.payments import AttemptStatus, NextStep


@dataclass(frozen=True, slots=True)
class Charge:
    """Money to ask for. `reference` is the attempt's id, the provider's idempotency key. `payer` is
    E.164. `note` is what the wallet's holder reads beside the amount."""

    reference: UUID
    amount: Money
    payer: str
    order_number: int
    note: str


@dataclass(frozen=True, slots=True)
class RefundRequest:
    """Money to give back. `reference` is the refund's own id, `charge` that of the attempt."""

    reference: UUID
    charge: UUID
    amount: Money
    order_number: int
    note: str


@dataclass(frozen=True, slots=True)
class Reason:
    """What a provider's code means: the state it leads to and what a person can do next."""

    state: AttemptStatus
    next: NextStep


@dataclass(frozen=True, slots=True)
class Submission:
    """The answer to a request: PENDING, taken (now or before); FAILED, refused for good; UNKNOWN, ask.

    `known` is False when the rail's table does not have `code`: it must be counted and looked at.
    """

    state: AttemptStatus
    code: str | None = None
    known: bool = True


@dataclass(frozen=True, slots=True)
class RailStatus:
    """Where a charge or a refund stands at the provider. `state` None: it has never heard of it.

    `amount` is what moved, None where it could not be read; `got` is that in the provider's words.
    `provider_id` is the provider's own id of the transaction.
    """

    state: AttemptStatus | None
    code: str | None = None
    known: bool = True
    provider_id: str | None = None
    amount: Money | None = None
    got: str = ""
