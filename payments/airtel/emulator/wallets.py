"""The wallets of Airtel Money's customers."""

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta

from payments import emulated
from payments.airtel.emulator.account import Account
from payments.airtel.emulator.words import AirtelDialect
from payments.emulated import Answer, Faults

# As payments/airtel/rail.py assumes it.
WINDOW = timedelta(minutes=5)


class Wallets(emulated.Wallets):
    """As every provider's, with Airtel's words, and callbacks as the account is set up for."""

    def __init__(
        self,
        now: Callable[[], datetime],
        account: Account,
        *,
        window: timedelta = WINDOW,
        auto: Answer | None = None,
        faults: Faults | None = None,
        on_change: Callable[[], None] | None = None,
        target: str | None = None,
        again: Sequence[float] = (),
    ) -> None:
        super().__init__(
            now,
            AirtelDialect(account),
            window=window,
            auto=auto,
            faults=faults,
            on_change=on_change,
            target=target,
            again=again,
        )
