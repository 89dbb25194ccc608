"""Coupons and points in memory: each code has an amount, each point is worth ten shillings."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from decimal import Decimal

from flows.money import Money
from flows.ports.coupon_desk import CouponStanding
from flows.ports.loyalty import MENDED_BY_CART, CouponOn, RunningOut, Standing, Why
from flows.ports.quote import Quote, Saving, SavingKind
from flows.ports.refusals import CouponRefused, CouponTooBig, NoCouponCode, Refusal, TooFewPoints
from intents.coupon_making import Making, Worth

WORTH = 10
LEAST = 100
ENDS = datetime(2027, 3, 1, tzinfo=UTC)


def ugx(amount: int) -> Money:
    return Money(amount, "UGX")


@dataclass
class FakeCoupons:
    """`codes` take off an amount, 0 is the delivery; `refusals` say why one does not count now."""

    codes: dict[str, int] = field(default_factory=dict)
    refusals: dict[str, CouponRefused] = field(default_factory=dict)
    kept: str | None = None

    @property
    def any(self) -> bool:
        return bool(self.codes)

    @property
    def code(self) -> str | None:
        return self.kept

    def known(self, word: str) -> bool:
        return word.upper() in self.codes

    def put(self, code: str) -> CouponOn | Refusal:
        code = code.upper()
        if code not in self.codes:
            return CouponRefused(code, Why.UNKNOWN)
        refusal = self.refusals.get(code)
        if refusal is not None and refusal.why not in MENDED_BY_CART:
            return refusal
        self.kept = code
        return refusal or CouponOn(code, ugx(self.codes[code]), delivery=not self.codes[code])

    def drop(self) -> str | None:
        code, self.kept = self.kept, None
        return code


@dataclass
class FakePoints:
    """`there` None: the shop counts none."""

    there: int | None = None
    wanted: int | None = None

    def standing(self) -> Standing | None:
        if self.there is None:
            return None
        return Standing(
            self.there,
            ugx(self.there * WORTH),
            "bronze",
            "silver",
            2_500 - self.there,
            ugx(1_000),
            LEAST,
            RunningOut(self.there // 2, ENDS) if self.there else None,
            self.wanted,
        )

    def use(self, points: int | None) -> int | Refusal:
        there = self.there or 0
        wanted = there if points is None else min(points, there)
        if wanted < LEAST:
            return TooFewPoints(wanted, LEAST)
        self.wanted = wanted
        return wanted

    def keep(self) -> bool:
        kept, self.wanted = self.wanted, None
        return kept is not None


def cheaper(quote: Quote, coupons: FakeCoupons, points: FakePoints) -> Quote:
    """The same with the coupon and the points off it."""
    refusal = coupons.refusals.get(coupons.kept or "")
    savings = tuple(s for s in _savings(quote, coupons, points) if s.amount.minor)
    off = sum((s.amount for s in savings), ugx(0))
    return replace(
        quote,
        savings=(*quote.savings, *savings),
        total=quote.total - off,
        unmet=(refusal,) if refusal is not None else (),
    )


def _savings(quote: Quote, coupons: FakeCoupons, points: FakePoints) -> list[Saving]:
    savings = []
    if coupons.kept is not None and coupons.kept not in coupons.refusals:
        amount = min(ugx(coupons.codes[coupons.kept]), quote.subtotal)
        savings.append(Saving(SavingKind.COUPON, coupons.kept, amount))
    if points.wanted:
        savings.append(Saving(SavingKind.POINTS, "", ugx(points.wanted * WORTH)))
    return savings


@dataclass
class FakeCouponDesk:
    """Keeps what sellers make; a part above a half is too big."""

    made: dict[str, CouponStanding] = field(default_factory=dict)

    def coupons(self) -> Sequence[CouponStanding]:
        return list(self.made.values())

    def make(self, making: Making) -> CouponStanding | Refusal:
        if making.code.isdigit():
            return NoCouponCode(making.code)
        if making.worth is Worth.PERCENT and making.figure > 50:
            return CouponTooBig(50)
        worth: Decimal | Money | None = None
        minimum = None
        if making.worth is Worth.PERCENT:
            worth = making.figure
        elif making.worth is Worth.AMOUNT:
            worth = Money.of(making.figure, "UGX")
            minimum = worth * 2
        self.made[making.code] = CouponStanding(making.code, worth, 12, minimum, ENDS)
        return self.made[making.code]

    def end(self, code: str) -> CouponStanding | Refusal:
        found = self.made.pop(code, None)
        return CouponRefused(code, Why.UNKNOWN) if found is None else found
