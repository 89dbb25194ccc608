"""The machine of those who write to the platform itself, and what each of its states knows."""

from dataclasses import asdict, dataclass, fields

from flows.machine import Machine
from flows.place import Data
from flows.ports.founding import FoundingPort
from flows.visit import Visit

founder = Machine("founder", home="door")


class NoPlatformError(LookupError):
    """The server gave a turn to this machine at a shop that is not the platform's."""


@dataclass(frozen=True, slots=True)
class Told:
    """What is known of the shop to come, "" where it has not been said. `first` as the seller wrote it, and
    `picture` by what a photo of it is fetched."""

    name: str = ""
    goods: str = ""
    place: str = ""
    owner: str = ""
    first: str = ""
    picture: str = ""

    def data(self) -> Data:
        return asdict(self)


def told(visit: Visit) -> Told:
    return Told(*(visit.text(each.name) for each in fields(Told)))


def founding(visit: Visit) -> FoundingPort:
    """Raises NoPlatformError."""
    if visit.ports.founding is None:
        raise NoPlatformError(visit.ports.shop.slug)
    return visit.ports.founding
