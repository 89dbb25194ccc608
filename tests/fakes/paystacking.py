"""An emulated Paystack, and the rail that speaks to it in one country or another."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from uuid import uuid4

from flows.money import Money
from payments.charge import Charge
from payments.emulated import Prompt
from payments.paystack import Paystack
from payments.paystack.emulator import Wallets

SECRET = "sk_test_0123456789"
NIGERIAN = "+2348031234567"
GHANAIAN = "+233241234567"
KENYAN = "+254722123456"
IVORIAN = "+2250712345678"

# A payer of each of Paystack's markets, and what 480 of the currency are in minor units.
PAYERS: Mapping[str, tuple[str, Money]] = {
    "NG": (NIGERIAN, Money(48_000, "NGN")),
    "ZA": ("+27821234567", Money(48_000, "ZAR")),
    "GH": (GHANAIAN, Money(48_000, "GHS")),
    "KE": (KENYAN, Money(48_000, "KES")),
    "CI": (IVORIAN, Money(480, "XOF")),
}


@dataclass
class Emulated:
    """Paystack at `url`; `told` are the webhooks that a merchant of these tests got: signature, body."""

    url: str
    wallets: Wallets
    rail: Paystack
    told: list[tuple[str, bytes]] = field(default_factory=list)

    @property
    def only(self) -> Prompt:
        (prompt,) = self.wallets.all()
        return prompt

    def at(self, country: str) -> Paystack:
        return self.rail.in_country(country)


def asked(country: str = "NG", payer: str | None = None, amount: Money | None = None) -> Charge:
    known, usual = PAYERS[country]
    return Charge(uuid4(), amount or usual, payer or known, 1001, "Mama Bisi's Foods #1001")
