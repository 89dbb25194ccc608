"""A seller finds that something of an order is not there: the rest goes, and what it cost comes off."""

from flows.happenings import GoodsLacking
from flows.money import Money
from flows.ports.lacking import Lack
from flows.ports.orders import OrderStatus, PaymentStatus
from flows.ports.refusals import (
    MoneyAsked,
    NothingStays,
    NotInOrder,
    OrderLessened,
    Refusal,
    UnknownOrder,
)
from store.actor import Actor
from store.models import OrderLineRow, OrderRow
from store.orders.cancelling import may_cancel_alone
from store.orders.lessening import Lessened, lessened, points_paid
from store.orders.moving import note, wrong_step
from store.orders.refunds import give_back, lacking_cause
from store.orders.settlement import taking_attempt
from store.orders.views import set_lines, view
from store.postings import paid_for
from store.quoting import claiming
from store.scope import Scope
from store.stock_lacking import not_there
from store.supply.asking import tell_supplier_less

BEFORE_PICK_UP = (OrderStatus.PENDING, OrderStatus.CONFIRMED, OrderStatus.PROCESSING)


def without(
    scope: Scope, order: OrderRow | None, number: int, sku: str, quantity: int | None
) -> Lack | Refusal:
    """What would become of the order; nothing is changed."""
    found = _found(scope, order, number, sku, quantity)
    if isinstance(found, Refusal):
        return found
    order, line, gone, less = found
    return _lack(scope, order, line, gone, less)


def take_out(
    scope: Scope,
    order: OrderRow | None,
    number: int,
    sku: str,
    quantity: int,
    step: int,
    actor: Actor,
) -> Lack | Refusal:
    """Of a locked order. Tells GoodsLacking."""
    if order is not None and len(order.lacking) != step:
        return OrderLessened(number, Money(order.total, order.currency))
    found = _found(scope, order, number, sku, quantity)
    if isinstance(found, Refusal):
        return found
    order, line, gone, less = found
    lack = _lack(scope, order, line, gone, less)
    not_there(scope, order, line, less.line.quantity, actor)
    before = order.savings
    _write(scope, order, line, gone, less, actor)
    claiming.lessen(scope, order, before)
    tell_supplier_less(scope, order, line.supplier)
    if lack.refund is not None:
        give_back(scope, order, lack.refund, lacking_cause(step))
    done = _told(lack, order)
    scope.tell(GoodsLacking(done, may_cancel_alone(scope, order)))
    return done


def _found(
    scope: Scope, order: OrderRow | None, number: int, sku: str, quantity: int | None
) -> tuple[OrderRow, OrderLineRow, int, Lessened] | Refusal:
    """The order and the line, how many pieces go, and what is left."""
    if order is None:
        return UnknownOrder(number)
    if order.status not in BEFORE_PICK_UP:
        return wrong_step(order)
    line = next((line for line in order.lines if line.sku == sku), None)
    if line is None or (quantity is not None and quantity < 1):
        return NotInOrder(number)
    gone = line.quantity if quantity is None else min(quantity, line.quantity)
    less = lessened(order, line, gone)
    alone = len(order.lines) == 1 and gone == line.quantity
    if alone or order.repair_of is not None or less.total < min(order.total, 1):
        return NothingStays(number)
    if not _paid(order) and taking_attempt(scope, order.id) is not None:
        return MoneyAsked(number)
    return order, line, gone, less


def _lack(scope: Scope, order: OrderRow, line: OrderLineRow, gone: int, less: Lessened) -> Lack:
    """Of an order that is not changed yet. Where the shop took less for it than it cost, no more goes back
    than was paid beyond what is left."""
    total = Money(less.total, order.currency)
    refund = paid_for(scope, order) - total if _paid(order) else None
    return Lack(
        order=view(order),
        sku=line.sku,
        name=line.name,
        quantity=gone,
        less=Money(order.total, order.currency) - total,
        total=total,
        refund=max(refund, Money.zero(order.currency)) if refund is not None else None,
        step=len(order.lacking),
    )


def _paid(order: OrderRow) -> bool:
    return PaymentStatus(order.payment_status).came


def _write(
    scope: Scope,
    order: OrderRow,
    line: OrderLineRow,
    gone: int,
    less: Lessened,
    actor: Actor,
) -> None:
    """The lines, the sums, and how they came about."""
    stays = less.line
    before, after = f"{line.quantity} x {line.name}", f"{stays.quantity} x {line.name}"
    note(scope, order, "goods", before, after, actor, "not there")
    note(scope, order, "total", str(order.total), str(less.total), actor, "not there")
    taken = {
        "sku": line.sku,
        "name": line.name,
        "quantity": gone,
        "goods": order.subtotal - less.subtotal,
        "amount": order.total - less.total,
        "points": points_paid(order.savings) - points_paid(less.savings),
    }
    order.lacking = [*order.lacking, taken]
    order.subtotal, order.discount, order.tax = less.subtotal, less.discount, less.tax
    order.total, order.savings = less.total, less.savings
    if stays.quantity:
        line.quantity, line.total = stays.quantity, stays.total
        line.discount, line.commission = stays.discount, stays.commission
        scope.session.flush()
        return
    scope.session.delete(line)
    scope.session.flush()
    set_lines(order, [each for each in order.lines if each is not line])


def _told(lack: Lack, order: OrderRow) -> Lack:
    """The same, with the order as it is by now."""
    return Lack(
        view(order),
        lack.sku,
        lack.name,
        lack.quantity,
        lack.less,
        lack.total,
        lack.refund,
        lack.step,
    )
