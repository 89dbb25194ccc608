"""Asking for wholesale prices, and granting them, in memory."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from flows.ports.refusals import Refusal, UnknownApplication
from flows.ports.wholesale import Application, Buying

KINTU = Application(3, "person-1", "Kintu Stores", "grocery in Nakasero", "+256772123456")


@dataclass
class FakeWholesale:
    """The customer's side and the staff's; `done` is what was decided."""

    stands: Buying = Buying.RETAIL
    asked: list[tuple[str, str]] = field(default_factory=list)
    open: dict[int, Application] = field(default_factory=lambda: {3: KINTU})
    done: list[tuple[str, int, str]] = field(default_factory=list)

    def standing(self) -> Buying:
        return self.stands

    def apply(self, business: str, about: str) -> Application:
        self.asked.append((business, about))
        self.stands = Buying.ASKED
        return Application(4, "person-2", business, about, None)

    def waiting(self) -> Sequence[Application]:
        return list(self.open.values())

    def approve(self, number: int) -> Application | Refusal:
        return self._decide("approved", number, "")

    def decline(self, number: int, reason: str) -> Application | Refusal:
        return self._decide("declined", number, reason)

    def _decide(self, what: str, number: int, reason: str) -> Application | Refusal:
        if number != KINTU.number:
            return UnknownApplication(number)
        self.open.pop(number, None)
        self.done.append((what, number, reason))
        return KINTU
