"""What the shop itself, or its people, may not do."""

from dataclasses import dataclass

from flows.ports.refusals.refusal import Refusal


@dataclass(frozen=True, slots=True)
class UnknownApplication(Refusal):
    """Nobody asked for wholesale prices under this number."""

    number: int


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
class TooManyShops(Refusal):
    """One person opens no more than so many."""

    most: int


@dataclass(frozen=True, slots=True)
class UnknownShop(Refusal):
    """No shop of this name waits for being verified."""

    slug: str


@dataclass(frozen=True, slots=True)
class AlreadyHere(Refusal):
    """Somebody with this phone does that at the shop already."""

    name: str


@dataclass(frozen=True, slots=True)
class NotReached(Refusal):
    """The person with this phone wants no messages."""

    phone: str


@dataclass(frozen=True, slots=True)
class UnknownZone(Refusal):
    """The shop brings to no zone of this name."""

    zone: str


@dataclass(frozen=True, slots=True)
class UnknownMember(Refusal):
    """Nobody of this name works at the shop."""

    name: str


@dataclass(frozen=True, slots=True)
class OwnerStays(Refusal):
    """An owner is taken out by the platform only."""

    name: str


@dataclass(frozen=True, slots=True)
class RiderBusy(Refusal):
    """The rider has taken jobs, or has goods of the shop."""

    name: str


@dataclass(frozen=True, slots=True)
class InvitationOver(Refusal):
    """It was answered, taken back, or has waited too long."""
