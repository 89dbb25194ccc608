"""Order rows as the values that people and messages see, and how they are read and locked."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import Select, select
from sqlalchemy.orm import joinedload, selectinload
from sqlalchemy.orm.attributes import set_committed_value

from flows.money import Money
from flows.ports.delivery import Fulfilment
from flows.ports.orders import (
    DeliveryStatus,
    Order,
    OrderLine,
    OrderStatus,
    PaymentStatus,
    RiderRef,
)
from flows.ports.quote import Saving, SavingKind
from flows.ports.slots import Slot
from store.models import DeliveryRow, OrderLineRow, OrderRow, RiderRow
from store.scope import Scope
from store.spots import point_of

# What the turn has changed of an order is in the session's own row, which a look does not replace; and
# new rows are written when they are made.
UNFLUSHED = {"autoflush": False}

# Orders that the transaction of a session has made.
_NEW = "sokoni.new_orders"


def whole(shop_id: UUID) -> Select[OrderRow]:
    """Orders of one shop with everything a view needs: three statements, however many orders."""
    return (
        select(OrderRow)
        .where(OrderRow.shop_id == shop_id)
        .options(
            selectinload(OrderRow.lines),
            selectinload(OrderRow.delivery)
            .joinedload(DeliveryRow.rider)
            .joinedload(RiderRow.person),
        )
    )


def note_new(scope: Scope, order: OrderRow) -> None:
    """This transaction made the order. Until it commits nobody else can see or change it, so it need
    not be read or locked again."""
    scope.session.info.setdefault(_NEW, []).append(order)


def is_new(scope: Scope, order: OrderRow) -> bool:
    """Made by this transaction, and nothing came of it yet."""
    return order.status == OrderStatus.PENDING and order in scope.session.info.get(_NEW, ())


def _new(scope: Scope, number: int | None, order_id: UUID | None = None) -> OrderRow | None:
    mine = (o for o in scope.session.info.get(_NEW, ()) if o.shop_id == scope.shop.id)
    found = next((o for o in mine if o.number == number or o.id == order_id), None)
    return found if found is not None and is_new(scope, found) else None


def locked(
    scope: Scope, *, number: int | None = None, order_id: UUID | None = None
) -> OrderRow | None:
    """One order of this shop, locked until the transaction ends; None when there is none.

    The delivery is read after the lock was had: read in the same statement it would be as old as the
    wait for the lock was long."""
    new = _new(scope, number, order_id)
    if new is not None:
        return new
    wanted = OrderRow.number == number if order_id is None else OrderRow.id == order_id
    order = (
        scope.session.scalars(
            select(OrderRow)
            .where(OrderRow.shop_id == scope.shop.id, wanted)
            .options(
                # They change with `lacking` alone, so they may come with the order itself.
                joinedload(OrderRow.lines),
                selectinload(OrderRow.delivery)
                .joinedload(DeliveryRow.rider)
                .joinedload(RiderRow.person),
            )
            .with_for_update(of=OrderRow)
            .execution_options(populate_existing=True)
        )
        .unique()
        .one_or_none()
    )
    if order is not None and order.lacking:
        _read_lines(scope, order)
    return order


def _read_lines(scope: Scope, order: OrderRow) -> None:
    """As they are by now: those that came with the order may be as old as the wait for its lock was long."""
    lines = scope.session.scalars(
        select(OrderLineRow)
        .where(OrderLineRow.order_id == order.id)
        .order_by(OrderLineRow.position)
        .execution_options(populate_existing=True)
    )
    set_lines(order, lines.all())


def set_lines(order: OrderRow, lines: Sequence[OrderLineRow]) -> None:
    """These are what the order has, as they stand in the books."""
    set_committed_value(order, "lines", list(lines))


def views(scope: Scope, query: Select[OrderRow]) -> Sequence[Order]:
    """The orders of a query built on `whole`."""
    return [view(row) for row in rows(scope, query)]


def rows(scope: Scope, query: Select[OrderRow]) -> Sequence[OrderRow]:
    return scope.session.scalars(query, execution_options=UNFLUSHED).all()


def find(scope: Scope, number: int) -> OrderRow | None:
    """The order of this shop with this number."""
    new = _new(scope, number)
    if new is not None:
        return new
    query = whole(scope.shop.id).where(OrderRow.number == number)
    return scope.session.scalar(query, execution_options=UNFLUSHED)


def view(row: OrderRow) -> Order:
    """One order as it stands."""
    currency = row.currency
    delivery = row.delivery
    rider = delivery.rider if delivery else None
    return Order(
        id=str(row.id),
        number=row.number,
        status=OrderStatus(row.status),
        payment_status=PaymentStatus(row.payment_status),
        lines=tuple(
            OrderLine(
                sku=line.sku,
                name=line.name,
                quantity=line.quantity,
                unit_price=Money(line.unit_price, currency),
                total=Money(line.total, currency),
            )
            for line in row.lines
        ),
        subtotal=Money(row.subtotal, currency),
        delivery_fee=Money(row.delivery_fee, currency),
        discount=Money(row.discount, currency),
        total=Money(row.total, currency),
        fulfilment=Fulfilment(row.fulfilment),
        rail=row.rail,
        channel=row.channel,
        person=str(row.person_id),
        customer_phone=row.phone,
        customer_name=row.name,
        created_at=row.created_at,
        code=row.code,
        area=row.area,
        landmark=row.landmark,
        zone=row.zone,
        at=point_of(row),
        payer=row.payer,
        rider=_rider(rider) if rider else None,
        delivery=DeliveryStatus(delivery.status) if delivery else None,
        delivery_since=delivery.updated_at if delivery else None,
        eta=row.eta,
        held_until=row.held_until,
        savings=savings_of(row),
        tax=Money(row.tax, currency) if row.tax else None,
        delivered_at=row.delivered_at,
        slot=_slot(row.slot_from, row.slot_until),
        repair=row.repair_of is not None,
        nobody_brings=nobody_brings(row),
        due_at_door=Money(row.due_at_door, currency) if row.due_at_door else None,
    )


def nobody_brings(row: OrderRow) -> bool:
    """Its customer was told that nobody takes it, and may fetch it or call it off."""
    return row.delivery is not None and row.delivery.customer_chooses


def _slot(starts: datetime | None, ends: datetime | None) -> Slot | None:
    return Slot(starts, ends) if starts is not None and ends is not None else None


def savings_of(row: OrderRow) -> tuple[Saving, ...]:
    """What made it cheaper, as it was when it was placed."""
    return tuple(
        Saving(SavingKind(s["kind"]), s["name"], Money(s["amount"], row.currency))
        for s in row.savings
    )


def _rider(row: RiderRow) -> RiderRef:
    return RiderRef(id=str(row.id), name=row.name, phone=row.person.phone or "")
