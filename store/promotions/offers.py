"""What is cheaper for a customer at this moment, as they are told of it."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import TypeAlias

from flows.money import Money
from flows.ports import promotions as told
from flows.ports.catalogue import Product
from flows.ports.prices import Why
from flows.ports.promotions import PromotionKind
from store.catalogue import ShopCatalogue
from store.models import CustomerRow
from store.promotions.promotion import Promotion
from store.promotions.reach import stands
from store.promotions.running import run_ends
from store.promotions.uses import has_room, uses_of
from store.scope import Scope

MOST_NAMED = 6
MOST_ON_SALE = 40
Names: TypeAlias = Mapping[str, str]


class ShopOffers:
    """Implements flows.ports.promotions.OffersPort."""

    def __init__(self, scope: Scope, customer: CustomerRow, catalogue: ShopCatalogue) -> None:
        self._scope = scope
        self._customer = customer
        self._catalogue = catalogue

    def promotions(self) -> Sequence[told.Promotion]:
        """Without what is used up, by everybody or by this person."""
        scope, snapshot = self._scope, self._catalogue.snapshot
        price_list, timezone = self._customer.price_list, scope.shop.timezone
        found = [p for p in snapshot.promotions if stands(p, price_list, scope.now, timezone)]
        used = uses_of(scope, found, self._customer.person_id)
        return [
            as_told(scope, each, snapshot.names)
            for each in found
            if has_room(each, used.get(each.id))
        ]

    def on_sale(self) -> Sequence[Product]:
        goods = self._catalogue.snapshot.goods
        skus = [
            each.sku
            for each in goods
            if any(
                self._catalogue.price(each, kind).why is Why.SALE for kind in each.kinds or (None,)
            )
        ]
        return self._catalogue.products(skus[:MOST_ON_SALE]) if skus else ()


def as_told(scope: Scope, promotion: Promotion, names: Names, used: int = 0) -> told.Promotion:
    """The promotion in figures; `names` are what skus are called."""
    currency, gift, reach = scope.shop.currency, promotion.gift, promotion.reach
    amount = Money(gift.amount, currency) if gift.amount else None
    return told.Promotion(
        name=promotion.name,
        kind=promotion.kind,
        words=promotion.words,
        percent=Decimal(gift.percent) / 100,
        amount=amount,
        buy=gift.buy,
        free=gift.free,
        on=_on(promotion, names),
        least=Money(reach.minimum, currency) if reach.minimum else None,
        until=run_ends(promotion.schedule, scope.now, scope.shop.timezone),
        paused=promotion.paused,
        used=used,
    )


def _on(promotion: Promotion, names: Names) -> tuple[str, ...]:
    if promotion.kind is PromotionKind.BUNDLE:
        return tuple(
            f"{count} x {names.get(sku, sku)}" if count > 1 else names.get(sku, sku)
            for sku, count in promotion.gift.bundle
        )
    reach = promotion.reach
    named = (*(names.get(sku, sku) for sku in reach.skus), *reach.categories, *reach.brands)
    return named[:MOST_NAMED]
