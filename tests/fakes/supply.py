"""What other shops want of this one, in memory."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from flows.ports.refusals import Refusal, SupplyOver, UnknownSupply
from flows.ports.supply import Supplied, Supply, SupplyStatus

OPEN = (SupplyStatus.ASKED, SupplyStatus.PACKING, SupplyStatus.READY)


def a_supply(number: int = 12, status: SupplyStatus = SupplyStatus.ASKED) -> Supply:
    return Supply(number, "Adaeze Styles", ((2, "Ankara 6 yards"),), status)


@dataclass
class FakeSupply:
    """By number; `suppliers` are of every order of this shop."""

    wanted: dict[int, Supply] = field(default_factory=dict)
    suppliers: Sequence[Supplied] = ()
    reasons: list[str] = field(default_factory=list)

    def waiting(self) -> Sequence[Supply]:
        return [each for each in self.wanted.values() if each.status in OPEN]

    def find(self, number: int) -> Supply | None:
        return self.wanted.get(number)

    def accept(self, number: int) -> Supply | Refusal:
        return self._move(number, SupplyStatus.PACKING)

    def ready(self, number: int) -> Supply | Refusal:
        return self._move(number, SupplyStatus.READY)

    def refuse(self, number: int, reason: str) -> Supply | Refusal:
        self.reasons.append(reason)
        return self._move(number, SupplyStatus.REFUSED)

    def of_order(self, number: int) -> Sequence[Supplied]:
        return self.suppliers

    def _move(self, number: int, status: SupplyStatus) -> Supply | Refusal:
        found = self.wanted.get(number)
        if found is None:
            return UnknownSupply(number)
        if found.status not in OPEN:
            return SupplyOver(number, refused=found.status is SupplyStatus.REFUSED)
        self.wanted[number] = replace(found, status=status)
        return self.wanted[number]
