"""What happened on the way to the customer."""

from dataclasses import dataclass

from flows.ports.orders import Order
from flows.ports.trade import Job


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
    order: Order


@dataclass(frozen=True, slots=True)
class NobodyAccepted:
    order: Order


@dataclass(frozen=True, slots=True)
class DeliveryFailed:
    order: Order
    reason: str


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
