"""What happened to a payment that was unusual."""

from dataclasses import dataclass

from flows.money import Money
from flows.ports.orders import Order


@dataclass(frozen=True, slots=True)
class PaymentHeld:
    """A person looks at it before anybody is asked for this money. `order` None: a top-up."""

    person: str
    order: Order | None
    amount: Money


@dataclass(frozen=True, slots=True)
class RiskDecided:
    """A person has looked at a payment that was held."""

    person: str
    order: Order | None
    amount: Money
    allowed: bool
