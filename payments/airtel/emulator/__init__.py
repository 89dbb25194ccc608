"""Airtel Money as seen from here: its API, its callbacks and its customers' wallets, for tests and the
phone lab."""

from payments.airtel.emulator.account import Account
from payments.airtel.emulator.api import create_emulator
from payments.airtel.emulator.wallets import Wallets

__all__ = ["Account", "Wallets", "create_emulator"]
