"""What buyers think: one to five stars of an order, and what they come to."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from flows.ports.refusals import Refusal

# Fewer say too little of goods or of a shop to be shown.
LEAST_SHOWN = 3
STARS = range(1, 6)


@dataclass(frozen=True, slots=True)
class Average:
    """Of `count` ratings, in tenths of a star, rounded half up."""

    tenths: int
    count: int

    @classmethod
    def of(cls, stars: int, count: int) -> "Average | None":
        """Of so many stars by so many people; None while they are too few to be shown."""
        return cls((stars * 20 + count) // (2 * count), count) if count >= LEAST_SHOWN else None

    @property
    def written(self) -> str:
        """ "4.6" """
        return f"{self.tenths // 10}.{self.tenths % 10}"


@dataclass(frozen=True, slots=True)
class Rating:
    """`words` hold no phone numbers and no links."""

    number: int
    stars: int
    words: str


class RatingsPort(Protocol):
    """A customer's own ratings, and what others wrote."""

    def rate(self, number: int | None, stars: int, words: str = "") -> Rating | Refusal:
        """Order `number`, else the last one that arrived. Saying it again within a day changes it; empty
        `words` leave those that are there. Refuses with NothingToRate, OwnShop, WrongStep,
        RatingOver."""

    def asked(self) -> int | None:
        """The order of which the customer was asked, these days, and has said nothing yet."""

    def latest(self, limit: int = 3) -> Sequence[Rating]:
        """The newest of the shop that have words."""
