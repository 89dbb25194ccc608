"""A seller's own money at the platform."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Protocol

from flows.money import Money
from flows.ports.refusals import Refusal
from flows.ports.wallet import CodeSent, Payout


@dataclass(frozen=True, slots=True)
class TillBalance:
    """`available` can be paid out; `pending` is paid and not yet delivered; `under_way` was asked for and
    has not arrived; `with_riders` is cash that riders hold for the shop; `owed` is what the seller owes the
    platform (commission of cash sales, say), taken off the next payout."""

    available: Money
    pending: Money
    under_way: Money
    with_riders: Money
    owed: Money


@dataclass(frozen=True, slots=True)
class CashHeld:
    """Cash that one rider holds."""

    rider: str
    name: str
    phone: str
    amount: Money


@dataclass(frozen=True, slots=True)
class Received:
    """The shop has `got` so much of rider `name`, who still holds `left`; `said` is what the rider had said
    where that was another sum."""

    name: str
    got: Money
    left: Money
    said: Money | None = None


@dataclass(frozen=True, slots=True)
class Day:
    """A shop's day by its local clock: `orders` taken, `came` by payments and cash, `went` by refunds and
    payouts, `differences` that reconciliation has found and nobody has settled."""

    on: date
    orders: int
    came: Money
    went: Money
    differences: int


class TillPort(Protocol):
    """For a member of the shop's staff. What takes money out needs a code sent back to the phone that
    asked."""

    def balance(self) -> TillBalance: ...
    def day(self) -> Day:
        """Today, so far."""

    def payout(self, amount: Decimal | None, rail: str | None = None) -> CodeSent | Refusal:
        """Major units; None: all that is available. To the owner's own number, or where there is none
        the asker's. Refuses NotEnough, NoPhone, OutsideLimits, BadAmount, RailUnavailable, NotAllowed,
        TooManyCodes."""

    def confirm(self, code: str) -> Payout | Refusal:
        """The code came back. Refuses BadCode, CodeOver, NoCodeWanted, NotEnough."""

    def waiting(self) -> CodeSent | None: ...
    def payouts(self, most: int = 5) -> Sequence[Payout]:
        """The newest first."""

    def cash(self) -> Sequence[CashHeld]:
        """What riders hold for the shop, most first."""

    def handed_over(self, rider: str, amount: Decimal | None) -> Received | Refusal:
        """That rider handed over so much (major units; None: all). Refuses NotEnough, BadAmount."""

    def answer_hand_over(self, claim: str, *, right: bool) -> Received | Refusal:
        """Whether the shop has what a rider said to have handed over; `claim` is its id. Refuses
        HandOverOver, NotEnough."""
