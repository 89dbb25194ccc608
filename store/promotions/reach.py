"""On which lines of a basket a promotion is given, and to whom."""

from collections.abc import Sequence
from datetime import datetime

from store.promotions.promotion import Audience, Promotion
from store.promotions.running import runs
from store.quoting.basket import Basket, BasketLine


def meant_for(promotion: Promotion, price_list: str) -> bool:
    return promotion.audience is Audience.BOTH or promotion.audience.value == price_list


def stands(promotion: Promotion, price_list: str, now: datetime, timezone: str) -> bool:
    """Whether this customer may have it at this moment, whatever they buy."""
    return (
        not promotion.paused
        and meant_for(promotion, price_list)
        and runs(promotion.schedule, now, timezone)
    )


def reached(promotion: Promotion, basket: Basket) -> Sequence[bool]:
    """Of each line, whether the promotion is on it; on none while the basket is too small."""
    enough = basket.subtotal >= promotion.reach.minimum
    return [enough and _on(promotion, line) for line in basket.lines]


def _on(promotion: Promotion, line: BasketLine) -> bool:
    reach = promotion.reach
    return (
        reach.everything
        or line.sku in reach.skus
        or line.goods.sku in reach.skus
        or line.goods.category in reach.categories
        or line.goods.brand in reach.brands
    )
