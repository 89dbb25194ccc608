"""Prompts on the customers' phones, and money that was sent to them."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from payments.emulated.faults import Asked, Move


class Answer(StrEnum):
    """What a wallet's holder does with a prompt. IGNORE lets it lapse."""

    APPROVE = "approve"
    REFUSE = "refuse"
    IGNORE = "ignore"


class Status(StrEnum):
    """Where money stands. REVERSED: it was taken, and given back by the provider since."""

    WAITING = "waiting"
    TAKEN = "taken"
    FAILED = "failed"
    REVERSED = "reversed"


@dataclass(slots=True)
class Prompt:
    """Money that a merchant asks for, as the wallet's holder sees it. `payer` is E.164, empty where only
    the holder of the `link` will know; `amount` is in major units. A `code` was sent to the payer's
    phone, who must hand it to the merchant. `taken` is what left the wallet, `reason` is in the
    provider's words, `extra` what only that provider keeps. `requests` counts the POSTs of it."""

    reference: str
    payer: str
    amount: str
    currency: str
    message: str
    callback_url: str | None
    made_at: datetime
    lapses_at: datetime
    status: Status = Status.WAITING
    reason: str | None = None
    taken: str | None = None
    taken_currency: str | None = None
    transaction: str | None = None
    link: str | None = None
    code: str | None = None
    requests: int = 1
    extra: dict[str, str] = field(default_factory=dict)

    @property
    def asked(self) -> Asked:
        return Asked(Move.CHARGE, self.reference, self.payer, self.amount, self.currency)

    @property
    def moved(self) -> tuple[str, str]:
        """The amount and the currency that were taken, or are asked for."""
        return self.taken or self.amount, self.taken_currency or self.currency


@dataclass(slots=True)
class Sent:
    """Money that the merchant gave back (of the prompt `charge`) or paid out (`charge` None). `payee` is
    E.164. TAKEN means that it arrived."""

    reference: str
    payee: str
    amount: str
    currency: str
    charge: str | None = None
    callback_url: str | None = None
    made_at: datetime | None = None
    status: Status = Status.WAITING
    reason: str | None = None
    transaction: str | None = None
    requests: int = 1
    extra: dict[str, str] = field(default_factory=dict)

    @property
    def asked(self) -> Asked:
        move = Move.PAYOUT if self.charge is None else Move.REFUND
        return Asked(move, self.reference, self.payee, self.amount, self.currency)
