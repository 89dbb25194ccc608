"""What was sold today."""

from datetime import UTC, datetime, time
from zoneinfo import ZoneInfo

from sqlalchemy import case, func, select

from flows.money import Money
from flows.ports.orders import OrderStatus, PaymentStatus
from flows.ports.trade import SalesToday
from store.models import OrderRow, ShopRow
from store.scope import Scope

ENDED = (OrderStatus.DELIVERED, OrderStatus.CANCELLED, OrderStatus.RETURNED)


def local_midnight(shop: ShopRow, now: datetime) -> datetime:
    """When the shop's day began, in UTC."""
    zone = ZoneInfo(shop.timezone)
    return datetime.combine(now.astimezone(zone).date(), time(), tzinfo=zone).astimezone(UTC)


def sales_today(scope: Scope) -> SalesToday:
    """From local midnight, in one statement."""
    door = case((OrderRow.status == OrderStatus.DELIVERED, OrderRow.due_at_door), else_=0)
    paid = case((OrderRow.payment_status == PaymentStatus.PAID, OrderRow.total + door), else_=0)
    still_open = case((OrderRow.status.in_(ENDED), 0), else_=1)
    orders, total, received, open_orders = scope.session.execute(
        select(
            func.count(),
            func.coalesce(func.sum(OrderRow.total + OrderRow.due_at_door), 0),
            func.coalesce(func.sum(paid), 0),
            func.coalesce(func.sum(still_open), 0),
        ).where(
            OrderRow.shop_id == scope.shop.id,
            OrderRow.created_at >= local_midnight(scope.shop, scope.now),
            OrderRow.status != OrderStatus.CANCELLED,
        )
    ).one()
    currency = scope.shop.currency
    return SalesToday(
        orders, Money(int(total), currency), Money(int(received), currency), int(open_orders)
    )
