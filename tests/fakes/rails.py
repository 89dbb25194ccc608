"""Every rail with a provider behind it, each with its emulator, as one kind of thing."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from uuid import uuid4

from channels.emulated import serving
from flows.money import Money
from payments import paystack as paystacks
from payments.charge import Charge
from payments.emulated import Wallets
from payments.mtn_momo import MtnMomo, MtnSettings
from payments.mtn_momo import emulator as mtns
from payments.paystack import emulator as paystack_emulator
from payments.rail import Rail
from tests.fakes.airtel import emulated_airtel
from tests.fakes.flutterwave import NOWHERE, flutterwave_house
from tests.fakes.paying import USER, Clock
from tests.fakes.paystacking import SECRET

# What a market's customer has, by country: a number with a wallet, and the currency.
PEOPLE: Mapping[str, tuple[str, str]] = {
    "GH": ("+233241234567", "GHS"),
    "NG": ("+2348031234567", "NGN"),
    "UG": ("+256772123456", "UGX"),
}
AIRTELS_OWN = "+256752604392"
MANY = 48_000


@dataclass(frozen=True)
class AnyRail:
    """A rail in `country`, and the wallets behind it. `said` is how its provider words a code of the
    rail's table."""

    rail: Rail
    wallets: Wallets
    country: str
    payer: str
    said: Callable[[str], str] = str

    def charge(self) -> Charge:
        amount = Money(MANY, PEOPLE[self.country][1])
        return Charge(uuid4(), amount, self.payer, 1001, "Mama Njeri's Foods #1001")


@contextmanager
def _mtn(clock: Clock) -> Iterator[AnyRail]:
    account = mtns.Account(USER, "secret", "collection", "disbursement")
    wallets = mtns.Wallets(clock.now)
    wallets.faults.drop_callbacks = True
    with serving(mtns.create_emulator(account, wallets, clock.now)) as url:
        settings = MtnSettings(url, "mtnuganda", "collection", USER, "secret", "disbursement")
        rail = MtnMomo(settings, public_url=NOWHERE, clock=clock.seconds)
        yield AnyRail(rail, wallets, "UG", PEOPLE["UG"][0])


@contextmanager
def _airtel(clock: Clock) -> Iterator[AnyRail]:
    with emulated_airtel(clock) as made:
        yield AnyRail(made.rail, made.wallets, "UG", AIRTELS_OWN)


def _paystack(country: str) -> "Make":
    @contextmanager
    def make(clock: Clock) -> Iterator[AnyRail]:
        account = paystack_emulator.Account(SECRET, f"{NOWHERE}/webhooks/paystack")
        wallets = paystack_emulator.Wallets(account, clock.now)
        wallets.faults.drop_callbacks = True
        with serving(paystack_emulator.create_emulator(account, wallets, clock.now)) as url:
            settings = paystacks.PaystackSettings(url, SECRET)
            rail = paystacks.Paystack(settings, public_url="https://sokoni.example")
            yield AnyRail(
                rail.in_country(country),
                wallets,
                country,
                PEOPLE[country][0],
                lambda code: code.replace("-", " ").capitalize(),
            )

    return make


@contextmanager
def _flutterwave(clock: Clock) -> Iterator[AnyRail]:
    with flutterwave_house(clock) as made:
        yield AnyRail(made.rail, made.wallets, "UG", "")


Make = Callable[[Clock], AbstractContextManager[AnyRail]]

RAILS: Mapping[str, Make] = {
    "mtn-momo": _mtn,
    "airtel": _airtel,
    "paystack by prompt": _paystack("GH"),
    "paystack by link": _paystack("NG"),
    "flutterwave": _flutterwave,
}
