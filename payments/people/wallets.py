"""A customer's own wallet at a shop, as the flows ask for it."""

from collections.abc import Sequence

from flows.money import Money
from flows.ports.payments import Attempt
from flows.ports.refusals import (
    BadAmount,
    CodeOver,
    NotEnough,
    NothingPaid,
    RailUnavailable,
    Refusal,
    UnknownOrder,
)
from flows.ports.wallet import CodeSent, OrderPaidByWallet, Payout, WalletDone, WalletMove
from payments.people.own_money import OwnMoney
from payments.rail import Rails
from payments.schedule import Schedule
from payments.sending.refunds import late_money
from payments.taking.payable import taken_up, unpayable
from payments.taking.topups import WALLET, TopUps
from store.challenges import Challenge, Challenges
from store.ledger import OverdrawnError, balance
from store.models import OrderRow, PersonRow
from store.orders.settlement import receive_from_wallet
from store.orders.views import locked
from store.payouts import newest
from store.scope import Scope
from store.terms import terms_of
from store.wallets import moves, wallet_of

PAY, WITHDRAW = "wallet-pay", "wallet-withdrawal"


class CustomerWallet:
    """Implements flows.ports.wallet.WalletPort. `key` is the secret that codes are digested with."""

    def __init__(
        self,
        scope: Scope,
        person: PersonRow,
        medium: str,
        rails: Rails,
        schedule: Schedule,
        key: bytes,
    ) -> None:
        self._scope = scope
        self._person = person
        self._account = wallet_of(person.id)
        self._top_ups = TopUps(scope, person, medium, rails, schedule)
        self._challenges = Challenges(scope, person, key, frozenset({PAY, WITHDRAW}))
        # Its owner chose the name we know, which need not be the one on the identity card: so any does.
        self._own = OwnMoney(
            scope, person, rails, self._challenges, self._account, WITHDRAW, "customer"
        )

    def open(self) -> bool:
        return WALLET in terms_of(self._scope.shop).rails

    def balance(self) -> Money:
        return balance(self._scope, self._account, self._scope.shop.currency)

    def moves(self, most: int = 5) -> Sequence[WalletMove]:
        return moves(self._scope, self._account, most)

    def top_up(self, amount: Money, rail: str, payer: str) -> Attempt | Refusal:
        return self._top_ups.open(amount, rail, payer)

    def latest_top_up(self) -> Attempt | None:
        return self._top_ups.latest()

    def pay(self, number: int) -> CodeSent | Refusal:
        if not self.open():
            return RailUnavailable(WALLET)
        order = locked(self._scope, number=number)
        refusal = self._payable(order, number)
        if order is None or refusal is not None:
            return refusal or UnknownOrder(number)
        total, there = Money(order.total, order.currency), self.balance()
        if total > there:
            return NotEnough(there, total)
        free = Money.zero(order.currency)
        return self._challenges.send(PAY, {"order": number}, total, free, "customer")

    def withdraw(self, amount: Money, rail: str | None = None) -> CodeSent | Refusal:
        if amount.minor <= 0 or amount.currency != self._scope.shop.currency:
            return BadAmount(str(amount.major))
        return self._own.ask(amount, rail)

    def confirm(self, code: str) -> WalletDone | Refusal:
        done = self._challenges.redeem(code)
        if isinstance(done, Refusal):
            return done
        return self._pay(done) if done.purpose == PAY else self._own.begin(done)

    def late(self, number: int, *, keep: bool) -> Money | Refusal:
        if keep and not self.open():
            return RailUnavailable(WALLET)
        moved = late_money(self._scope, self._person.id, number, keep=keep)
        return moved if moved is not None else NothingPaid()

    def waiting(self) -> CodeSent | None:
        return self._challenges.waiting()

    def withdrawal(self) -> Payout | None:
        return next(iter(newest(self._scope, self._account, 1)), None)

    def _pay(self, challenge: Challenge) -> OrderPaidByWallet | Refusal:
        """An order whose total has changed since the code was sent is asked about anew."""
        number = int(str(challenge.payload["order"]))
        order = locked(self._scope, number=number)
        refusal = self._payable(order, number)
        if order is None or refusal is not None:
            return refusal or UnknownOrder(number)
        if Money(order.total, order.currency) != challenge.amount:
            return CodeOver()
        try:
            receive_from_wallet(self._scope, order, self._person.id)
        except OverdrawnError as error:
            return NotEnough(error.there, challenge.amount)
        return OrderPaidByWallet(number, challenge.amount, self.balance())

    def _payable(self, order: OrderRow | None, number: int) -> Refusal | None:
        """While another way may still take the money, the wallet does not."""
        if order is None or order.person_id != self._person.id:
            return UnknownOrder(number)
        return unpayable(order) or taken_up(self._scope, order)
