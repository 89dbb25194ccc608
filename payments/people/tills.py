"""A seller's money at the platform, as the flows ask for it."""

from collections.abc import Sequence
from decimal import Decimal
from uuid import UUID

from flows.money import Money, MoneyError
from flows.ports.refusals import (
    BadAmount,
    HandOverOver,
    NotAllowed,
    NotEnough,
    PayoutsHeld,
    Refusal,
)
from flows.ports.till import CashHeld, Day, Received, TillBalance
from flows.ports.wallet import CodeSent, Payout
from payments.people.own_money import OwnMoney, Payee
from payments.rail import Rails
from store import hand_overs
from store.audit.trail import audited
from store.challenges import Challenges
from store.days import local_date, shop_day
from store.models import PersonRow, RiderRow, StaffRow
from store.payout_numbers import held_until, in_force
from store.payouts import newest
from store.scope import Scope
from store.till import AVAILABLE, cash_held, till_balance

PAYOUT = "till-payout"
OWNER = "owner"
# Minor units that the databases' integers hold, and then some.
MOST = 10**15


class ShopTill:
    """Implements flows.ports.till.TillPort for one member of the staff. `key` is the secret that codes are
    digested with."""

    def __init__(
        self, scope: Scope, person: PersonRow, staff: StaffRow, rails: Rails, key: bytes
    ) -> None:
        self._scope = scope
        self._staff = staff
        self._challenges = Challenges(scope, person, key, frozenset({PAYOUT}))
        self._person = person
        self._rails = rails

    def balance(self) -> TillBalance:
        return till_balance(self._scope)

    def day(self) -> Day:
        return shop_day(self._scope, local_date(self._scope))

    @audited()
    def payout(self, amount: Decimal | None, rail: str | None = None) -> CodeSent | Refusal:
        """To the shop's number, or to the phone of the owner who asks: nobody else may."""
        refusal = self._held()
        if refusal is not None:
            return refusal
        if amount is None:
            return self._own().ask(None, rail)
        wanted = self._money(amount)
        return wanted if isinstance(wanted, Refusal) else self._own().ask(wanted, rail)

    @audited(unsaid=("code",))
    def confirm(self, code: str) -> Payout | Refusal:
        if self._staff.role != OWNER:
            return NotAllowed(OWNER)
        done = self._challenges.redeem(code)
        if isinstance(done, Refusal):
            return done
        return self._held() or self._own().begin(done)

    def waiting(self) -> CodeSent | None:
        return self._challenges.waiting()

    def payouts(self, most: int = 5) -> Sequence[Payout]:
        return newest(self._scope, AVAILABLE, most)

    def cash(self) -> Sequence[CashHeld]:
        return cash_held(self._scope)

    @audited(answered=True)
    def handed_over(self, rider: str, amount: Decimal | None) -> Received | Refusal:
        held = next((each for each in self.cash() if each.rider == rider), None)
        zero = Money.zero(self._scope.shop.currency)
        wanted = self._money(amount) if amount is not None else held.amount if held else zero
        if isinstance(wanted, Refusal):
            return wanted
        if held is None or wanted > held.amount:
            return NotEnough(held.amount if held else zero, wanted)
        return hand_overs.count(
            self._scope, self._scope.session.get_one(RiderRow, UUID(rider)), wanted
        )

    @audited(answered=True)
    def answer_hand_over(self, claim: str, *, right: bool) -> Received | Refusal:
        try:
            return hand_overs.answer(self._scope, UUID(claim), right=right)
        except ValueError:
            return HandOverOver()

    def _held(self) -> Refusal | None:
        """Why no money leaves at this person's word now."""
        if self._staff.role != OWNER:
            return NotAllowed(OWNER)
        until = held_until(self._scope)
        return PayoutsHeld(until) if until is not None else None

    def _own(self) -> OwnMoney:
        number = in_force(self._scope)
        return OwnMoney(
            self._scope,
            self._person,
            self._rails,
            self._challenges,
            AVAILABLE,
            PAYOUT,
            "seller",
            self._staff.name or self._scope.shop.owner,
            Payee(number.phone, number.rail) if number is not None else None,
        )

    def _money(self, amount: Decimal) -> Money | BadAmount:
        """What was said, as an amount of the shop's currency."""
        try:
            money = Money.of(amount, self._scope.shop.currency)
        except MoneyError:
            return BadAmount(str(amount))
        return money if 0 < money.minor <= MOST else BadAmount(str(amount))
