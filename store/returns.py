"""The two sides of a return: who bought, and who sells."""

from collections.abc import Mapping, Sequence

from sqlalchemy import select

from flows.ports.orders import Order, OrderStatus, Role
from flows.ports.refusals import Refusal, UnknownOrder
from flows.ports.returns import Reason, Return, Returnable
from store.actor import Actor
from store.audit.trail import audited
from store.models import OrderRow, PersonRow, ReturnRow, StaffRow
from store.orders import repairing, returns
from store.orders.views import find, locked, rows, whole
from store.orders.wishes_back import OPEN, returns_of, wish
from store.scope import Scope
from store.terms import terms_of

# More open wishes than these are not listed on a phone.
MOST_LISTED = 20


class ShopReturns:
    """Implements flows.ports.returns.ReturnsPort."""

    def __init__(self, scope: Scope, person: PersonRow) -> None:
        self._scope = scope
        self._person = person

    def possible(self, order: Order) -> bool:
        window = terms_of(self._scope.shop).after_sale.return_window
        if order.status is not OrderStatus.DELIVERED or order.delivered_at is None:
            return False
        return self._scope.now - order.delivered_at <= window and not order.repair

    def returnable(self, number: int) -> Returnable | Refusal:
        order = find(self._scope, number)
        if order is None or order.person_id != self._person.id:
            return UnknownOrder(number)
        return returns.returnable(self._scope, order)

    def ask(
        self, number: int, goods: Mapping[int, int], reason: Reason, words: str
    ) -> Return | Refusal:
        order = locked(self._scope, number=number)
        if order is None or order.person_id != self._person.id:
            return UnknownOrder(number)
        return returns.ask(self._scope, order, goods, reason, words)


class ReturnsDesk:
    """Implements flows.ports.returns.ReturnsDeskPort."""

    def __init__(self, scope: Scope, staff: StaffRow) -> None:
        self._scope = scope
        self._actor = Actor(Role.SELLER, staff.person_id)

    def waiting(self) -> Sequence[Return]:
        wanted = select(ReturnRow.order_id).where(
            ReturnRow.shop_id == self._scope.shop.id, ReturnRow.status.in_(OPEN)
        )
        query = whole(self._scope.shop.id).where(OrderRow.id.in_(wanted))
        found = rows(self._scope, query.order_by(OrderRow.number).limit(MOST_LISTED))
        return [self._open(order) for order in found]

    @audited()
    def accept(self, number: int) -> Return | Refusal:
        return returns.accept(self._scope, number)

    @audited(unsaid=("reason",))
    def refuse(self, number: int, reason: str) -> Return | Refusal:
        return returns.refuse(self._scope, number, reason)

    @audited()
    def booked(self, number: int, *, damaged: bool) -> Return | Refusal:
        return returns.book(self._scope, number, self._actor, damaged=damaged)

    @audited()
    def repair(self, number: int) -> Order | Refusal:
        return repairing.repair(self._scope, number, self._actor)

    def _open(self, order: OrderRow) -> Return:
        known = returns_of(self._scope, order.id)
        return wish(order, known, next(row for row in known if row.status in OPEN))
