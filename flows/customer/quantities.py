"""Whether what a customer said can be a number of pieces."""

from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from enum import StrEnum

# More pieces of one thing than anybody orders by chat; a shop's own limit lies below.
MOST_PIECES = 999

# From here on a bare number may as well be a price.
MAYBE_MONEY = 100


class Odd(StrEnum):
    """Why a quantity cannot be taken as it is."""

    NEGATIVE = "negative"
    FRACTION = "fraction"
    ABSURD = "absurd"


def judge(asked: Decimal) -> int | Odd:
    """Whole pieces, zero included, or what is odd about `asked`."""
    if not asked.is_finite() or asked > MOST_PIECES:
        return Odd.ABSURD
    if asked < 0:
        return Odd.NEGATIVE
    return int(asked) if asked == asked.to_integral_value() else Odd.FRACTION


def nearest(asked: Decimal) -> tuple[int, ...]:
    """The whole numbers around a fraction, at least 1."""
    around = (asked.to_integral_value(ROUND_FLOOR), asked.to_integral_value(ROUND_CEILING))
    return tuple(int(number) for number in around if number >= 1)


def written(asked: Decimal) -> str:
    """As a person would write it: "2.5", not "2.50" or "1E+9"."""
    if not asked.is_finite():
        return str(asked)
    text = f"{asked:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
