"""Flutterwave as seen from here: its API, its payment pages, its webhooks and the wallets behind them, for
tests and the phone lab."""

from payments.flutterwave.emulator.account import Account
from payments.flutterwave.emulator.api import create_emulator
from payments.flutterwave.emulator.pages import Pages
from payments.flutterwave.emulator.wallets import Wallets
from payments.flutterwave.emulator.words import as_json

__all__ = ["Account", "Pages", "Wallets", "as_json", "create_emulator"]
