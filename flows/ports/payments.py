"""How an order is paid."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Protocol

from flows.money import Money
from flows.ports.refusals import Refusal


class AttemptStatus(StrEnum):
    """created -> submitted -> pending -> succeeded | failed | expired; `unknown` while a provider's
    answer is missing; `review` when the money that came is not the money that was asked for."""

    CREATED = "created"
    SUBMITTED = "submitted"
    PENDING = "pending"
    UNKNOWN = "unknown"
    SUCCEEDED = "succeeded"
    FAILED = "failed"
    EXPIRED = "expired"
    REVIEW = "review"


class NextStep(StrEnum):
    """What a person can do after a payment did not work; one text each in the catalogues."""

    TRY_AGAIN = "try_again"
    TOP_UP = "top_up"
    OTHER_NUMBER = "other_number"
    WAIT = "wait"
    CALL_OPERATOR = "call_operator"
    ASK_SHOP = "ask_shop"


class Way(StrEnum):
    """What the customer does: approve a PROMPT on a phone whose number is asked for, follow a LINK, hand
    over CASH, or spend from the WALLET kept here."""

    PROMPT = "prompt"
    LINK = "link"
    CASH = "cash"
    WALLET = "wallet"


class Fit(StrEnum):
    """Whether a phone number belongs to a rail's network: OWN, its prefix says so reliably; MAYBE, it may;
    NO, it cannot be."""

    OWN = "own"
    MAYBE = "maybe"
    NO = "no"


@dataclass(frozen=True, slots=True)
class RailOption:
    """A way to pay this shop. `fit` is that of the number which was asked about. `troubled`: hardly
    anything went through it of late, so it is offered last."""

    name: str
    way: Way
    fit: Fit = Fit.MAYBE
    troubled: bool = False

    @property
    def prompts(self) -> bool:
        """A phone number is asked for and gets a prompt."""
        return self.way is Way.PROMPT


@dataclass(frozen=True, slots=True)
class Attempt:
    """One try at taking the money. `payer` is E.164, empty where nobody was asked by number.
    `order_number` is None for a top-up of the wallet. `next` is set when it failed or expired. `link` is
    where the money can be paid; `wants_code`: the payer's network sent them a code to hand on here."""

    id: str
    order_number: int | None
    rail: str
    payer: str
    amount: Money
    status: AttemptStatus
    expires_at: datetime | None = None
    next: NextStep | None = None
    link: str | None = None
    wants_code: bool = False


class PaymentsPort(Protocol):
    def options(
        self, amount: Money | None = None, payer: str | None = None
    ) -> Sequence[RailOption]:
        """Rails that the shop, its currency, the configured providers and the amount allow, the likeliest
        first: the one used last, then those of `payer`'s network (default: the customer's own number),
        and last those in trouble."""

    def way(self, rail: str, amount: Money | None = None) -> Way | None:
        """What the payer does to pay by this rail, whoever's number it may be; None where the shop does not
        take it, nor so much by it. The options may be without it: somebody may pay from a phone of another
        network."""

    def payer_ok(self, rail: str, phone: str) -> bool:
        """Can this number pay by that rail: a valid number of a country the rail serves."""

    def open(self, number: int, rail: str, payer: str) -> Attempt | Refusal:
        """Commit to one attempt; the prompt leaves after the turn, and on USSD after the session's
        END was answered. A rail with a link sends it as a message. The wallet is not opened so, but with
        WalletPort.pay. Refuses PromptOpen, AlreadyPaid, TooManyPrompts, RailUnavailable, OutsideLimits."""

    def hand_on(self, number: int | None, code: str) -> Attempt | Refusal:
        """The one-time code that the payer's network sent them, for the open attempt of that order, None:
        of the top-up. Refuses NoCodeWanted."""

    def ask(self, number: int) -> Attempt | None:
        """ "I have paid": the provider is asked at once, the answer follows as a message. None when
        nothing was ever tried."""

    def latest(self, number: int) -> Attempt | None: ...
