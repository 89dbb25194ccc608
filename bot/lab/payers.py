"""The payment providers that a development server carries within itself: one row per rail."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from flask import Flask

from bot import credentials
from bot.lab.circuits import AGAIN
from bot.lab.own import is_own, now, target
from bot.settings import Settings
from payments.airtel import emulator as airtel
from payments.emulated import Wallets
from payments.flutterwave import emulator as flutterwave
from payments.mtn_momo import emulator as mtn_momo
from payments.paystack import emulator as paystack

Changed = Callable[[], None]


@dataclass(frozen=True, slots=True)
class Payer:
    """An emulated provider: its customers' wallets, and its API."""

    wallets: Wallets
    app: Flask


def _mtn(settings: Settings, changed: Changed) -> Payer | None:
    known = credentials.mtn(settings)
    if known is None:
        return None
    account = mtn_momo.Account(
        known.user, known.secret, known.collection_key, known.disbursement_key
    )
    wallets = mtn_momo.Wallets(now, on_change=changed, target=target(settings))
    return Payer(wallets, mtn_momo.create_emulator(account, wallets, now))


def _airtel(settings: Settings, changed: Changed) -> Payer | None:
    known = credentials.airtel(settings)
    if known is None:
        return None
    account = airtel.Account(
        known.client_id,
        known.client_secret,
        _webhook(settings, "airtel"),
        known.webhook_secret,
        known.disbursement_pin,
    )
    wallets = airtel.Wallets(now, account, on_change=changed)
    return Payer(wallets, airtel.create_emulator(account, wallets, now))


def _paystack(settings: Settings, changed: Changed) -> Payer | None:
    known = credentials.paystack(settings)
    if known is None:
        return None
    account = paystack.Account(known.secret_key, _webhook(settings, "paystack"))
    wallets = paystack.Wallets(account, now, on_change=changed, again=AGAIN["paystack"])
    return Payer(wallets, paystack.create_emulator(account, wallets, now))


def _flutterwave(settings: Settings, changed: Changed) -> Payer | None:
    known = credentials.flutterwave(settings)
    if known is None:
        return None
    account = flutterwave.Account(
        known.secret_key, known.webhook_hash, _webhook(settings, "flutterwave")
    )
    wallets = flutterwave.Wallets(now, account, on_change=changed, again=AGAIN["flutterwave"])
    return Payer(wallets, flutterwave.create_emulator(account, wallets, now))


MAKERS: Mapping[str, Callable[[Settings, Changed], Payer | None]] = {
    "mtn-momo": _mtn,
    "airtel": _airtel,
    "paystack": _paystack,
    "flutterwave": _flutterwave,
}


def build_payers(settings: Settings, changed: Changed) -> Mapping[str, Payer]:
    """Rail -> its emulator, of those whose URL setting is this server's own. `changed` is called when a
    prompt came or ended."""
    made = {
        rail: make(settings, changed) for rail, make in MAKERS.items() if is_own(settings, rail)
    }
    return {rail: payer for rail, payer in made.items() if payer is not None}


def _webhook(settings: Settings, rail: str) -> str:
    """The address that a real account's dashboard keeps."""
    return f"{target(settings)}/webhooks/{rail}"
