"""The numbers that a shop's model and currency begin with; its file may say otherwise."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from flows.ports.delivery import Fulfilment


@dataclass(frozen=True, slots=True)
class Preset:
    """`commission` in percent, `wholesale_commission` that of what goes at wholesale prices (None: the
    same); `minimum_order` in major units by currency, where one is usual; `most_of_one` None: no limit but
    the platform's; `accept_each`: paid orders wait for the seller's word."""

    commission: Decimal = Decimal(0)
    minimum_order: Mapping[str, int] = field(default_factory=dict)
    most_of_one: int | None = None
    wholesale_commission: Decimal | None = None
    accept_each: bool = False


# A reseller names their own rate; whose the goods are and where they are counted stands with the goods.
PRESETS: Mapping[str, Preset] = {
    "marketplace": Preset(Decimal(10), {"UGX": 30_000}, most_of_one=5),
    "reseller": Preset(),
    "wholesale": Preset(Decimal(7), wholesale_commission=Decimal(3)),
}

# The preset that asks for nothing: no minimum, no limit.
DEFAULT_MODEL = "wholesale"

# For a file whose [dispatch] has no cash_limit, in major units.
CASH_LIMITS: Mapping[str, int] = {"UGX": 300_000}

# For a file without [delivery]: (kind, fee in major units, eta).
ROADS: Mapping[str, tuple[tuple[Fulfilment, int, str | None], ...]] = {
    "UGX": (
        (Fulfilment.PICKUP, 0, "30 min"),
        (Fulfilment.STANDARD, 5_000, "60-90 min"),
        (Fulfilment.EXPRESS, 10_000, "30-45 min"),
    ),
}

# For such a file too: from how much goods on, in major units, they are brought for nothing and for half.
FREE_FROM: Mapping[str, int] = {"UGX": 200_000}
HALF_FROM: Mapping[str, int] = {"UGX": 100_000}

# What a kilometre costs where fees go by distance and the file does not say.
PER_KM: Mapping[str, int] = {"UGX": 500}
