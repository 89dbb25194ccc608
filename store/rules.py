"""The numbers of trade that are not a shop's own: the platform's settings, and their defaults."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import time, timedelta
from decimal import Decimal

from store.payout_terms import PAYOUT_TERMS, PayoutTerms
from store.quiet import QUIET, Quiet
from store.risk_terms import RiskTerms
from store.score_terms import ScoreTerms


@dataclass(frozen=True, slots=True)
class RatingRules:
    """Buyers are asked for stars so long `after` the delivery, and a `pause` later where they have just been
    shown something else: "1" must not be an answer to that and to this. They may give them `within` so
    long; for as long as `asked_lately` "5 very good" is taken for the answer. What was said may be changed
    for `changed_within`. From `bad` stars down the seller hears of it. A shop is `judged` by so many
    ratings, and looked at below `least`."""

    after: timedelta = timedelta(hours=3)
    pause: timedelta = timedelta(minutes=30)
    within: timedelta = timedelta(days=30)
    asked_lately: timedelta = timedelta(days=3)
    changed_within: timedelta = timedelta(days=1)
    bad: int = 2
    judged: int = 5
    least: Decimal = Decimal(4)


@dataclass(frozen=True, slots=True)
class Rules:
    """Each has a documented default; the server fills in what its settings say. `payouts` are by
    currency, and rest for `payout_hold` after their number was changed; at `day_told`, by the shop's own
    clock, its people hear how the day went. Nothing that only promotes goes out in the `quiet` hours. A
    `cart_reminder` comes so long after a checkout was left, and every `restock_wave` the next few,
    `restock_most` at a time, hear that something is back. A seller's picture that could not be fetched is
    tried again after each of `picture_pauses`, and then given up. A customer names `most_places` at a shop.
    Who asks to be forgotten is so after `goodbye`; for a goodbye that cannot leave `goodbye_waits`. What
    resellers' orders want of a shop is listed so long (`supplies_listed`). `no_rider_told` after a seller was
    asked what becomes of a delivery that nobody took, they are reminded and the customer is told."""

    hold: timedelta = timedelta(minutes=15)
    rider_offer: timedelta = timedelta(seconds=180)
    riders_give_up: timedelta = timedelta(minutes=15)
    no_rider_told: timedelta = timedelta(minutes=15)
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
    cart_reminder: timedelta = timedelta(hours=2)
    restock_wave: timedelta = timedelta(minutes=30)
    restock_most: int = 50
    areas_told_from: int = 2
    weather_lasts: timedelta = timedelta(hours=3)
    agreed_price_kept: timedelta = timedelta(hours=24)
    most_offers: int = 8
    coupon_tries: int = 10
    coupon_by_phone: Decimal = Decimal(50)
    coupon_days: int = 30
    payouts: Mapping[str, PayoutTerms] = field(default_factory=lambda: PAYOUT_TERMS)
    ratings: RatingRules = field(default_factory=RatingRules)
    payout_hold: timedelta = timedelta(hours=24)
    day_told: time = time(21)
    quiet: Quiet = QUIET
    risk: RiskTerms = field(default_factory=RiskTerms)
    scores: ScoreTerms = field(default_factory=ScoreTerms)
    warnings: int = 3
    warnings_within: timedelta = timedelta(days=30)
    suspended_for: timedelta = timedelta(days=7)
    supplies_listed: timedelta = timedelta(days=30)
    picture_pauses: tuple[timedelta, ...] = (
        timedelta(seconds=10),
        timedelta(minutes=1),
        timedelta(minutes=10),
        timedelta(hours=1),
    )
    most_places: int = 5
    goodbye: timedelta = timedelta(seconds=20)
    goodbye_waits: timedelta = timedelta(hours=1)
