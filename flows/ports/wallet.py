"""The money that a shop keeps for a customer."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Protocol

from flows.money import Money
from flows.ports.payments import Attempt
from flows.ports.refusals import Refusal


@dataclass(frozen=True, slots=True)
class CodeSent:
    """A 6-digit code is on its way to `phone`, the person's own number; it is good until `until`, and
    what waits for it happens when it comes back. `amount` is what it is about, `fee` what it costs
    besides, `payee` the number that the money goes to, where that is another."""

    phone: str
    amount: Money
    fee: Money
    until: datetime
    payee: str | None = None


class Move(StrEnum):
    """What moved the money of a wallet or a till."""

    TOP_UP = "top_up"
    PAID = "paid"
    REFUND = "refund"
    WITHDRAWN = "withdrawn"
    GIVEN_BACK = "given_back"
    LATE_MONEY = "late_money"
    SOLD = "sold"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class WalletMove:
    """One change of the balance, in or out (negative). `order_number` where it was about one."""

    move: Move
    amount: Money
    at: datetime
    order_number: int | None = None


class PayoutStatus(StrEnum):
    """Begun when the code came back: created (-> approval, which waits for staff, -> created) -> submitted
    -> pending -> paid | failed (the money is back), `unknown` while the provider's answer is missing,
    `stuck` when only staff can go on, `dropped` when staff said no (the money is back)."""

    CREATED = "created"
    APPROVAL = "approval"
    SUBMITTED = "submitted"
    PENDING = "pending"
    UNKNOWN = "unknown"
    PAID = "paid"
    FAILED = "failed"
    STUCK = "stuck"
    DROPPED = "dropped"


@dataclass(frozen=True, slots=True)
class Payout:
    """Money sent from an account here to somebody's Mobile Money. `amount` arrives; `fee` was taken
    besides. `holder` is the name that the wallet is registered in, where the rail tells."""

    id: str
    amount: Money
    fee: Money
    phone: str
    rail: str
    status: PayoutStatus
    at: datetime
    holder: str | None = None


@dataclass(frozen=True, slots=True)
class OrderPaidByWallet:
    """The order of this number was paid; `left` is the balance now."""

    order_number: int
    amount: Money
    left: Money


WalletDone = OrderPaidByWallet | Payout


class WalletPort(Protocol):
    """A customer's own wallet at this shop. Whatever takes money out of it needs a code sent back to the
    customer's own number: a caller id can be forged."""

    def open(self) -> bool:
        """Whether this shop keeps wallets: "wallet" is among its rails."""

    def balance(self) -> Money: ...
    def moves(self, most: int = 5) -> Sequence[WalletMove]:
        """The newest first."""

    def top_up(self, amount: Money, rail: str, payer: str) -> Attempt | Refusal:
        """Ask for money to put in. Refuses as PaymentsPort.open does."""

    def latest_top_up(self) -> Attempt | None: ...

    def pay(self, number: int) -> CodeSent | Refusal:
        """Pay an order from it, once the code is back. Refuses UnknownOrder, AlreadyPaid, WrongStep,
        PromptOpen, NotEnough, NoPhone, TooManyCodes."""

    def withdraw(self, amount: Money, rail: str | None = None) -> CodeSent | Refusal:
        """Send money to the customer's own number, once the code is back. Refuses NotEnough, NoPhone,
        OutsideLimits, RailUnavailable, TooManyCodes."""

    def confirm(self, code: str) -> WalletDone | Refusal:
        """The code came back: do what waits for it. Refuses BadCode, CodeOver, NoCodeWanted, and whatever
        `pay` and `withdraw` refuse, if that has become true since."""

    def late(self, number: int, *, keep: bool) -> Money | Refusal:
        """Money that came too late for this order goes into the wallet, or with `keep` False back to the
        phone that paid, at once. Refuses NothingPaid where it has left already, or none came."""

    def waiting(self) -> CodeSent | None:
        """What waits for a code, still good."""

    def withdrawal(self) -> Payout | None:
        """The newest one."""
