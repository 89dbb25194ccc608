"""What is said to a rail and what it answers, whatever its protocol."""

from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from flows.money import Money
from flows.ports.payments import AttemptStatus, NextStep


@dataclass(frozen=True, slots=True)
class Charge:
    """Money to ask for. `reference` is the attempt's id, the provider's idempotency key. `payer` is
    E.164, empty where the rail asks nobody by number. `order_number` is None for a wallet's top-up.
    `note` is what the wallet's holder reads beside the amount."""

    reference: UUID
    amount: Money
    payer: str
    order_number: int | None
    note: str


@dataclass(frozen=True, slots=True)
class RefundRequest:
    """Money to give back. `reference` is the refund's own id, `charge` that of the attempt, which took
    `charged` from `payer` and is known to the provider as `charge_id`. `provider_id` is the provider's
    own id of the refund, once it has said one. `waited`: how long ago it was first sent."""

    reference: UUID
    charge: UUID
    amount: Money
    order_number: int | None
    note: str
    charged: Money | None = None
    payer: str = ""
    charge_id: str | None = None
    provider_id: str | None = None
    waited: timedelta = timedelta(0)


@dataclass(frozen=True, slots=True)
class PayoutRequest:
    """Money to send to the wallet of `payee` (E.164), who is called `name` where that is known.
    `reference` is the payout's own id. `provider_id` as in a refund."""

    reference: UUID
    amount: Money
    payee: str
    note: str
    name: str | None = None
    provider_id: str | None = None


@dataclass(frozen=True, slots=True)
class Reason:
    """What a provider's code means: the state it leads to and what a person can do next."""

    state: AttemptStatus
    next: NextStep


@dataclass(frozen=True, slots=True)
class Limits:
    """What a rail takes at once, in minor units: from `least` to `most` (None: it names no limit), in
    multiples of `multiple`."""

    least: int = 1
    most: int | None = None
    multiple: int = 1

    def allow(self, minor: int) -> bool:
        if minor < self.least or minor % self.multiple:
            return False
        return self.most is None or minor <= self.most


@dataclass(frozen=True, slots=True)
class Submission:
    """The answer to a request: PENDING, taken (now or before); FAILED, refused for good; UNKNOWN, ask.

    `known` is False when the rail's table does not have `code`: it must be counted and looked at.
    `link` is where the customer goes to pay; `wants_code`: the payer's network sent them a one-time
    code, which must be handed on with `Rail.submit_code`. `provider_id` as in a RailStatus.
    """

    state: AttemptStatus
    code: str | None = None
    known: bool = True
    provider_id: str | None = None
    link: str | None = None
    wants_code: bool = False


@dataclass(frozen=True, slots=True)
class RailStatus:
    """Where a charge, a refund or a payout stands at the provider. `state` None: it has never heard of
    it.

    `amount` is what moved, None where it could not be read; `got` is that in the provider's words.
    `as_asked`: this provider's answers name no amount, since under our reference it takes exactly what
    was asked for, or nothing.
    `provider_id` is the provider's own id of the transaction. `link` and `wants_code` as in a
    Submission. `reversed`: it had succeeded, and the provider has taken the money back since. `payer` is
    whose wallet paid, in E.164, where the provider says so.
    """

    state: AttemptStatus | None
    code: str | None = None
    known: bool = True
    provider_id: str | None = None
    amount: Money | None = None
    got: str = ""
    link: str | None = None
    wants_code: bool = False
    reversed: bool = False
    payer: str = ""
    as_asked: bool = False

    def moved(self, asked: Money) -> Money | None:
        """What moved of what was `asked` for; None where nobody can say."""
        return asked if self.amount is None and self.as_asked else self.amount


@dataclass(frozen=True, slots=True)
class Callback:
    """What a provider's call is about, by our own references. Nothing else in it is believed: it is a
    hint to ask for the status. All empty: it is about nothing of ours."""

    charges: tuple[UUID, ...] = ()
    refunds: tuple[UUID, ...] = ()
    payouts: tuple[UUID, ...] = ()
