"""The number that a shop's money goes to, in memory. The code that is "sent" is CODE_SENT."""

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from flows.money import Money
from flows.ports.payout_number import Naming, PayoutNumber, ProposedNumber
from flows.ports.refusals import BadCode, CodeOver, NoCodeWanted, Refusal
from flows.ports.wallet import CodeSent
from tests.fakes.till import AT, CODE_SENT, OWN_PHONE

ID = "n-1"
HELD = datetime(2026, 11, 3, 9, 0, tzinfo=UTC)


@dataclass
class FakePayoutNumber:
    """`naming` and `holder` are what the rail says at once of any number."""

    there: PayoutNumber = field(default_factory=lambda: PayoutNumber("+256****222"))
    naming: Naming = Naming.NAMED
    holder: str | None = "NAMUSOKE S"
    refusal: Refusal | None = None
    open: ProposedNumber | None = None
    coming: bool = False

    def current(self) -> PayoutNumber | Refusal:
        return self.refusal or self.there

    def propose(self, phone: str, rail: str | None = None) -> ProposedNumber | Refusal:
        if self.refusal is not None:
            return self.refusal
        self.open = ProposedNumber(ID, phone, rail or "mtn-momo", self.naming, self.holder)
        return self.open

    def proposed(self) -> ProposedNumber | None:
        return self.open

    def agree(self, proposed: str) -> CodeSent | Refusal:
        if proposed != ID:
            return CodeOver()
        self.coming = True
        none = Money.zero("UGX")
        return CodeSent(OWN_PHONE, none, none, AT + timedelta(minutes=5))

    def drop(self) -> None:
        self.open, self.coming = None, False

    def confirm(self, code: str) -> PayoutNumber | Refusal:
        if not self.coming or self.open is None:
            return NoCodeWanted()
        if code != CODE_SENT:
            return BadCode(2)
        self.there = PayoutNumber(self.open.phone, self.open.rail, HELD)
        self.drop()
        return self.there

    def waiting(self) -> CodeSent | None:
        sent = self.agree(ID) if self.coming else None
        return sent if isinstance(sent, CodeSent) else None
