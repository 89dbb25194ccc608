"""Windows of time in which a shop brings what was ordered, made of its opening hours."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import func, select

from flows.ports.orders import OrderStatus
from flows.ports.refusals import SlotGone
from flows.ports.slots import Slot
from store.hours import Span, Week, read_week
from store.models import OrderRow, ShopRow
from store.scope import Scope
from store.slot_terms import SlotTerms
from store.terms import terms_of

# A shop that never closes brings nothing at night.
BY_DAY = (Span(8 * 60, 20 * 60),)
ENDED = (OrderStatus.CANCELLED, OrderStatus.RETURNED)


def windows(shop: ShopRow, terms: SlotTerms, now: datetime) -> Sequence[Slot]:
    """All that could still be chosen at `now`, full or not, soonest first."""
    week, zone = read_week(shop.hours), ZoneInfo(shop.timezone)
    today, earliest = now.astimezone(zone).date(), now + timedelta(minutes=terms.lead)
    found = []
    for day in range(terms.days + 1):
        date = today + timedelta(days=day)
        midnight = datetime.combine(date, time(), tzinfo=zone)
        for span in _spans(week, date.weekday()):
            for opens in range(span.opens, span.closes - terms.length + 1, terms.length):
                starts = (midnight + timedelta(minutes=opens)).astimezone(UTC)
                if starts >= earliest:
                    ends = starts + timedelta(minutes=terms.length)
                    found.append(Slot(starts, ends, day))
    return found


def _spans(week: Week | None, weekday: int) -> Sequence[Span]:
    return BY_DAY if week is None else week[weekday]


def offered(scope: Scope, terms: SlotTerms | None) -> Sequence[Slot]:
    """Those that are not full: one statement, and none for a shop without slots."""
    if terms is None:
        return ()
    taken = _taken(scope)
    found = windows(scope.shop, terms, scope.now)
    return [slot for slot in found if taken.get(slot.starts, 0) < terms.most]


def _taken(scope: Scope) -> Mapping[datetime, int]:
    rows = scope.session.execute(
        select(OrderRow.slot_from, func.count())
        .where(
            OrderRow.shop_id == scope.shop.id,
            OrderRow.slot_from >= scope.now,
            OrderRow.status.not_in(ENDED),
        )
        .group_by(OrderRow.slot_from)
    )
    return {starts: count for starts, count in rows if starts is not None}


def find(scope: Scope, starts: datetime) -> Slot | None:
    """The window that begins then, as long as it can be chosen."""
    terms = terms_of(scope.shop).slots
    if terms is None:
        return None
    found = windows(scope.shop, terms, scope.now)
    return next((slot for slot in found if slot.starts == starts), None)


def full(scope: Scope, order: OrderRow) -> SlotGone | None:
    """Whether the window has become full before `order`, which has its number: whoever numbers orders of
    this shop waits for whoever did so before."""
    if order.slot_from is None:
        return None
    count = scope.session.scalar(
        select(func.count())
        .select_from(OrderRow)
        .where(
            OrderRow.shop_id == scope.shop.id,
            OrderRow.slot_from == order.slot_from,
            OrderRow.status.not_in(ENDED),
        )
    )
    terms = terms_of(scope.shop).slots
    return SlotGone() if terms is None or (count or 0) > terms.most else None


class ShopSlots:
    """Implements flows.ports.slots.SlotsPort."""

    def __init__(self, scope: Scope) -> None:
        self._scope = scope

    def offered(self) -> Sequence[Slot]:
        return offered(self._scope, terms_of(self._scope.shop).slots)
