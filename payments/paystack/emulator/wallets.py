"""The wallets of Paystack's payers."""

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta

from payments import emulated
from payments.emulated import Answer, Faults
from payments.paystack.emulator.account import Account
from payments.paystack.emulator.words import PaystackDialect

WINDOW = timedelta(minutes=3)


class Wallets(emulated.Wallets):
    """As every provider's, with Paystack's words. `again`: Paystack calls again where its webhook was
    not answered 200, four times after three minutes each in truth."""

    def __init__(
        self,
        account: Account,
        now: Callable[[], datetime],
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
            PaystackDialect(account),
            window=window,
            auto=auto,
            faults=faults,
            on_change=on_change,
            target=target,
            again=again,
        )
