"""What other shops have sold of this shop's goods, and what this shop's suppliers say of theirs."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from flows.ports.refusals import Refusal


class SupplyStatus(StrEnum):
    """ASKED waits for an answer, REFUSED is the supplier's no, OFF the end of the order."""

    ASKED = "asked"
    PACKING = "packing"
    READY = "ready"
    REFUSED = "refused"
    OFF = "off"


@dataclass(frozen=True, slots=True)
class Supply:
    """What an order of `shop` (a name) wants of this one: `goods` are (pieces, name). `number` is its name
    here, "S12", which is no order's."""

    number: int
    shop: str
    goods: tuple[tuple[int, str], ...]
    status: SupplyStatus


@dataclass(frozen=True, slots=True)
class Supplied:
    """How far a supplier is with an order of this shop."""

    supplier: str
    status: SupplyStatus


class SupplyPort(Protocol):
    """For a member of the staff. A supplier sees and answers only what is wanted of their own shop: what
    is another's refuses UnknownSupply, as what is nobody's. Saying again what is so already changes
    nothing. What was refused, cancelled or fetched refuses SupplyOver."""

    def waiting(self) -> Sequence[Supply]:
        """What is to be packed or fetched, the oldest first."""

    def find(self, number: int) -> Supply | None: ...
    def accept(self, number: int) -> Supply | Refusal:
        """It is there and being packed."""

    def ready(self, number: int) -> Supply | Refusal: ...
    def refuse(self, number: int, reason: str) -> Supply | Refusal:
        """It is not there after all: the order's own seller decides what becomes of it."""

    def of_order(self, number: int) -> Sequence[Supplied]:
        """How far the suppliers of an order of this shop are; one who has no shop here says nothing."""
