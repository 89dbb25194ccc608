"""A rider's earnings at a shop, as the flows ask for them."""

from decimal import Decimal

from flows.money import Money, MoneyError
from flows.ports.purse import PurseBalance
from flows.ports.refusals import BadAmount, Refusal
from flows.ports.wallet import CodeSent, Payout
from payments.people.own_money import OwnMoney
from payments.people.tills import MOST
from payments.rail import Rails
from store import hand_overs
from store.challenges import Challenges
from store.ledger import balance
from store.models import PersonRow, RiderRow
from store.payouts import under_way
from store.scope import Scope
from store.till import cash_of, earnings_of

PAYOUT = "purse-payout"


class RiderPurse:
    """Implements flows.ports.purse.PursePort. `key` is the secret that codes are digested with."""

    def __init__(
        self, scope: Scope, person: PersonRow, rider: RiderRow, rails: Rails, key: bytes
    ) -> None:
        self._scope = scope
        self._rider = rider
        self._account = earnings_of(rider.id)
        self._challenges = Challenges(scope, person, key, frozenset({PAYOUT}))
        self._own = OwnMoney(
            scope, person, rails, self._challenges, self._account, PAYOUT, "rider", rider.name
        )

    def balance(self) -> PurseBalance:
        currency = self._scope.shop.currency
        return PurseBalance(
            earned=balance(self._scope, self._account, currency),
            under_way=under_way(self._scope, self._account, currency),
            holds=balance(self._scope, cash_of(self._rider.id), currency),
        )

    def hand_over(self, amount: Decimal | None) -> Money | Refusal:
        wanted = self.balance().holds if amount is None else self._money(amount)
        if isinstance(wanted, Refusal):
            return wanted
        return hand_overs.say(self._scope, self._rider, wanted) or wanted

    def payout(self, amount: Decimal | None) -> CodeSent | Refusal:
        if amount is None:
            return self._own.ask(None)
        wanted = self._money(amount)
        return wanted if isinstance(wanted, Refusal) else self._own.ask(wanted)

    def _money(self, amount: Decimal) -> Money | BadAmount:
        """What was said, as an amount of the shop's currency."""
        try:
            money = Money.of(amount, self._scope.shop.currency)
        except MoneyError:
            return BadAmount(str(amount))
        return money if 0 < money.minor <= MOST else BadAmount(str(amount))

    def confirm(self, code: str) -> Payout | Refusal:
        done = self._challenges.redeem(code)
        return done if isinstance(done, Refusal) else self._own.begin(done)

    def waiting(self) -> CodeSent | None:
        return self._challenges.waiting()
