"""Why something could not be done: values with their facts, so that a flow can say what is true.

flows/explain.py turns every one of them into a Message.
"""

from dataclasses import dataclass
from datetime import datetime

from flows.money import Money


@dataclass(frozen=True, slots=True)
class Refusal:
    """The base: `isinstance(result, Refusal)` tells a refusal from a result."""


@dataclass(frozen=True, slots=True)
class UnknownProduct(Refusal):
    mention: str


@dataclass(frozen=True, slots=True)
class SoldOut(Refusal):
    name: str


@dataclass(frozen=True, slots=True)
class OnlyLeft(Refusal):
    """Fewer than asked for are free; nothing was changed."""

    name: str
    left: int
    sku: str = ""


@dataclass(frozen=True, slots=True)
class NeedsVariant(Refusal):
    """The product comes in several kinds; one must be chosen."""

    sku: str
    name: str


@dataclass(frozen=True, slots=True)
class NotInCart(Refusal):
    name: str


@dataclass(frozen=True, slots=True)
class TooMany(Refusal):
    """More than a person may order of one thing at once."""

    name: str
    most: int


@dataclass(frozen=True, slots=True)
class EmptyCart(Refusal):
    pass


@dataclass(frozen=True, slots=True)
class CartChanged(Refusal):
    """Prices or stock moved since the cart was shown; the cart was refreshed, nothing was ordered."""


@dataclass(frozen=True, slots=True)
class BelowMinimum(Refusal):
    minimum: Money
    missing: Money


@dataclass(frozen=True, slots=True)
class NotCovered(Refusal):
    """The shop does not deliver there."""

    area: str


@dataclass(frozen=True, slots=True)
class DearerArea(Refusal):
    """A placed order cannot go there for the `fee` that was agreed: it costs this."""

    area: str
    fee: Money


@dataclass(frozen=True, slots=True)
class UnknownOrder(Refusal):
    number: int


@dataclass(frozen=True, slots=True)
class WrongStep(Refusal):
    """The order is not where this can be done. `status` is an OrderStatus or delivery status value."""

    number: int
    status: str


@dataclass(frozen=True, slots=True)
class TooLate(Refusal):
    """A window has closed: cancelling, changing the address, UNDO."""

    number: int


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
class RailUnavailable(Refusal):
    """The rail is not set up, or does not take this number, currency or amount."""

    rail: str


@dataclass(frozen=True, slots=True)
class AlreadyTaken(Refusal):
    """Another rider was first, or the offer has lapsed."""

    number: int


@dataclass(frozen=True, slots=True)
class NoOffer(Refusal):
    number: int


@dataclass(frozen=True, slots=True)
class WrongCode(Refusal):
    number: int
    tries_left: int


@dataclass(frozen=True, slots=True)
class CodeLocked(Refusal):
    """Too many wrong codes; now only the seller can close the delivery."""

    number: int


@dataclass(frozen=True, slots=True)
class NothingToUndo(Refusal):
    pass


@dataclass(frozen=True, slots=True)
class BadAmount(Refusal):
    """Not an amount this currency knows, or not a quantity."""

    text: str


@dataclass(frozen=True, slots=True)
class NotAllowed(Refusal):
    """This needs more than a caller id: a price cut by more than half, say."""

    why: str


@dataclass(frozen=True, slots=True)
class BadAlias(Refusal):
    """Too short or too long to be what people call goods, or only figures."""

    words: str


@dataclass(frozen=True, slots=True)
class AliasTaken(Refusal):
    """The words are already what another product is called."""

    words: str
    name: str


@dataclass(frozen=True, slots=True)
class NearAlias(Refusal):
    """The words are nearly what another product is called; the seller may insist."""

    words: str
    name: str


@dataclass(frozen=True, slots=True)
class NotBargained(Refusal):
    """It has one price for everybody."""

    name: str
    price: Money


@dataclass(frozen=True, slots=True)
class DealDone(Refusal):
    """This person has had a price agreed for it today, which is used up or has run out."""

    name: str
    price: Money


@dataclass(frozen=True, slots=True)
class FloorOutside(Refusal):
    """No floor for a price of `most`: it must be at least `least`, and not above the price."""

    least: Money
    most: Money


@dataclass(frozen=True, slots=True)
class BelowBase(Refusal):
    """The supplier gets `base` for each, and nothing goes for less."""

    base: Money


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
