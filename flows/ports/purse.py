"""What a rider has earned, and holds for the shop."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Protocol

from flows.money import Money
from flows.ports.refusals import Refusal
from flows.ports.wallet import CodeSent, Payout


@dataclass(frozen=True, slots=True)
class PurseBalance:
    """`earned` can be paid out; `under_way` was asked for and has not arrived; `holds` is cash that is to
    be handed over to the shop."""

    earned: Money
    under_way: Money
    holds: Money


class PursePort(Protocol):
    """For a rider, at one shop. What takes money out needs a code sent back to the rider's phone."""

    def balance(self) -> PurseBalance: ...
    def hand_over(self, amount: Decimal | None) -> Money | Refusal:
        """This rider says to have handed over so much of the shop's cash (major units; None: all): the shop
        is asked. Refuses NotEnough, BadAmount."""

    def payout(self, amount: Decimal | None) -> CodeSent | Refusal:
        """Major units; None: all that was earned. Refuses NotEnough, NoPhone, OutsideLimits, BadAmount,
        RailUnavailable, TooManyCodes."""

    def confirm(self, code: str) -> Payout | Refusal:
        """The code came back. Refuses BadCode, CodeOver, NoCodeWanted, NotEnough."""

    def waiting(self) -> CodeSent | None: ...
