"""The numbers of trade as settings: every one that no shop's file says has a name that begins with RULE."""

from collections.abc import Callable, Mapping
from datetime import time, timedelta
from decimal import Decimal

from pydantic import (
    Field,
    NonNegativeInt,
    PositiveFloat,
    PositiveInt,
    ValidationInfo,
    field_validator,
)
from pydantic_settings import BaseSettings

from bot.score_settings import grades, rider_weights, seller_weights, written
from store.quiet import Quiet
from store.risk_terms import RiskTerms
from store.rules import RatingRules, Rules
from store.score_terms import ScoreTerms

USUAL = Rules()
NAMED: Mapping[str, Callable[[str], object]] = {
    "rule_score_weights": seller_weights,
    "rule_score_rider_weights": rider_weights,
    "rule_score_grades": grades,
}


def _minutes(span: timedelta) -> float:
    return span / timedelta(minutes=1)


def _hours(span: timedelta) -> float:
    return span / timedelta(hours=1)


class RuleSettings(BaseSettings):
    """In the unit that the name ends with; amounts in percent of what they are a part of."""

    rule_riders_give_up_minutes: PositiveFloat | None = None
    rule_no_rider_told_minutes: PositiveFloat = _minutes(USUAL.no_rider_told)
    rule_cancel_window_minutes: PositiveFloat = _minutes(USUAL.cancel_window)
    rule_undo_window_minutes: PositiveFloat = _minutes(USUAL.undo_window)
    rule_code_tries: PositiveInt = USUAL.code_tries
    rule_low_stock: NonNegativeInt = USUAL.low_stock
    rule_critical_stock: NonNegativeInt = USUAL.critical_stock
    rule_cart_kept_days: PositiveInt = USUAL.cart_kept.days
    rule_late_refund_keeps_percent: Decimal = Field(USUAL.late_refund_keeps, ge=0, le=100)
    rule_most_of_one: PositiveInt = USUAL.most_of_one
    rule_price_cut_by_phone_percent: Decimal = Field(USUAL.price_cut_by_phone, ge=0, le=100)
    rule_cart_reminder_hours: PositiveFloat = _hours(USUAL.cart_reminder)
    rule_restock_wave_minutes: PositiveFloat = _minutes(USUAL.restock_wave)
    rule_restock_most: PositiveInt = USUAL.restock_most
    rule_most_places: PositiveInt = USUAL.most_places
    rule_supplies_listed_days: PositiveInt = USUAL.supplies_listed.days
    rule_areas_told_from: PositiveInt = USUAL.areas_told_from
    rule_weather_lasts_hours: PositiveFloat = _hours(USUAL.weather_lasts)
    rule_agreed_price_kept_hours: PositiveFloat = _hours(USUAL.agreed_price_kept)
    rule_most_offers: PositiveInt = USUAL.most_offers
    rule_coupon_tries: PositiveInt = USUAL.coupon_tries
    rule_coupon_by_phone_percent: Decimal = Field(USUAL.coupon_by_phone, ge=0, le=100)
    rule_coupon_days: int = Field(USUAL.coupon_days, ge=1, le=365)
    rule_rating_after_hours: PositiveFloat = _hours(USUAL.ratings.after)
    rule_rating_pause_minutes: PositiveFloat = _minutes(USUAL.ratings.pause)
    rule_rating_days: PositiveInt = USUAL.ratings.within.days
    rule_rating_asked_days: PositiveInt = USUAL.ratings.asked_lately.days
    rule_rating_changed_hours: PositiveFloat = _hours(USUAL.ratings.changed_within)
    rule_rating_bad: int = Field(USUAL.ratings.bad, ge=0, le=5)
    rule_ratings_judged: PositiveInt = USUAL.ratings.judged
    rule_least_rating: Decimal = Field(USUAL.ratings.least, ge=1, le=5)
    rule_goodbye_seconds: PositiveInt = USUAL.goodbye.seconds
    rule_goodbye_waits_hours: PositiveFloat = _hours(USUAL.goodbye_waits)
    rule_warnings_days: PositiveInt = USUAL.warnings_within.days
    rule_risk_times_average: PositiveInt = USUAL.risk.times_average
    rule_risk_average_of: PositiveInt = USUAL.risk.average_of
    rule_risk_attempts: PositiveInt = USUAL.risk.attempts
    rule_risk_attempts_minutes: PositiveFloat = _minutes(USUAL.risk.within)
    rule_risk_night_from: time = USUAL.risk.night.begins
    rule_risk_night_until: time = USUAL.risk.night.ends
    rule_risk_allowed_hours: PositiveFloat = _hours(USUAL.risk.allowed_for)
    rule_score_days: PositiveInt = USUAL.scores.within.days
    rule_score_least_orders: PositiveInt = USUAL.scores.least_orders
    rule_score_late_days: PositiveInt = USUAL.scores.late_after.days
    rule_score_price_shops: PositiveInt = USUAL.scores.price_shops
    rule_score_dear_percent: PositiveInt = USUAL.scores.dear
    rule_score_weights: str = written(USUAL.scores.sellers)
    rule_score_rider_weights: str = written(USUAL.scores.riders)
    rule_score_grades: str = written(USUAL.scores.grades)

    @field_validator("rule_score_weights", "rule_score_rider_weights", "rule_score_grades")
    @classmethod
    def _can_be_read(cls, text: str, info: ValidationInfo) -> str:
        NAMED[info.field_name or ""](text)
        return text

    def risk_rules(self) -> RiskTerms:
        """But for the amounts, which are by currency."""
        return RiskTerms(
            times_average=self.rule_risk_times_average,
            average_of=self.rule_risk_average_of,
            attempts=self.rule_risk_attempts,
            within=timedelta(minutes=self.rule_risk_attempts_minutes),
            night=Quiet(self.rule_risk_night_from, self.rule_risk_night_until),
            allowed_for=timedelta(hours=self.rule_risk_allowed_hours),
        )

    def rating_rules(self) -> RatingRules:
        return RatingRules(
            after=timedelta(hours=self.rule_rating_after_hours),
            pause=timedelta(minutes=self.rule_rating_pause_minutes),
            within=timedelta(days=self.rule_rating_days),
            asked_lately=timedelta(days=self.rule_rating_asked_days),
            changed_within=timedelta(hours=self.rule_rating_changed_hours),
            bad=self.rule_rating_bad,
            judged=self.rule_ratings_judged,
            least=self.rule_least_rating,
        )

    def score_rules(self) -> ScoreTerms:
        return ScoreTerms(
            within=timedelta(days=self.rule_score_days),
            least_orders=self.rule_score_least_orders,
            late_after=timedelta(days=self.rule_score_late_days),
            price_shops=self.rule_score_price_shops,
            dear=self.rule_score_dear_percent,
            sellers=seller_weights(self.rule_score_weights),
            riders=rider_weights(self.rule_score_rider_weights),
            grades=grades(self.rule_score_grades),
        )

    def further_rules(self) -> Rules:
        """All that these settings say; the rest as usual."""
        return Rules(
            no_rider_told=timedelta(minutes=self.rule_no_rider_told_minutes),
            cancel_window=timedelta(minutes=self.rule_cancel_window_minutes),
            undo_window=timedelta(minutes=self.rule_undo_window_minutes),
            code_tries=self.rule_code_tries,
            low_stock=self.rule_low_stock,
            critical_stock=self.rule_critical_stock,
            cart_kept=timedelta(days=self.rule_cart_kept_days),
            late_refund_keeps=self.rule_late_refund_keeps_percent,
            most_of_one=self.rule_most_of_one,
            price_cut_by_phone=self.rule_price_cut_by_phone_percent,
            cart_reminder=timedelta(hours=self.rule_cart_reminder_hours),
            restock_wave=timedelta(minutes=self.rule_restock_wave_minutes),
            restock_most=self.rule_restock_most,
            most_places=self.rule_most_places,
            supplies_listed=timedelta(days=self.rule_supplies_listed_days),
            areas_told_from=self.rule_areas_told_from,
            weather_lasts=timedelta(hours=self.rule_weather_lasts_hours),
            agreed_price_kept=timedelta(hours=self.rule_agreed_price_kept_hours),
            most_offers=self.rule_most_offers,
            coupon_tries=self.rule_coupon_tries,
            coupon_by_phone=self.rule_coupon_by_phone_percent,
            coupon_days=self.rule_coupon_days,
            ratings=self.rating_rules(),
            risk=self.risk_rules(),
            scores=self.score_rules(),
            goodbye=timedelta(seconds=self.rule_goodbye_seconds),
            goodbye_waits=timedelta(hours=self.rule_goodbye_waits_hours),
            warnings_within=timedelta(days=self.rule_warnings_days),
        )
