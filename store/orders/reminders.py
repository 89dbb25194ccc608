"""The seller who does not answer a new order is reminded, and then the customer may cancel."""

from datetime import datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from flows.happenings import SellerSilent
from flows.ports.orders import OrderStatus
from store.hours import is_open, next_opening, read_week
from store.models import ShopRow
from store.orders.views import locked, view
from store.rules import Rules
from store.scope import Scope


def first_reminder(shop: ShopRow, rules: Rules, now: datetime) -> datetime | None:
    """When the seller is first reminded: counted from the opening where the shop is closed now."""
    if not rules.seller_reminders:
        return None
    week, zone = read_week(shop.hours), ZoneInfo(shop.timezone)
    begins = now if is_open(week, zone, now) else next_opening(week, zone, now) or now
    return begins + rules.seller_reminders[0]


def remind(scope: Scope, order_id: UUID) -> None:
    """Tell of a silent seller once, and set the next time. Does nothing when it is not due."""
    order = locked(scope, order_id=order_id)
    if order is None or order.status != OrderStatus.PENDING:
        return
    if order.remind_at is None or order.remind_at > scope.now:
        return
    steps = scope.rules.seller_reminders
    done = order.reminders + 1
    following = order.remind_at + (steps[done] - steps[done - 1]) if done < len(steps) else None
    order.reminders, order.remind_at = done, following
    scope.tell(SellerSilent(view(order), done))
