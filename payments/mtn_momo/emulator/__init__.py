"""MTN MoMo as seen from here: its API, its callbacks and its customers' wallets, for tests and the
phone lab. No money moves and only this machine is ever called back."""

from payments.mtn_momo.emulator.api import create_emulator
from payments.mtn_momo.emulator.faults import Faults, Hit, Trouble
from payments.mtn_momo.emulator.ledger import Account, Answer, Prompt
from payments.mtn_momo.emulator.wallets import Wallets

__all__ = [
    "Account",
    "Answer",
    "Faults",
    "Hit",
    "Prompt",
    "Trouble",
    "Wallets",
    "create_emulator",
]
