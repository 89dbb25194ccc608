"""Why no money is asked for, or sent."""

from dataclasses import dataclass
from datetime import datetime

from flows.money import Money
from flows.ports.refusals.refusal import Refusal


@dataclass(frozen=True, slots=True)
class PromptOpen(Refusal):
    """A prompt may still take the money; no second one is sent before `until`. None: money has come, and a
    person looks at it."""

    payer: str
    until: datetime | None = None


@dataclass(frozen=True, slots=True)
class AlreadyPaid(Refusal):
    number: int


@dataclass(frozen=True, slots=True)
class TooManyPrompts(Refusal):
    """This payer's number got too many prompts of late; `until` is when the next may go."""

    payer: str
    until: datetime


@dataclass(frozen=True, slots=True)
class PaymentOnHold(Refusal):
    """It is unusual, so a person of the platform looks first; nobody was asked for money."""

    shop: str


@dataclass(frozen=True, slots=True)
class PaymentBlocked(Refusal):
    """It is too unusual to be asked for. `shop` can be paid in another way."""

    shop: str


@dataclass(frozen=True, slots=True)
class RailUnavailable(Refusal):
    """The rail is not set up, or does not take this number, currency or amount."""

    rail: str


@dataclass(frozen=True, slots=True)
class OutsideLimits(Refusal):
    """The rail takes no such amount at once: at least `least`, at most `most` (None: no limit), in
    multiples of `multiple`."""

    rail: str
    least: Money
    most: Money | None
    multiple: Money


@dataclass(frozen=True, slots=True)
class NoCodeWanted(Refusal):
    """Nothing waits for a one-time code."""


@dataclass(frozen=True, slots=True)
class BadCode(Refusal):
    """Not the code that was sent; so many tries are left. After none of them a new one must be sent."""

    tries_left: int


@dataclass(frozen=True, slots=True)
class CodeOver(Refusal):
    """The code that was sent is no longer good: too late, or tried too often."""


@dataclass(frozen=True, slots=True)
class TooManyCodes(Refusal):
    """So many codes were sent of late that the next may go at `until` only."""

    until: datetime


@dataclass(frozen=True, slots=True)
class NotEnough(Refusal):
    """The account has `there`, which is less than `wanted`."""

    there: Money
    wanted: Money


@dataclass(frozen=True, slots=True)
class NoPhone(Refusal):
    """Whoever writes has shown no phone number of their own, to which money or a code could be sent."""


@dataclass(frozen=True, slots=True)
class NothingPaid(Refusal):
    """There is no payment of which a receipt could be given."""


@dataclass(frozen=True, slots=True)
class NoRailFor(Refusal):
    """None of the shop's ways to pay can send money to this number."""

    phone: str


@dataclass(frozen=True, slots=True)
class SeveralRails(Refusal):
    """More than one of the shop's ways to pay may reach this number: one must be named."""

    phone: str
    rails: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class TooManyNumbers(Refusal):
    """So many numbers were named of late that the next may be at `until` only."""

    until: datetime


@dataclass(frozen=True, slots=True)
class PayoutsHeld(Refusal):
    """The number for payouts was changed a short while ago; nothing is paid out before `until` (UTC)."""

    until: datetime
