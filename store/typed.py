"""Goods as sellers name them on small phones."""

from store.goods import Goods, Kind
from store.snapshot import Snapshot


def goods_typed(snapshot: Snapshot, sku: str) -> tuple[Goods | None, Kind | None]:
    """By sku in any case."""
    by_sku = snapshot.by_sku
    if sku in by_sku:
        return by_sku[sku]
    typed = sku.casefold()
    return next((found for key, found in by_sku.items() if key.casefold() == typed), (None, None))
