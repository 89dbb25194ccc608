"""What falls due by the clock. Each thing is found without a lock and done in a transaction of its own,
which locks its row and looks again: two clocks never do one thing twice."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from flows.ports.orders import OrderStatus
from store import nightly, ratings
from store.back_in_stock import restocked, tell_next
from store.cart_reminders import remind_of_cart, unfinished
from store.delivery import asked
from store.discipline import ending
from store.dispatch.jobs import UNTAKEN
from store.dispatch.slow import hurry, not_fetched
from store.dispatch.unanswered import remind_of_answer
from store.dispatch.waves import give_up, offer_due
from store.falling_due import Find, Subject, falling_due
from store.forgetting.asking import forget_now, to_forget
from store.listings.due import outdated, refresh
from store.loyalty import expiring
from store.misses import asking, counting
from store.models import AttemptRow, CartRow, DeliveryRow, OrderRow
from store.orders.cancelling import expire
from store.orders.reminders import remind
from store.orders.settlement import OPEN_ATTEMPTS
from store.rules import Rules
from store.scope import Scope
from store.scores import telling
from store.supply import due as supply


@dataclass(frozen=True, slots=True)
class Duty:
    """`act` does what `find` gives, or nothing when it is no longer due."""

    name: str
    find: Find
    act: Callable[[Scope, UUID], None]


_TRYING = (
    select(AttemptRow.id)
    .where(AttemptRow.order_id == OrderRow.id, AttemptRow.status.in_((*OPEN_ATTEMPTS, "review")))
    .exists()
)
_lapsed_orders = falling_due(
    OrderRow.held_until,
    OrderRow.shop_id,
    OrderRow.id,
    OrderRow.status == OrderStatus.PENDING,
    ~_TRYING,
)
"""Unpaid, no longer held, and with no attempt that may still take the money."""
_silent_sellers = falling_due(
    OrderRow.remind_at, OrderRow.shop_id, OrderRow.id, OrderRow.status == OrderStatus.PENDING
)
_FREE = DeliveryRow.status.in_(UNTAKEN)
_nobody_accepted = falling_due(DeliveryRow.give_up_at, DeliveryRow.shop_id, DeliveryRow.id, _FREE)
_nobody_answered = falling_due(DeliveryRow.answer_by, DeliveryRow.shop_id, DeliveryRow.id, _FREE)
_next_offers = falling_due(DeliveryRow.next_offer_at, DeliveryRow.shop_id, DeliveryRow.id, _FREE)


def _idle_carts(session: Session, rules: Rules, now: datetime, limit: int) -> Sequence[Subject]:
    rows = session.execute(
        select(CartRow.shop_id, CartRow.id)
        .where(CartRow.status == "open", CartRow.updated_at <= now - rules.cart_kept)
        .order_by(CartRow.updated_at)
        .limit(limit)
    )
    return [(shop, cart) for shop, cart in rows]


def _expire_cart(scope: Scope, cart_id: UUID) -> None:
    scope.session.execute(
        update(CartRow)
        .where(
            CartRow.shop_id == scope.shop.id,
            CartRow.id == cart_id,
            CartRow.status == "open",
            CartRow.updated_at <= scope.now - scope.rules.cart_kept,
        )
        .values(status="expired")
    )


DUTIES: Sequence[Duty] = (
    Duty("lapsed_orders", _lapsed_orders, expire),
    Duty("nobody_accepted", _nobody_accepted, give_up),
    Duty("nobody_answered", _nobody_answered, remind_of_answer),
    Duty("next_offers", _next_offers, offer_due),
    Duty("slow_pick_ups", not_fetched, hurry),
    Duty("silent_sellers", _silent_sellers, remind),
    Duty("ratings_asked", ratings.to_ask, ratings.ask),
    Duty("idle_carts", _idle_carts, _expire_cart),
    Duty("unfinished_checkouts", unfinished, remind_of_cart),
    Duty("back_in_stock", restocked, tell_next),
    Duty("days_end", nightly.ending, nightly.tell_day),
    Duty("fallen_scores", telling.fallen, telling.tell_fall),
    Duty("suspensions_over", ending.ended, ending.end_by_time),
    Duty("points_end", expiring.to_end, expiring.end),
    Duty("points_end_soon", expiring.to_warn, expiring.warn),
    Duty("misses_heard", counting.uncounted, counting.count),
    Duty("misses_to_ask", asking.to_ask, asking.ask),
    Duty("areas_asked", asked.to_tell, asked.tell),
    Duty("supply_asked", supply.to_ask, supply.ask),
    Duty("supply_answered", supply.to_report, supply.report),
    Duty("outdated_listings", outdated, refresh),
    Duty("forgettings", to_forget, forget_now),
)
