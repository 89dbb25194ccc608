"""In which steps prices are said: what people pay with, by currency and by how much it is."""

from collections.abc import Mapping

from flows.money import exponent

# From this price on (major units), these steps, the coarsest first.
Steps = tuple[tuple[int, tuple[int, ...]], ...]

BY_CURRENCY: Mapping[str, Steps] = {
    "UGX": ((20_000, (500, 100, 50)), (0, (100, 50))),
    "NGN": ((20_000, (100, 50, 10)), (0, (50, 10, 5))),
    "KES": ((2_000, (10, 5, 1)), (0, (5, 1))),
    "XAF": ((10_000, (50, 25, 5)), (0, (25, 5))),
    "XOF": ((10_000, (50, 25, 5)), (0, (25, 5))),
}
# The others, by how many decimals the currency has.
BY_EXPONENT: Mapping[int, Steps] = {
    0: ((20_000, (500, 100, 50)), (1_000, (50, 10)), (0, (10, 5, 1))),
    2: ((1_000, (10, 5, 1)), (100, (5, 1)), (0, (1,))),
    3: ((100, (1,)), (0, (1,))),
}


def steps(price: int, currency: str) -> tuple[int, ...]:
    """The steps for an amount like `price`, coarsest first; both in minor units."""
    digits = exponent(currency)
    unit = 10**digits
    table = BY_CURRENCY.get(currency) or BY_EXPONENT[min(digits, max(BY_EXPONENT))]
    return tuple(step * unit for step in next(s for least, s in table if price >= least * unit))
