"""When a shop is told that something runs low."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass

from store.models import ShopRow
from store.rules import Rules


@dataclass(frozen=True, slots=True)
class StockTerms:
    """At so many pieces left; None: the platform's number."""

    low: int | None = None
    critical: int | None = None


@dataclass(frozen=True, slots=True)
class Levels:
    """At so many pieces left of one product the seller is told."""

    low: int
    critical: int


def levels(rules: Rules, shop: ShopRow, own: StockTerms) -> Levels:
    """The product's `own`, else the shop's, else the platform's. What is the product's own is told whatever
    the shop says of the other: that one gives way."""
    usual = stock_terms(shop)
    low = next(n for n in (own.low, usual.low, rules.low_stock) if n is not None)
    critical = next(
        n for n in (own.critical, usual.critical, rules.critical_stock) if n is not None
    )
    if own.low is not None:
        critical = min(critical, low)
    elif own.critical is not None:
        low = max(low, critical)
    return Levels(low, critical)


def as_document(terms: StockTerms) -> Mapping[str, int | None]:
    return asdict(terms)


def stock_terms(shop: ShopRow) -> StockTerms:
    """As the books keep them."""
    return StockTerms(**shop.settings.get("stock", {}))
