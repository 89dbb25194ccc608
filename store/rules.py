"""The numbers of trade that are not a shop's own: the platform's settings, and their defaults."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import time, timedelta
from decimal import Decimal

from store.payout_terms import PAYOUT_TERMS, PayoutTerms


@dataclass(frozen=True, slots=True)
class Rules:
    """Each has a documented default; the server fills in what its settings say. `payouts` are by
    currency; at `day_told`, by the shop's own clock, its people hear how the day went."""

    hold: timedelta = timedelta(minutes=15)
    rider_offer: timedelta = timedelta(seconds=180)
    riders_give_up: timedelta = timedelta(minutes=15)
    seller_reminders: tuple[timedelta, ...] = (
        timedelta(seconds=600),
        timedelta(seconds=1800),
        timedelta(seconds=3600),
    )
    cancel_window: timedelta = timedelta(hours=1)
    undo_window: timedelta = timedelta(minutes=2)
    code_tries: int = 5
    low_stock: int = 10
    critical_stock: int = 5
    cart_kept: timedelta = timedelta(days=30)
    late_refund_keeps: Decimal = Decimal(10)
    most_of_one: int = 999
    price_cut_by_phone: Decimal = Decimal(50)
    misses_asked: int = 3
    agreed_price_kept: timedelta = timedelta(hours=24)
    most_offers: int = 8
    payouts: Mapping[str, PayoutTerms] = field(default_factory=lambda: PAYOUT_TERMS)
    day_told: time = time(21)
