"""Others in place of goods that were wrong: a new order for nothing, which goes the usual road."""

from flows.happenings import RepairComing
from flows.ports.orders import Order, OrderStatus, PaymentStatus
from flows.ports.refusals import Refusal
from store.actor import Actor
from store.models import OrderLineRow, OrderRow, ReturnRow
from store.orders.booking import IN_PLACE, book, new_code
from store.orders.confirming import confirm
from store.orders.moving import note
from store.orders.placing import CASH
from store.orders.views import view
from store.orders.wishes_back import REPAIRED, open_wish, pieces
from store.scope import Scope


def repair(scope: Scope, number: int, actor: Actor) -> Order | Refusal:
    """Send others for what the customer of order `number` would give back. Refuses with what there are too
    few of, and has then changed nothing. Tells RepairComing."""
    found = open_wish(scope, number)
    if isinstance(found, Refusal):
        return found
    order, _, row = found
    repaired = _row(scope, order, row)
    refusal = book(scope, repaired, None, actor)
    if refusal is not None:
        return refusal
    note(scope, repaired, "repair_of", None, str(order.number), actor)
    row.status, row.repair_id = REPAIRED, repaired.id
    row.answered_at = row.ended_at = scope.now
    confirm(scope, repaired, actor)
    sent = view(repaired)
    scope.tell(RepairComing(view(order), sent))
    return sent


def _row(scope: Scope, order: OrderRow, row: ReturnRow) -> OrderRow:
    """To where the first one went, with nothing to pay: neither goods nor the way. Suppliers hear of it like
    of any order, and without a base price get nothing for it."""
    goods = pieces(row)
    return OrderRow(
        **{column: getattr(order, column) for column in IN_PLACE},
        status=OrderStatus.PENDING.value,
        payment_status=PaymentStatus.PENDING.value,
        subtotal=0,
        delivery_fee=0,
        discount=0,
        tax=0,
        total=0,
        savings=[],
        rail=CASH,
        payer=None,
        code=new_code(scope),
        code_tries=0,
        reminders=0,
        repair_of=order.id,
        created_at=scope.now,
        updated_at=scope.now,
        delivery=None,
        lines=[
            OrderLineRow(
                position=position,
                sku=line.sku,
                name=line.name,
                quantity=goods[line.position],
                unit_price=0,
                total=0,
                discount=0,
                commission=0,
                supplier=line.supplier,
            )
            for position, line in enumerate((x for x in order.lines if goods[x.position]), 1)
        ],
    )
