"""How an order is paid."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Protocol

from flows.money import Money
from flows.ports.refusals import Refusal


class AttemptStatus(StrEnum):
    """created -> submitted -> pending -> succeeded | failed | expired; `unknown` while a provider's
    answer is missing; `review` when the money that came is not the money that was asked for."""

    CREATED = "created"
    SUBMITTED = "submitted"
    PENDING = "pending"
    UNKNOWN = "unknown"
    SUCCEEDED = "succeeded"
    FAILED = "failed"
    EXPIRED = "expired"
    REVIEW = "review"


class NextStep(StrEnum):
    """What a person can do after a payment did not work; one text each in the catalogues."""

    TRY_AGAIN = "try_again"
    TOP_UP = "top_up"
    OTHER_NUMBER = "other_number"
    WAIT = "wait"
    CALL_OPERATOR = "call_operator"
    ASK_SHOP = "ask_shop"


@dataclass(frozen=True, slots=True)
class RailOption:
    """A way to pay this shop. `prompts` means that a phone number is asked for and gets a prompt."""

    name: str
    prompts: bool


@dataclass(frozen=True, slots=True)
class Attempt:
    """One try at taking the money. `payer` is E.164. `next` is set when it failed or expired."""

    id: str
    order_number: int
    rail: str
    payer: str
    amount: Money
    status: AttemptStatus
    expires_at: datetime | None = None
    next: NextStep | None = None


class PaymentsPort(Protocol):
    def options(self) -> Sequence[RailOption]:
        """Rails that the shop, its currency and the configured providers allow."""

    def payer_ok(self, rail: str, phone: str) -> bool:
        """Can this number pay by that rail: a valid number of a country the rail serves."""

    def open(self, number: int, rail: str, payer: str) -> Attempt | Refusal:
        """Commit to one attempt; the prompt leaves after the turn, and on USSD after the session's
        END was answered. Refuses PromptOpen, AlreadyPaid, TooManyPrompts, RailUnavailable."""

    def ask(self, number: int) -> Attempt | None:
        """ "I have paid": the provider is asked at once, the answer follows as a message. None when
        nothing was ever tried."""

    def latest(self, number: int) -> Attempt | None: ...
