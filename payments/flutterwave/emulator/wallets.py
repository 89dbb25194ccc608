"""The wallets behind Flutterwave's payment pages."""

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta

from payments import emulated
from payments.emulated import Answer, Faults, Prompt
from payments.flutterwave.emulator.account import Account
from payments.flutterwave.emulator.words import FlutterwaveDialect, begun

# A page that was asked for without a session_duration: general knowledge, to be verified.
WINDOW = timedelta(hours=1)


class Wallets(emulated.Wallets):
    """As every provider's, with Flutterwave's words. A prompt is one try on a page: those of one tx_ref
    are called by it, and by it with a number behind ("<tx_ref>/2")."""

    dialect: FlutterwaveDialect

    def __init__(
        self,
        now: Callable[[], datetime],
        account: Account,
        *,
        auto: Answer | None = None,
        faults: Faults | None = None,
        on_change: Callable[[], None] | None = None,
        target: str | None = None,
        again: Sequence[float] = (),
    ) -> None:
        super().__init__(
            now,
            FlutterwaveDialect(account),
            window=WINDOW,
            auto=auto,
            faults=faults,
            on_change=on_change,
            target=target,
            again=again,
        )

    def tries(self, tx_ref: str) -> Sequence[Prompt]:
        """Those that Flutterwave speaks of, oldest first, each with a number."""
        found = [p for p in self.all() if p.extra["tx_ref"] == tx_ref and begun(p)]
        for prompt in found:
            self.dialect.number(prompt)
        return found
