"""A customer's places by name, in memory."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from flows.ports.address_book import NamedPlace
from flows.ports.refusals import Refusal, TooManyPlaces


@dataclass
class FakeAddressBook:
    """`kept` by name, the last used last."""

    kept: dict[str, NamedPlace] = field(default_factory=dict)
    most: int = 5

    def places(self) -> Sequence[NamedPlace]:
        return tuple(reversed(self.kept.values()))

    def named(self, name: str) -> NamedPlace | None:
        return self.kept.get(name.casefold())

    def save(self, place: NamedPlace) -> Refusal | None:
        if place.name.casefold() not in self.kept and len(self.kept) >= self.most:
            return TooManyPlaces(self.most)
        self.kept[place.name.casefold()] = place
        return None

    def use(self, place: NamedPlace) -> None:
        self.kept[place.name.casefold()] = self.kept.pop(place.name.casefold())

    def drop(self, name: str) -> bool:
        return self.kept.pop(name.casefold(), None) is not None
