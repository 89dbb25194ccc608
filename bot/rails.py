"""Which rails this server has, and how each is made: one row per rail with a provider behind it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from time import monotonic

from bot import credentials
from bot.settings import Settings
from payments.airtel import Airtel, AirtelSettings
from payments.breaker import Breaker, Guarded
from payments.cash import Cash
from payments.flutterwave import Flutterwave, FlutterwaveSettings
from payments.mtn_momo import MtnMomo, MtnSettings
from payments.paystack import Paystack, PaystackSettings
from payments.rail import Rail, Rails
from store.sealing import Vault

Made = Rail | None


@dataclass(frozen=True, slots=True)
class Maker:
    """`platform` makes the rail of the platform's own account, None where that is not set up; `own` one
    of a shop's credentials laid over it, None where they are none for this rail, or not enough."""

    platform: Callable[[Settings], Made]
    own: Callable[[Settings, Mapping[str, str]], Made]


def _mtn(settings: Settings) -> Made:
    known = credentials.mtn(settings)
    return _mtn_rail(known, settings) if known else None


def _own_mtn(settings: Settings, given: Mapping[str, str]) -> Made:
    base = credentials.mtn(settings) or MtnSettings(settings.mtn_momo_api_url, "", "", "", "")
    own = base.with_own(given)
    complete = own is not None and own.collection_key and own.user and own.secret
    return _mtn_rail(own, settings) if own is not None and complete else None


def _mtn_rail(known: MtnSettings, settings: Settings) -> Rail:
    return MtnMomo(known, public_url=settings.public_url, clock=monotonic)


def _airtel(settings: Settings) -> Made:
    known = credentials.airtel(settings)
    return Airtel(known, clock=monotonic) if known else None


def _own_airtel(settings: Settings, given: Mapping[str, str]) -> Made:
    base = credentials.airtel(settings) or AirtelSettings(
        settings.airtel_api_url, "", "", settings.airtel_country
    )
    own = base.with_own(given)
    complete = own is not None and own.client_id and own.client_secret
    return Airtel(own, clock=monotonic) if own is not None and complete else None


def _paystack(settings: Settings) -> Made:
    known = credentials.paystack(settings)
    return Paystack(known, public_url=settings.public_url) if known else None


def _own_paystack(settings: Settings, given: Mapping[str, str]) -> Made:
    own = PaystackSettings(settings.paystack_api_url, "").with_own(given)
    return Paystack(own, public_url=settings.public_url) if own else None


def _flutterwave(settings: Settings) -> Made:
    known = credentials.flutterwave(settings)
    return Flutterwave(known, public_url=settings.public_url) if known else None


def _own_flutterwave(settings: Settings, given: Mapping[str, str]) -> Made:
    own = FlutterwaveSettings(settings.flutterwave_api_url, "", "").with_own(given)
    return Flutterwave(own, public_url=settings.public_url) if own else None


MAKERS: Mapping[str, Maker] = {
    "mtn-momo": Maker(_mtn, _own_mtn),
    "airtel": Maker(_airtel, _own_airtel),
    "paystack": Maker(_paystack, _own_paystack),
    "flutterwave": Maker(_flutterwave, _own_flutterwave),
}


def known_rails() -> tuple[str, ...]:
    """The ways to pay that a shop may name, whether they are set up or not."""
    return (*MAKERS, "cash", "wallet")


def build_rails(settings: Settings, vault: Vault) -> Rails:
    """Those whose credentials are there; a shop may bring its own."""
    platform: dict[str, Rail] = {"cash": Cash()}
    for name, maker in MAKERS.items():
        made = maker.platform(settings)
        if made is not None:
            platform[name] = _guarded(made)
    return Rails(
        platform, {name: _factory(settings, maker) for name, maker in MAKERS.items()}, vault
    )


def _factory(settings: Settings, maker: Maker) -> Callable[[Mapping[str, str]], Made]:
    def make(given: Mapping[str, str]) -> Made:
        made = maker.own(settings, given)
        return _guarded(made) if made is not None else None

    return make


def _guarded(rail: Rail) -> Rail:
    """One account's provider that is down keeps nobody waiting."""
    return Guarded(rail, Breaker(monotonic))
