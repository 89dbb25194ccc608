"""An emulated Airtel Money, and the rail that speaks to it."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from uuid import uuid4

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa

from channels.emulated import serving
from flows.money import Money
from payments.airtel import Airtel, AirtelSettings
from payments.airtel.emulator import Account, Wallets, create_emulator
from payments.charge import Charge
from payments.emulated import Prompt
from tests.fakes.paying import Clock

PAYER = "+256752604392"
PIN = "4711"
WEBHOOK_SECRET = "airtel-callback-key"


@dataclass
class EmulatedAirtel:
    url: str
    wallets: Wallets
    rail: Airtel
    settings: AirtelSettings

    @property
    def only(self) -> Prompt:
        (prompt,) = self.wallets.all()
        return prompt

    def asked(self, minor: int = 48_000, currency: str = "UGX", payer: str = PAYER) -> Charge:
        """A charge whose prompt is on the phone."""
        made = charge(minor, currency, payer)
        self.rail.request(made)
        return made

    def paid(self, minor: int = 48_000) -> Charge:
        made = self.asked(minor)
        self.wallets.approve(str(made.reference))
        return made


def charge(minor: int = 48_000, currency: str = "UGX", payer: str = PAYER) -> Charge:
    return Charge(uuid4(), Money(minor, currency), payer, 1001, "Mama Njeri's Foods #1001")


@cache
def account_key() -> rsa.RSAPrivateKey:
    """Of whoever opens the PINs. Made once: it takes a while."""
    return rsa.generate_private_key(65537, 2048)


def pem(key: rsa.RSAPrivateKey) -> str:
    return (
        key.public_key()
        .public_bytes(serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo)
        .decode()
    )


@contextmanager
def emulated_airtel(
    clock: Clock, callback_url: str | None = None, webhook_secret: str | None = WEBHOOK_SECRET
) -> Iterator[EmulatedAirtel]:
    account = Account("client", "secret", callback_url, webhook_secret, PIN, account_key())
    wallets = Wallets(clock.now, account)
    with serving(create_emulator(account, wallets, clock.now)) as url:
        settings = AirtelSettings(
            url, "client", "secret", "UG", webhook_secret, PIN, pem(account_key())
        )
        yield EmulatedAirtel(url, wallets, Airtel(settings, clock=clock.seconds), settings)
        wallets.callbacks.wait()
