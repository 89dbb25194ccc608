"""What a payout costs, how small it may be, and from where on a person looks at it first."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from flows.money import Money


@dataclass(frozen=True, slots=True)
class PayoutTerms:
    """For one currency, in major units. The fee is `fee_percent` of the amount and at least `fee_least`;
    staff approve what is above `approval_above` (None: nothing for its size alone)."""

    least: Decimal = Decimal(0)
    fee_percent: Decimal = Decimal(0)
    fee_least: Decimal = Decimal(0)
    approval_above: Decimal | None = None

    def fee(self, amount: Money) -> Money:
        least = Money.of(self.fee_least, amount.currency)
        return max(amount.percent(self.fee_percent), least)

    def most(self, there: Money) -> Money:
        """The largest amount that leaves its fee in `there`; less than nothing where no fee does."""
        share = (Decimal(there.minor) * 100 / (100 + self.fee_percent)).to_integral_value()
        most = min(Money(int(share), there.currency), there - self.fee(Money.zero(there.currency)))
        penny = Money(1, there.currency)
        while most + self.fee(most) > there:
            most -= penny
        return most


PLAIN = PayoutTerms()
# Without a setting.
PAYOUT_TERMS: Mapping[str, PayoutTerms] = {
    "NGN": PayoutTerms(Decimal(1000), Decimal(2), Decimal(50)),
}
