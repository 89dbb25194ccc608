"""A seller's money at the platform, as the flows ask for it."""

from collections.abc import Sequence
from decimal import Decimal
from uuid import UUID

from flows.happenings import CashReceived
from flows.money import Money, MoneyError
from flows.ports.refusals import BadAmount, NotAllowed, NotEnough, Refusal
from flows.ports.till import CashHeld, Day, TillBalance
from flows.ports.wallet import CodeSent, Payout
from payments.people.own_money import OwnMoney
from payments.rail import Rails
from store.challenges import Challenges
from store.days import local_date, shop_day
from store.ids import new_id
from store.ledger import OverdrawnError
from store.models import PersonRow, StaffRow
from store.payouts import newest
from store.postings import handed_over
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
        name = staff.name or scope.shop.owner
        self._own = OwnMoney(
            scope, person, rails, self._challenges, AVAILABLE, PAYOUT, "seller", name
        )

    def balance(self) -> TillBalance:
        return till_balance(self._scope)

    def day(self) -> Day:
        return shop_day(self._scope, local_date(self._scope))

    def payout(self, amount: Decimal | None, rail: str | None = None) -> CodeSent | Refusal:
        """To the phone of the owner who asks: nobody else may."""
        if self._staff.role != OWNER:
            return NotAllowed(OWNER)
        if amount is None:
            return self._own.ask(None, rail)
        wanted = self._money(amount)
        return wanted if isinstance(wanted, Refusal) else self._own.ask(wanted, rail)

    def confirm(self, code: str) -> Payout | Refusal:
        if self._staff.role != OWNER:
            return NotAllowed(OWNER)
        done = self._challenges.redeem(code)
        return done if isinstance(done, Refusal) else self._own.begin(done)

    def waiting(self) -> CodeSent | None:
        return self._challenges.waiting()

    def payouts(self, most: int = 5) -> Sequence[Payout]:
        return newest(self._scope, AVAILABLE, most)

    def cash(self) -> Sequence[CashHeld]:
        return cash_held(self._scope)

    def handed_over(self, rider: str, amount: Decimal | None) -> CashHeld | Refusal:
        held = next((each for each in self.cash() if each.rider == rider), None)
        zero = Money.zero(self._scope.shop.currency)
        wanted = self._money(amount) if amount is not None else held.amount if held else zero
        if isinstance(wanted, Refusal):
            return wanted
        if held is None or wanted > held.amount:
            return NotEnough(held.amount if held else zero, wanted)
        key = f"hand-over:{new_id()}"
        try:
            handed_over(self._scope, UUID(rider), wanted, key)
        except OverdrawnError as error:
            return NotEnough(error.there, wanted)
        left = held.amount - wanted
        self._scope.tell(CashReceived(rider, wanted, left))
        return CashHeld(held.rider, held.name, held.phone, left)

    def _money(self, amount: Decimal) -> Money | BadAmount:
        """What was said, as an amount of the shop's currency."""
        try:
            money = Money.of(amount, self._scope.shop.currency)
        except MoneyError:
            return BadAmount(str(amount))
        return money if 0 < money.minor <= MOST else BadAmount(str(amount))
