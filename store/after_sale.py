"""A shop's own terms of what comes after the order: cancelling it, and giving goods back."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import timedelta
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class AfterSale:
    """`return_days` after the delivery goods may be given back; 0: never. What a shop keeps, in hundredths
    of a percent: `cancel_keeps` where the customer asked to cancel after work had begun or nobody took the
    goods in (None: the platform's part), `refusal_keeps` where the shop itself says no."""

    return_days: int = 7
    cancel_keeps: int | None = None
    refusal_keeps: int = 0

    @property
    def return_window(self) -> timedelta:
        return timedelta(days=self.return_days)

    def kept_of_cancelled(self, platform: Decimal) -> Decimal:
        """In percent; `platform` is what is kept where the shop says nothing."""
        return platform if self.cancel_keeps is None else Decimal(self.cancel_keeps) / 100

    @property
    def kept_of_refused(self) -> Decimal:
        """In percent."""
        return Decimal(self.refusal_keeps) / 100


def as_document(terms: AfterSale) -> dict[str, int | None]:
    return asdict(terms)


def after_sale_of(kept: Mapping[str, int | None] | None) -> AfterSale:
    """What `as_document` wrote; the usual terms where a shop has none of its own."""
    return AfterSale(**(kept or {}))  # type: ignore[arg-type]
