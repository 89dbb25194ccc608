"""Paystack as seen from here: its API, its pay page, its webhooks and its customers' wallets, for tests
and the phone lab."""

from payments.paystack.emulator.account import Account
from payments.paystack.emulator.api import create_emulator
from payments.paystack.emulator.wallets import Wallets

__all__ = ["Account", "Wallets", "create_emulator"]
