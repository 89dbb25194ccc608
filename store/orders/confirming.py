"""An order is taken on: its stock leaves the shelf, and it is offered to riders."""

from flows.ports.delivery import Fulfilment
from flows.ports.orders import OrderStatus
from flows.ports.refusals import WrongStep
from store import stock
from store.actor import Actor
from store.dispatch.starting import start
from store.models import OrderRow
from store.orders.moving import move
from store.promises import promise_customer
from store.scope import Scope
from store.supply.asking import ask_suppliers


def confirm(scope: Scope, order: OrderRow, actor: Actor) -> WrongStep | None:
    """Take a locked order to confirmed; None when done. The offers to riders are told here, what the
    customer hears is the caller's."""
    refusal = move(scope, order, OrderStatus.CONFIRMED, actor)
    if refusal is None:
        promise_customer(scope, order)
        stock.take(scope, order, actor)
        ask_suppliers(scope, order)
        if order.fulfilment != Fulfilment.PICKUP:
            start(scope, order)
    return refusal
