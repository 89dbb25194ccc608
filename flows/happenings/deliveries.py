"""What happened on the way to the customer."""

from dataclasses import dataclass
from datetime import datetime

from flows.money import Money
from flows.ports.orders import Order, Role
from flows.ports.trade import Job, RiderDay


@dataclass(frozen=True, slots=True)
class DeliveryOffered:
    """To one rider (`rider` is the id of the rider's row)."""

    order: Order
    rider: str
    job: Job


@dataclass(frozen=True, slots=True)
class OfferWithdrawn:
    """To a rider whose offer is no longer good: another was first, or the order is gone."""

    order: Order
    rider: str


@dataclass(frozen=True, slots=True)
class RiderAssigned:
    """A rider took it, or with `by` the seller gave it to one."""

    order: Order
    by: Role = Role.RIDER


@dataclass(frozen=True, slots=True)
class RiderOff:
    """Rider `rider` (the id of the rider's row), called `name`, does not bring it after all: `by` their own
    word, the seller's, or because they did not fetch it (the system's)."""

    order: Order
    rider: str
    name: str
    by: Role


@dataclass(frozen=True, slots=True)
class PickUpLate:
    """Whoever took it has not fetched it; after `until` it goes to others."""

    order: Order
    until: datetime


@dataclass(frozen=True, slots=True)
class NobodyAccepted:
    order: Order


@dataclass(frozen=True, slots=True)
class StillNobody:
    """The seller, who was asked, does not say what becomes of it. Where `order.nobody_brings` its customer
    may choose, also to come for it if people may (`fetched`)."""

    order: Order
    fetched: bool


@dataclass(frozen=True, slots=True)
class ShopBrings:
    """The seller brings what nobody would, as its customer had heard."""

    order: Order


@dataclass(frozen=True, slots=True)
class DeliveryFailed:
    """`by` the rider, or the seller who brought it or speaks for the rider."""

    order: Order
    reason: str
    by: Role = Role.RIDER


@dataclass(frozen=True, slots=True)
class BringBack:
    """Rider `rider` (the id of the rider's row) has goods that somebody else brings now, or nobody."""

    order: Order
    rider: str


@dataclass(frozen=True, slots=True)
class GoodsBack:
    """What rider `rider`, called `name`, could not deliver is in the shop again, says the rider or the
    seller."""

    order: Order
    rider: str
    name: str
    by: Role


@dataclass(frozen=True, slots=True)
class AgainWanted:
    """The customer wants another try, and pays `fee` more for it at the door (zero: nothing)."""

    order: Order
    fee: Money


@dataclass(frozen=True, slots=True)
class RiderDayEnded:
    """How the day of rider `rider` (the id of the rider's row) went."""

    rider: str
    day: RiderDay


@dataclass(frozen=True, slots=True)
class StepUndone:
    """A rider took a step back; `order` is as it now stands."""

    order: Order


@dataclass(frozen=True, slots=True)
class CodeLockedOut:
    """Five wrong codes: the seller must close this delivery."""

    order: Order


@dataclass(frozen=True, slots=True)
class CodeAsked:
    """The rider stands at the door and the customer does not find the code."""

    order: Order
