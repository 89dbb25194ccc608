"""What the emulated payment providers share: wallets and their holders, calls back to the merchant, and
faults on demand. No money moves and only this machine is ever called back.

A provider's emulator brings a `Dialect` (its words, its made-up numbers, its calls back) and an HTTP API
that reads and writes `Wallets`.
"""

from payments.emulated.callbacks import Call, Callbacks
from payments.emulated.dialect import Dialect, Fate
from payments.emulated.faults import Asked, Faults, Hit, Move, Trouble
from payments.emulated.luck import Luck, hang_up, meet, pause, with_retry_after
from payments.emulated.money import Answer, Prompt, Sent, Status
from payments.emulated.wallets import Wallets

__all__ = [
    "Answer",
    "Asked",
    "Call",
    "Callbacks",
    "Dialect",
    "Fate",
    "Faults",
    "Hit",
    "Luck",
    "Move",
    "Prompt",
    "Sent",
    "Status",
    "Trouble",
    "Wallets",
    "hang_up",
    "meet",
    "pause",
    "with_retry_after",
]
