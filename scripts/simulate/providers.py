"""Every provider that the day needs, emulated over HTTP on this machine and living by the day's clock."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from itertools import count
from typing import TypeVar

from flask import Flask

from bot import credentials
from bot.lab.own import path_of, target
from bot.settings import Settings
from channels.africastalking import emulator as africastalking
from channels.meta import emulator as meta
from channels.twilio import emulator as twilio
from payments.airtel import emulator as airtel
from payments.emulated import Wallets
from payments.flutterwave import emulator as flutterwave
from payments.mtn_momo import emulator as mtn_momo
from payments.paystack import emulator as paystack

Now = Callable[[], datetime]
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Providers:
    """`purses`: the customers' wallets by rail. `apps` by the path that each is served at."""

    twilio: twilio.TwilioEmulator
    at: africastalking.AfricasTalkingEmulator
    meta: meta.MetaEmulator
    purses: Mapping[str, Wallets]
    apps: Mapping[str, Flask]

    def close(self) -> None:
        self.twilio.close()
        self.at.close()
        self.meta.close()


def build_providers(settings: Settings, now: Now) -> Providers:
    """They report nothing by themselves: what arrives, and when, is the day's to say."""
    known = credentials.accounts(settings)
    numbers = count(1)

    def new_id() -> str:
        return f"{next(numbers):032x}"

    by_twilio = twilio.TwilioEmulator(
        twilio.Options(
            known["twilio"].id, known["twilio"].secret, settings.public_url, target(settings),
            new_id=new_id, now=now,
        )
    )  # fmt: skip
    by_at = africastalking.AfricasTalkingEmulator(
        africastalking.Options(
            known["africastalking"].id, known["africastalking"].secret,
            known["africastalking"].webhook_secret or "", target(settings), new_id=new_id, now=now,
        )
    )  # fmt: skip
    by_meta = meta.MetaEmulator(
        meta.Options(
            known["meta"].webhook_secret or "", known["meta"].secret, settings.public_url,
            target(settings), any_template=True, new_id=new_id, now=now,
        )
    )  # fmt: skip
    payers = {rail: make(settings, now) for rail, make in MAKERS.items()}
    apps = {
        path_of("twilio"): twilio.create_emulator(by_twilio),
        path_of("africastalking"): africastalking.create_emulator(by_at),
        path_of("meta"): meta.create_emulator(by_meta),
        **{path_of(rail): app for rail, (_, app) in payers.items()},
    }
    purses = {rail: purse for rail, (purse, _) in payers.items()}
    return Providers(by_twilio, by_at, by_meta, purses, apps)


Payer = tuple[Wallets, Flask]


def _mtn(settings: Settings, now: Now) -> Payer:
    known = _there(credentials.mtn(settings))
    account = mtn_momo.Account(
        known.user, known.secret, known.collection_key, known.disbursement_key
    )
    wallets = mtn_momo.Wallets(now, target=target(settings))
    return wallets, mtn_momo.create_emulator(account, wallets, now)


def _airtel(settings: Settings, now: Now) -> Payer:
    known = _there(credentials.airtel(settings))
    account = airtel.Account(
        known.client_id, known.client_secret, f"{target(settings)}/webhooks/airtel",
        known.webhook_secret, known.disbursement_pin,
    )  # fmt: skip
    wallets = airtel.Wallets(now, account)
    return wallets, airtel.create_emulator(account, wallets, now)


def _paystack(settings: Settings, now: Now) -> Payer:
    known = _there(credentials.paystack(settings))
    account = paystack.Account(known.secret_key, f"{target(settings)}/webhooks/paystack")
    wallets = paystack.Wallets(account, now)
    return wallets, paystack.create_emulator(account, wallets, now)


def _flutterwave(settings: Settings, now: Now) -> Payer:
    known = _there(credentials.flutterwave(settings))
    account = flutterwave.Account(
        known.secret_key, known.webhook_hash, f"{target(settings)}/webhooks/flutterwave"
    )
    wallets = flutterwave.Wallets(now, account)
    return wallets, flutterwave.create_emulator(account, wallets, now)


MAKERS: Mapping[str, Callable[[Settings, Now], Payer]] = {
    "mtn-momo": _mtn,
    "airtel": _airtel,
    "paystack": _paystack,
    "flutterwave": _flutterwave,
}


def _there(known: T | None) -> T:
    if known is None:
        raise LookupError("the demo credentials of an emulated rail are missing")
    return known
