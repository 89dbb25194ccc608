"""A shop's money and a rider's, as seller and rider flows see them. The code that is "sent" is CODE_SENT."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

from flows.money import Money
from flows.ports.purse import PurseBalance
from flows.ports.refusals import (
    BadCode,
    CodeOver,
    HandOverOver,
    NoCodeWanted,
    NotAllowed,
    NotEnough,
    Refusal,
)
from flows.ports.till import CashHeld, Day, Received, TillBalance
from flows.ports.wallet import CodeSent, Payout, PayoutStatus

CODE_SENT = "482190"
OWN_PHONE = "+256772111222"
AT = datetime(2026, 11, 2, 9, 0, tzinfo=UTC)


def ugx(minor: int) -> Money:
    return Money(minor, "UGX")


@dataclass
class FakeMoney:
    """`there` can leave; `asked` waits for its code; `left` has gone."""

    there: Money = field(default_factory=lambda: ugx(120_000))
    fee: Money = field(default_factory=lambda: ugx(0))
    asked: Money | None = None
    tries: int = 3
    left: list[Money] = field(default_factory=list)

    def ask(self, amount: Decimal | None) -> CodeSent | Refusal:
        wanted = self.there if amount is None else ugx(int(amount))
        if wanted > self.there or not wanted:
            return NotEnough(self.there, wanted)
        self.asked, self.tries = wanted, 3
        return self.sent(wanted)

    def sent(self, amount: Money) -> CodeSent:
        return CodeSent(OWN_PHONE, amount, self.fee, AT + timedelta(minutes=5))

    def waiting(self) -> CodeSent | None:
        return self.sent(self.asked) if self.asked else None

    def confirm(self, code: str) -> Payout | Refusal:
        if self.asked is None:
            return NoCodeWanted()
        if code != CODE_SENT:
            self.tries -= 1
            if self.tries:
                return BadCode(self.tries)
            self.asked = None
            return CodeOver()
        amount, self.asked = self.asked, None
        self.left.append(amount)
        self.there -= amount
        return Payout("p", amount, self.fee, OWN_PHONE, "mtn-momo", PayoutStatus.CREATED, AT)


@dataclass
class FakeTill:
    """The money of one shop. `owner`: whether the owner writes; `said`: what riders say they handed over."""

    money: FakeMoney = field(default_factory=FakeMoney)
    owner: bool = True
    there: TillBalance | None = None
    today: Day = field(default_factory=lambda: Day(date(2026, 11, 2), 0, ugx(0), ugx(0), 0))
    riders: dict[str, CashHeld] = field(default_factory=dict)
    said: dict[str, Money] = field(default_factory=dict)

    def balance(self) -> TillBalance:
        none = ugx(0)
        return self.there or TillBalance(self.money.there, none, none, none, none)

    def day(self) -> Day:
        return self.today

    def payout(self, amount: Decimal | None, rail: str | None = None) -> CodeSent | Refusal:
        return self.money.ask(amount) if self.owner else NotAllowed("owner")

    def confirm(self, code: str) -> Payout | Refusal:
        return self.money.confirm(code)

    def waiting(self) -> CodeSent | None:
        return self.money.waiting()

    def payouts(self, most: int = 5) -> Sequence[Payout]:
        return ()

    def cash(self) -> Sequence[CashHeld]:
        return [held for held in self.riders.values() if held.amount]

    def handed_over(self, rider: str, amount: Decimal | None) -> Received | Refusal:
        held = self.riders[rider]
        wanted = held.amount if amount is None else ugx(int(amount))
        if wanted > held.amount:
            return NotEnough(held.amount, wanted)
        left = CashHeld(held.rider, held.name, held.phone, held.amount - wanted)
        self.riders[rider] = left
        said = self.said.get(rider)
        return Received(held.name, wanted, left.amount, said if said != wanted else None)

    def answer_hand_over(self, claim: str, *, right: bool) -> Received | Refusal:
        said = self.said.pop(claim, None)
        if said is None:
            return HandOverOver()
        if right:
            return self.handed_over(claim, Decimal(said.minor))
        held = self.riders[claim]
        return Received(held.name, ugx(0), held.amount, said)


@dataclass
class FakePurse:
    """The money of one rider."""

    money: FakeMoney = field(default_factory=FakeMoney)
    holds: Money = field(default_factory=lambda: ugx(0))
    handed: list[Money] = field(default_factory=list)

    def balance(self) -> PurseBalance:
        return PurseBalance(self.money.there, ugx(0), self.holds)

    def hand_over(self, amount: Decimal | None) -> Money | Refusal:
        wanted = self.holds if amount is None else ugx(int(amount))
        if wanted > self.holds or not wanted:
            return NotEnough(self.holds, wanted)
        self.handed.append(wanted)
        return wanted

    def payout(self, amount: Decimal | None) -> CodeSent | Refusal:
        return self.money.ask(amount)

    def confirm(self, code: str) -> Payout | Refusal:
        return self.money.confirm(code)

    def waiting(self) -> CodeSent | None:
        return self.money.waiting()


def rider_with(rider: str, name: str, phone: str, minor: int) -> dict[str, CashHeld]:
    return {rider: CashHeld(rider, name, phone, ugx(minor))}
