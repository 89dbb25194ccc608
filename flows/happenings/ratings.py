"""What buyers think."""

from dataclasses import dataclass

from flows.ports.orders import Order
from flows.ports.ratings import Average, Rating


@dataclass(frozen=True, slots=True)
class RatingAsked:
    """The goods are there for a while: their buyer is asked once."""

    order: Order


@dataclass(frozen=True, slots=True)
class BadlyRated:
    """One or two stars: the seller may still make it good."""

    order: Order
    rating: Rating


@dataclass(frozen=True, slots=True)
class RatedLow:
    """The shop's average has fallen below what is asked of a shop, so that it must be looked at."""

    average: Average
