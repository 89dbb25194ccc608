"""The customer asks for another try after a delivery failed."""

from flows.happenings import AgainWanted
from flows.money import Money
from flows.ports.orders import DeliveryStatus, PaymentStatus
from flows.ports.refusals import AgainCosts, Refusal, WrongStep
from store.actor import Actor
from store.models import OrderRow
from store.orders.moving import note, wrong_step
from store.orders.views import view
from store.scope import Scope
from store.terms import terms_of

CASH = "cash"


def ask_again(scope: Scope, order: OrderRow, agreed: Money | None, actor: Actor) -> Refusal | None:
    """Tell the seller, once for each failure. Where it costs more, to be paid at the door, only what the
    customer has `agreed` to is added. The order's row must be locked."""
    delivery = order.delivery
    if delivery is None:
        return wrong_step(order)
    if delivery.status != DeliveryStatus.FAILED:
        return WrongStep(order.number, delivery.status)
    if delivery.again_wanted:
        return None
    fee = _fee(scope, order)
    if fee and fee != agreed:
        return AgainCosts(order.number, fee)
    delivery.again_wanted = True
    if fee:
        more = str(order.delivery_fee + fee.minor)
        note(scope, order, "delivery_fee", str(order.delivery_fee), more, actor, "another try")
        order.delivery_fee += fee.minor
        order.total += fee.minor
    scope.tell(AgainWanted(view(order), fee))
    return None


def _fee(scope: Scope, order: OrderRow) -> Money:
    """What one more try costs: nothing where the money has come already, since none can be added to it."""
    unpaid = order.payment_status in (PaymentStatus.PENDING, PaymentStatus.FAILED)
    minor = terms_of(scope.shop).dispatch.again_fee if unpaid and order.rail == CASH else 0
    return Money(minor, order.currency)
