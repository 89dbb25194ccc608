"""How one provider speaks of what happens to the wallets."""

from dataclasses import dataclass

from payments.emulated.callbacks import Call
from payments.emulated.money import Prompt, Sent, Status


@dataclass(frozen=True, slots=True)
class Fate:
    """What becomes of money for a made-up number. WAITING with a reason never ends by itself."""

    status: Status
    reason: str | None = None


class Dialect:
    """A provider overrides what it says otherwise. The words are reasons as its API gives them."""

    refused = "refused"
    lapsed = "lapsed"
    short = "not-enough-funds"
    reversed = "reversed"
    no_such_charge = "no-such-charge"
    too_much_back = "more-than-was-paid"

    def fate(self, prompt: Prompt) -> Fate | None:
        """At once, of a made-up payer; None: a holder decides."""
        return None

    def fate_of_sent(self, sent: Sent) -> Fate | None:
        """The same of money that is sent; None: it arrives."""
        return None

    def call(self, about: Prompt | Sent) -> Call | None:
        """What the merchant is told of something that has ended; None: nothing."""
        return None
