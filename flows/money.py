"""An amount of money: integer minor units and an ISO 4217 currency, never a float."""

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from babel.numbers import get_currency_precision


class MoneyError(ValueError):
    """An amount that cannot be: other currencies mixed, not a number, finer than the currency."""


def exponent(currency: str) -> int:
    """Decimal places of `currency` by CLDR: 0 for UGX, XAF and RWF, 2 for NGN, KES and GHS."""
    return int(get_currency_precision(currency))


@dataclass(frozen=True, slots=True, order=True)
class Money:
    """`minor` counts the currency's smallest unit (shillings for UGX, kobo for NGN)."""

    minor: int
    currency: str

    @classmethod
    def of(cls, major: Decimal | int | str, currency: str) -> "Money":
        """From major units. Raises MoneyError when finer than the currency, or not a finite number."""
        try:
            scaled = Decimal(major).scaleb(exponent(currency))
            whole = scaled.to_integral_value()
        except ArithmeticError as error:
            raise MoneyError(f"{major!r} is not an amount of {currency}") from error
        if scaled != whole:
            raise MoneyError(f"{major} has more decimals than {currency} knows")
        return cls(int(whole), currency)

    @classmethod
    def zero(cls, currency: str) -> "Money":
        return cls(0, currency)

    @property
    def major(self) -> Decimal:
        """In major units, with the currency's own number of decimals."""
        return Decimal(self.minor).scaleb(-exponent(self.currency))

    def _same(self, other: "Money") -> None:
        if self.currency != other.currency:
            raise MoneyError(f"{self.currency} and {other.currency} do not add up")

    def __add__(self, other: "Money") -> "Money":
        self._same(other)
        return Money(self.minor + other.minor, self.currency)

    def __sub__(self, other: "Money") -> "Money":
        self._same(other)
        return Money(self.minor - other.minor, self.currency)

    def __mul__(self, times: int) -> "Money":
        return Money(self.minor * times, self.currency)

    def __bool__(self) -> bool:
        return self.minor != 0

    def percent(self, rate: Decimal) -> "Money":
        """`rate` percent of it, rounded half up to a minor unit."""
        part = (Decimal(self.minor) * rate / 100).quantize(Decimal(1), ROUND_HALF_UP)
        return Money(int(part), self.currency)
