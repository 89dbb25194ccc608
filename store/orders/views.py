"""Order rows as the values that people and messages see, and how they are read and locked."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import ColumnElement, Select, select
from sqlalchemy.orm import joinedload, selectinload

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
from store.models import DeliveryRow, OrderRow, RiderRow
from store.scope import Scope


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


def locked(
    scope: Scope, *, number: int | None = None, order_id: UUID | None = None
) -> OrderRow | None:
    """One order of this shop, locked until the transaction ends; None when there is none.

    The delivery is read after the lock was had: read in the same statement it would be as old as the
    wait for the lock was long."""
    wanted = OrderRow.number == number if order_id is None else OrderRow.id == order_id
    return (
        scope.session.scalars(
            select(OrderRow)
            .where(OrderRow.shop_id == scope.shop.id, wanted)
            .options(
                # Lines never change, so they may come with the order itself.
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


def views(scope: Scope, query: Select[OrderRow]) -> Sequence[Order]:
    """The orders of a query built on `whole`."""
    return [view(row) for row in scope.session.scalars(query)]


def find(scope: Scope, *conditions: ColumnElement[bool]) -> Order | None:
    """The one order of this shop that meets the conditions."""
    row = scope.session.scalar(whole(scope.shop.id).where(*conditions))
    return view(row) if row else None


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
        payer=row.payer,
        rider=_rider(rider) if rider else None,
        delivery=DeliveryStatus(delivery.status) if delivery else None,
        eta=row.eta,
    )


def _rider(row: RiderRow) -> RiderRef:
    return RiderRef(id=str(row.id), name=row.name, phone=row.person.phone or "")
