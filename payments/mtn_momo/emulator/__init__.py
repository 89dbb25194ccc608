"""MTN MoMo as seen from here: its API, its callbacks and its customers' wallets, for tests and the
phone lab."""

from payments.mtn_momo.emulator.account import Account
from payments.mtn_momo.emulator.api import create_emulator
from payments.mtn_momo.emulator.wallets import Wallets
from payments.mtn_momo.emulator.words import as_json

__all__ = ["Account", "Wallets", "as_json", "create_emulator"]
