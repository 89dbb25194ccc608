"""What the books can say of a customer's money: receipts, what goes back, and what an SMS claims."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Protocol

from flows.money import Money
from flows.operator_sms import OperatorSms
from flows.ports.orders import OrderLine
from flows.ports.quote import Saving
from flows.ports.refusals import Refusal


class Standing(StrEnum):
    """What a receipt is worth now: PAID in full, PARTLY or fully given BACK, or VOID because the order
    is not paid (any more)."""

    PAID = "paid"
    PARTLY = "partly"
    BACK = "back"
    VOID = "void"


@dataclass(frozen=True, slots=True)
class Receipt:
    """One paid order as the books have it now. `savings` are what `discount` is made of, and what is off the
    delivery; `tax` is None where none was added. `reference` is the end of the provider's own number of
    the payment, None where it has none; `back` is what goes or went back of `total`. `link` opens the
    same on a page, for whoever has it. `at_door` is what is paid in cash at the door beyond `total`, None
    where nothing."""

    number: int
    shop: str
    lines: tuple[OrderLine, ...]
    delivery_fee: Money
    discount: Money
    total: Money
    back: Money
    rail: str
    paid_at: datetime
    standing: Standing
    reference: str | None = None
    link: str | None = None
    savings: tuple[Saving, ...] = ()
    tax: Money | None = None
    at_door: Money | None = None


class BackStatus(StrEnum):
    """WAITING to be sent, on its WAY, DONE, or STUCK: a person looks at it."""

    WAITING = "waiting"
    WAY = "way"
    DONE = "done"
    STUCK = "stuck"


@dataclass(frozen=True, slots=True)
class MoneyBack:
    """Money that goes back for an order. `at` is when it arrived, else when it was first owed. `rail` is
    the one that takes it there, "wallet" where it stays here; `payer` (E.164) whose phone it goes to."""

    number: int
    amount: Money
    status: BackStatus
    rail: str
    payer: str
    at: datetime


class Claim(StrEnum):
    """What the books say to an SMS of a payment: it is of a payment that HOLDS; the provider is being
    ASKED; there is NONE that it could be of; it is WRONG, since it names another amount or another
    payment than theirs."""

    HOLDS = "holds"
    ASKED = "asked"
    NONE = "none"
    WRONG = "wrong"


@dataclass(frozen=True, slots=True)
class Claimed:
    """`number` is the order that it is about, None where it is about none."""

    claim: Claim
    number: int | None = None


class RecordsPort(Protocol):
    """Of this customer at this shop; nobody else's money is here."""

    def receipt(self, number: int | None = None) -> Receipt | Refusal:
        """Of one order, else of the one paid last. Refuses UnknownOrder, NothingPaid."""

    def backs(self, number: int | None = None) -> Sequence[MoneyBack]:
        """What goes or went back, for one order or for any, the newest first."""

    def claimed(self, sms: OperatorSms) -> Claimed:
        """Hold an operator's SMS against the books and, where they do not know yet, have the provider
        asked. Nothing is ever booked because of it. What is WRONG is noted, and the seller is told,
        once a day and person."""
