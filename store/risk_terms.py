"""What counts as unusual in a payment: the platform's numbers."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import time, timedelta
from decimal import Decimal

from store.quiet import Quiet

# Major units. A currency without a row has no amount that is large by itself.
LARGE: Mapping[str, Decimal] = {"UGX": Decimal(1_000_000)}
NIGHT = Quiet(time(0), time(5))


@dataclass(frozen=True, slots=True)
class RiskTerms:
    """`large` by currency, in major units. An amount is unusual too from `times_average` times what the
    person usually pays, once they have paid `average_of` times. So many `attempts` `within` is too quick.
    By the shop's own clock it is unusual at `night`. What staff allowed counts for `allowed_for`."""

    large: Mapping[str, Decimal] = field(default_factory=lambda: LARGE)
    times_average: int = 3
    average_of: int = 3
    attempts: int = 5
    within: timedelta = timedelta(minutes=10)
    night: Quiet = NIGHT
    allowed_for: timedelta = timedelta(hours=24)
