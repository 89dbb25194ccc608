"""Links that are given on, in memory."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from flows.money import Money
from flows.ports.refusals import Refusal, UnknownProduct
from flows.ports.sharing import Brought, Shared
from flows.ways import By, Way

WAYS = (
    Way(By.WHATSAPP, "+256312000001"),
    Way(By.SMS, "22884", "MAMA"),
    Way(By.USSD, "*284*77#", "3"),
)
NOBODY = Brought(0, 0, 0, 0, Money(0, "UGX"))


@dataclass
class FakeSharing:
    """`codes` are the goods that can be shared. `tokens` lead to a sku, or to "" for the shop."""

    codes: dict[str, int] = field(default_factory=lambda: {"rice-5kg": 12, "rice": 12})
    tokens: dict[str, str] = field(default_factory=lambda: {"k7f2q9": ""})
    came_by: list[str] = field(default_factory=list)
    counts: Brought = NOBODY

    def link(self, sku: str | None = None) -> Shared | Refusal:
        if sku is None:
            return Shared("https://sokoni.example/s/mama/k7f2q9", None, None, WAYS)
        if sku not in self.codes:
            return UnknownProduct(sku)
        code = self.codes[sku]
        return Shared(f"https://sokoni.example/s/mama/{code}/k7f2q9", "Rice", code, WAYS)

    def arrived(self, token: str) -> str | None:
        if token in self.tokens:
            self.came_by.append(token)
        return self.tokens.get(token)

    def brought(self) -> Brought:
        return self.counts

    def sharers(self, most: int) -> Sequence[Brought]:
        return (
            [replace(self.counts, name="Zawadi"), self.counts][:most] if self.counts.people else []
        )
