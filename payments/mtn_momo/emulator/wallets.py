"""The wallets of MTN's customers."""

from collections.abc import Callable
from datetime import datetime, timedelta

from payments import emulated
from payments.emulated import Answer, Faults
from payments.mtn_momo.emulator.words import MtnDialect

WINDOW = timedelta(minutes=5)


class Wallets(emulated.Wallets):
    """As every provider's, with MTN's words and its window of five minutes."""

    def __init__(
        self,
        now: Callable[[], datetime],
        *,
        window: timedelta = WINDOW,
        auto: Answer | None = None,
        faults: Faults | None = None,
        on_change: Callable[[], None] | None = None,
        target: str | None = None,
    ) -> None:
        super().__init__(
            now,
            MtnDialect(),
            window=window,
            auto=auto,
            faults=faults,
            on_change=on_change,
            target=target,
        )
