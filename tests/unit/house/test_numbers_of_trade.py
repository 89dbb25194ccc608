"""The numbers that trade begins with, where nobody has set others: one row for each."""

from datetime import time, timedelta
from decimal import Decimal

import pytest

from flows.customer.product import FEW
from flows.haggling import MOST_COUNTERS
from flows.money import Money
from payments.risk.scoring import POINTS
from payments.schedule import SWEEP_EVERY, SWEEP_UNTIL
from payments.taking.caps import PER_PERSON
from store import challenges
from store.after_sale import AfterSale
from store.delivery_terms import DeliveryTerms
from store.loyalty.terms import TIERS, PointsTerms
from store.masking import HIDDEN, shown
from store.payout_terms import PAYOUT_TERMS
from store.rules import Rules

RULES, AFTER, FEES, POINTS_KEPT = Rules(), AfterSale(), DeliveryTerms(), PointsTerms(1, 1)

NUMBERS = {
    # The shelf and the cart.
    "low stock": (RULES.low_stock, 10),
    "critical stock": (RULES.critical_stock, 5),
    "so few are said to customers": (FEW, 3),
    "a hold at least": (RULES.hold, timedelta(minutes=15)),
    "a cart is kept": (RULES.cart_kept, timedelta(days=30)),
    "an unfinished checkout is reminded of": (RULES.cart_reminder, timedelta(hours=2)),
    # Bargains.
    "counter-offers": (MOST_COUNTERS, 3),
    "an agreed price is kept": (RULES.agreed_price_kept, timedelta(hours=24)),
    # Orders.
    "the customer may cancel": (RULES.cancel_window, timedelta(hours=1)),
    "a late refund keeps, in percent": (RULES.late_refund_keeps, Decimal(10)),
    "a silent seller is reminded": (
        RULES.seller_reminders,
        (timedelta(minutes=10), timedelta(minutes=30), timedelta(minutes=60)),
    ),
    "goods may come back, in days": (AFTER.return_days, 7),
    # Riders.
    "an offer to a rider": (RULES.rider_offer, timedelta(minutes=3)),
    "nobody accepts": (RULES.riders_give_up, timedelta(minutes=15)),
    "and nobody says what now": (RULES.no_rider_told, timedelta(minutes=15)),
    "a rider may take it back": (RULES.undo_window, timedelta(minutes=2)),
    "wrong delivery codes": (RULES.code_tries, 5),
    # What bringing costs, in hundredths.
    "at peak hours": (FEES.peak_factor, 120),
    "in rain": (FEES.rain_factor, 130),
    "in a storm": (FEES.storm_factor, 150),
    "how long it takes in rain": (FEES.rain_slower, 130),
    "how long it takes in a storm": (FEES.storm_slower, 150),
    # Points.
    "points are kept, in days": (POINTS_KEPT.days, 365),
    # Money.
    "reconciliation": (SWEEP_EVERY, timedelta(minutes=30)),
    "reconciliation looks back": (SWEEP_UNTIL, timedelta(hours=24)),
    "payment attempts": ((PER_PERSON.most, PER_PERSON.within), (5, timedelta(minutes=1))),
    "the least payout, NGN": (PAYOUT_TERMS["NGN"].least, Decimal(1000)),
    # Risk.
    "a large amount, UGX": (RULES.risk.large["UGX"], Decimal(1_000_000)),
    "times the average": (RULES.risk.times_average, 3),
    "points of risk": (
        sorted(POINTS.values(), reverse=True),
        [Decimal("0.7"), Decimal("0.6"), Decimal("0.5"), Decimal("0.4")],
    ),
    # Trust.
    "warnings suspend": ((RULES.warnings, RULES.warnings_within), (3, timedelta(days=30))),
    "a shop is looked at below": (RULES.ratings.least, Decimal(4)),
    "stars for what arrived within": (RULES.ratings.within, timedelta(days=30)),
    "quiet hours": ((RULES.quiet.begins, RULES.quiet.ends), (time(21), time(8))),
    "digits of a code": (challenges.DIGITS, 6),
    "a code is good for": (challenges.GOOD_FOR, timedelta(minutes=5)),
    "tries at a code": (challenges.TRIES, 3),
}


@pytest.mark.parametrize(("found", "wanted"), NUMBERS.values(), ids=list(NUMBERS))
def test_trade_begins_with_this_number(found: object, wanted: object) -> None:
    assert found == wanted


@pytest.mark.parametrize(
    ("name", "since", "times"),
    [
        ("bronze", 0, 100),
        ("silver", 2_500, 150),
        ("gold", 10_000, 200),
        ("platinum", 25_000, 250),
        ("diamond", 50_000, 300),
    ],
)
def test_a_tier_begins_exactly_there(name: str, since: int, times: int) -> None:
    tier = POINTS_KEPT.tier(since)
    assert (tier.name, tier.times) == (name, times)
    assert POINTS_KEPT.earned(100, since) == times
    assert since == 0 or POINTS_KEPT.tier(since - 1) == TIERS[TIERS.index(tier) - 1]


@pytest.mark.parametrize(
    ("amount", "fee"),
    [("1000", "50"), ("2500", "50"), ("2500.50", "50.01"), ("2501", "50.02"), ("10000", "200")],
)
def test_a_payout_in_naira_costs_two_percent_and_at_least_fifty(amount: str, fee: str) -> None:
    assert PAYOUT_TERMS["NGN"].fee(Money.of(amount, "NGN")) == Money.of(fee, "NGN")


@pytest.mark.parametrize(
    "key",
    [
        "password",
        "token",
        "secret",
        "pin",
        "phone",
        "msisdn",
        "partyid",
        "partyId",
        "national_id",
        "card",
    ],
)
def test_what_is_under_such_a_name_is_masked(key: str) -> None:
    assert "4321987" not in str(shown(key, "4321987"))
    assert "4321987" not in str(shown("given", {key: "4321987"}))
    assert shown("quantity", "4321987") != HIDDEN
