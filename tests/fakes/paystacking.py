"""An emulated Paystack, and the rail that speaks to it in one country or another."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from uuid import UUID, uuid4

from flows.money import Money
from flows.ports.payments import Attempt
from payments.charge import Charge
from payments.emulated import Prompt, Status
from payments.paystack import Paystack
from payments.paystack.emulator import Wallets
from payments.taking.submitting import submit
from store.scope import Scope
from tests.fakes.paying import Market

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

    def only_paid(self, charge: Charge) -> Prompt:
        prompt = self.wallets.find(str(charge.reference))
        assert prompt is not None
        assert prompt.status is Status.TAKEN
        return prompt

    def at(self, country: str) -> Paystack:
        return self.rail.in_country(country)


def asked(country: str = "NG", payer: str | None = None, amount: Money | None = None) -> Charge:
    known, usual = PAYERS[country]
    return Charge(uuid4(), amount or usual, payer or known, 1001, "Mama Bisi's Foods #1001")


def move_to(
    market: Market, country: str = "GH", credentials: Mapping[str, str] | None = None
) -> None:
    """The market's shop is in `country` and paid by Paystack, into an account of its own where it has
    `credentials`."""

    def write(scope: Scope) -> None:
        scope.shop.country, scope.shop.currency = country, PAYERS[country][1].currency
        payments = {"rails": ["paystack", "cash"], "credentials": dict(credentials or {})}
        scope.shop.settings = {"payments": payments}

    market.at_shop(write)


def place(market: Market, country: str = "GH", minor: int | None = None) -> int:
    """An order to be paid by Paystack."""
    amount = PAYERS[country][1]
    return market.order(minor or amount.minor, currency=amount.currency, rail="paystack")


def begin(market: Market, number: int, country: str = "GH", payer: str | None = None) -> UUID:
    """An attempt whose request has left."""
    phone = payer or PAYERS[country][0]
    attempt = market.at_shop(lambda scope: market.port(scope).open(number, "paystack", phone))
    assert isinstance(attempt, Attempt), attempt
    assert submit(market.world, UUID(attempt.id)) is None
    return UUID(attempt.id)
