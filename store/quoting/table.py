"""Who makes deductions, in the order in which they come off: promotions, then the coupon, then points."""

from collections.abc import Mapping

from flows.ports.quote import SavingKind
from store.coupons.deducting import CouponDeducts
from store.loyalty.deducting import PointsDeducts
from store.promotions.deducting import Promotions
from store.quoting.deduction import Deducts

DEDUCTS: Mapping[SavingKind, Deducts] = {
    SavingKind.PROMOTION: Promotions(),
    SavingKind.COUPON: CouponDeducts(),
    SavingKind.POINTS: PointsDeducts(),
}
