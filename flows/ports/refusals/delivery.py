"""Where and how it cannot be brought."""

from dataclasses import dataclass

from flows.money import Money
from flows.ports.refusals.refusal import Refusal


@dataclass(frozen=True, slots=True)
class NotCovered(Refusal):
    """The shop does not deliver there."""

    area: str


@dataclass(frozen=True, slots=True)
class TooManyPlaces(Refusal):
    """A customer has named so many places, and no more can be kept."""

    most: int


@dataclass(frozen=True, slots=True)
class AddressCosts(Refusal):
    """Bringing an unpaid order to `area` costs `more`, which makes `total`: to that they must say yes."""

    number: int
    area: str
    more: Money
    total: Money


@dataclass(frozen=True, slots=True)
class DoorCosts(Refusal):
    """Bringing a paid order to `area` costs `more`, so that `due` is paid in cash at the door: to that they
    must say yes."""

    number: int
    area: str
    more: Money
    due: Money


@dataclass(frozen=True, slots=True)
class DearerArea(Refusal):
    """A placed order cannot go there for the `fee` that was agreed: it costs this."""

    area: str
    fee: Money


@dataclass(frozen=True, slots=True)
class RiderSuspended(Refusal):
    """The platform has suspended this rider of `shop`."""

    shop: str


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
class AgainCosts(Refusal):
    """Bringing it once more costs so much more, to which the customer must say yes."""

    number: int
    fee: Money


@dataclass(frozen=True, slots=True)
class TooManyJobs(Refusal):
    """A rider has as many orders as they may have at once."""

    most: int


@dataclass(frozen=True, slots=True)
class HandOverFirst(Refusal):
    """A rider holds so much of the shop's cash that they get no more of it."""

    holds: Money


@dataclass(frozen=True, slots=True)
class HandOverOver(Refusal):
    """What this rider said to have handed over is settled already, or was said anew."""


@dataclass(frozen=True, slots=True)
class NothingToUndo(Refusal):
    pass
