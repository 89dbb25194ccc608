"""The seller who does not answer a new order is reminded, and then the customer may cancel."""

from datetime import datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from flows.happenings import SellerSilent
from flows.ports.orders import OrderStatus
from store.hours import open_for, read_week
from store.models import ShopRow
from store.orders.views import locked, view
from store.rules import Rules
from store.scope import Scope


def first_reminder(shop: ShopRow, rules: Rules, now: datetime) -> datetime | None:
    """When the seller is first reminded."""
    return next_reminder(shop, rules, now, 0)


def next_reminder(shop: ShopRow, rules: Rules, since: datetime, done: int) -> datetime | None:
    """When a shop's people are reminded again, who were `done` times, the last time at `since`; None: not
    any more. Time passes only while the shop is open."""
    steps = (timedelta(0), *rules.seller_reminders)
    if done + 1 >= len(steps):
        return None
    span = steps[done + 1] - steps[done]
    return open_for(read_week(shop.hours), ZoneInfo(shop.timezone), since, span)


def remind(scope: Scope, order_id: UUID) -> None:
    """Tell of a silent seller once, and set the next time. Does nothing when it is not due."""
    order = locked(scope, order_id=order_id)
    if order is None or order.status != OrderStatus.PENDING:
        return
    if order.remind_at is None or order.remind_at > scope.now:
        return
    order.reminders += 1
    order.remind_at = next_reminder(scope.shop, scope.rules, order.remind_at, order.reminders)
    scope.tell(SellerSilent(view(order), order.reminders))
