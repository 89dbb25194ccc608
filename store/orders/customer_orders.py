"""A customer's own orders. Nobody else's exist here."""

from collections.abc import Sequence

from flows.happenings import OrderPlaced
from flows.money import Money
from flows.ports.delivery import Area, Fulfilment
from flows.ports.orders import Checkout, Order, OrderStatus, PaymentStatus, Role
from flows.ports.quote import Quote
from flows.ports.refusals import (
    AlreadyPaid,
    PromptOpen,
    RailUnavailable,
    Refusal,
    UnknownOrder,
)
from store import stock
from store.actor import Actor
from store.cart import ShopCart
from store.delivery import ShopDelivery
from store.dispatch.another_try import ask_again
from store.dispatch.unanswered import fetch_it
from store.models import CustomerRow, OrderRow, PersonRow
from store.orders.cancelling import cancel_for_customer
from store.orders.moving import move_payment, note, wrong_step
from store.orders.placing import CASH, Buyer, place
from store.orders.readdressing import Agreed, change_address
from store.orders.reminders import first_reminder
from store.orders.settlement import open_attempt
from store.orders.views import find, locked, rows, view, whole
from store.quoting.quoting import Quoting
from store.scope import Scope
from store.terms import terms_of


class CustomerOrders:
    """Implements flows.ports.orders.OrdersPort. `quoting` is how its quotes are made."""

    def __init__(
        self,
        scope: Scope,
        person: PersonRow,
        customer: CustomerRow,
        medium: str,
        cart: ShopCart,
        delivery: ShopDelivery,
    ) -> None:
        self._scope = scope
        self._delivery = delivery
        self._actor = Actor(Role.CUSTOMER, person.id)
        self.quoting = Quoting(scope, person, customer, cart, delivery)
        self._buyer = Buyer(person, customer, medium, self._actor)
        # Read once in a turn. What the turn changes of them, it changes in these rows.
        self._seen: dict[int, OrderRow] = {}

    def mine(self, limit: int = 5) -> Sequence[Order]:
        query = whole(self._scope.shop.id).where(OrderRow.person_id == self._buyer.person.id)
        found = rows(self._scope, query.order_by(OrderRow.number.desc()).limit(limit))
        self._seen.update({row.number: row for row in found})
        return [view(row) for row in found]

    def find(self, number: int) -> Order | None:
        row = self._seen.get(number) or find(self._scope, number)
        if row is None or row.person_id != self._buyer.person.id:
            return None
        self._seen[number] = row
        return view(row)

    def place(self, checkout: Checkout, *, expected: Money) -> Order | Refusal:
        return place(self._scope, self._buyer, self.quoting, checkout, expected)

    def quote(self, kind: Fulfilment | None = None, area: Area | None = None) -> Quote:
        return self.quoting.reckon(kind, area).quote

    def cancel(self, number: int, reason: str) -> Order | Refusal:
        order = self._locked(number)
        if order is None:
            return UnknownOrder(number)
        return cancel_for_customer(self._scope, order, self._actor, reason)

    def change_address(
        self,
        number: int,
        area: Area,
        landmark: str | None,
        agreed: Money | None = None,
        *,
        at_door: bool = False,
    ) -> Order | Refusal:
        order = self._locked(number)
        if order is None:
            return UnknownOrder(number)
        said = Agreed(agreed, at_door=at_door) if agreed is not None else None
        return change_address(self._scope, order, self._delivery, area, landmark, said, self._actor)

    def try_again(self, number: int, agreed: Money | None = None) -> Order | Refusal:
        order = self._locked(number)
        if order is None:
            return UnknownOrder(number)
        refusal = ask_again(self._scope, order, agreed, self._actor)
        return view(order) if refusal is None else refusal

    def fetch(self, number: int) -> Order | Refusal:
        order = self._locked(number)
        if order is None:
            return UnknownOrder(number)
        refusal = fetch_it(self._scope, order, self._actor)
        return view(order) if refusal is None else refusal

    def choose_cash(self, number: int) -> Order | Refusal:
        order = self._locked(number)
        if order is None:
            return UnknownOrder(number)
        if order.payment_status not in (PaymentStatus.PENDING, PaymentStatus.FAILED):
            return AlreadyPaid(number)
        if order.status != OrderStatus.PENDING:
            return wrong_step(order)
        if CASH not in terms_of(self._scope.shop).rails:
            return RailUnavailable(CASH)
        attempt = open_attempt(self._scope, order.id)
        if attempt is not None:
            return PromptOpen(attempt.payer, attempt.expires_at)
        if order.rail != CASH:
            self._become_cash(order)
        return view(order)

    def _become_cash(self, order: OrderRow) -> None:
        stock.extend_holds(self._scope, order.id, None)
        note(self._scope, order, "rail", order.rail, CASH, self._actor)
        order.rail, order.payer, order.held_until = CASH, None, None
        move_payment(self._scope, order, PaymentStatus.PENDING, self._actor)
        order.remind_at = first_reminder(self._scope.shop, self._scope.rules, self._scope.now)
        self._scope.tell(OrderPlaced(view(order), awaits_payment=False))

    def _locked(self, number: int) -> OrderRow | None:
        order = locked(self._scope, number=number)
        if order is None or order.person_id != self._buyer.person.id:
            return None
        return order
