"""Places to which a customer has things brought again and again, by the names that they gave them."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from flows.ports.delivery import Point
from flows.ports.refusals import Refusal


@dataclass(frozen=True, slots=True)
class NamedPlace:
    """`name` as the customer wrote it ("home"), `area` as the shop does. `at` is where they have shown it."""

    name: str
    area: str
    landmark: str | None = None
    at: Point | None = None


class AddressBookPort(Protocol):
    """The customer's own at this shop."""

    def places(self) -> Sequence[NamedPlace]:
        """The last used first."""

    def named(self, name: str) -> NamedPlace | None:
        """In any case."""

    def save(self, place: NamedPlace) -> Refusal | None:
        """One of that name is replaced. Refuses TooManyPlaces."""

    def use(self, place: NamedPlace) -> None:
        """It is chosen: it comes first from now on."""

    def drop(self, name: str) -> bool:
        """False where there is none of that name."""
