"""Sale prices and promotions in the hands of a shop's staff."""

from collections.abc import Sequence
from decimal import Decimal
from uuid import UUID

from sqlalchemy import select, update

from flows.ports import promotions as told
from flows.ports.orders import Role
from flows.ports.prices import Why
from flows.ports.promotions import SaleSet
from flows.ports.refusals import Refusal, UnknownProduct, UnknownPromotion
from store.actor import Actor
from store.audit.trail import audited
from store.catalogue import SNAPSHOTS
from store.facts import note
from store.models import PromotionRow, StaffRow
from store.prices.pricing import Terms, price_of
from store.promotions import sales
from store.promotions.offers import as_told
from store.scope import Scope
from store.snapshot import Snapshot, Snapshots, changed
from store.typed import goods_typed

FACT = "promotion-paused"
MOST_LISTED = 20


class ShopDeals:
    """Implements flows.ports.promotions.DealsPort."""

    def __init__(self, scope: Scope, staff: StaffRow, snapshots: Snapshots = SNAPSHOTS) -> None:
        self._scope = scope
        self._actor = Actor(Role.SELLER, staff.person_id)
        self._snapshots = snapshots

    @audited(answered=True)
    def put_on_sale(self, sku: str, price: Decimal, days: int | None) -> SaleSet | Refusal:
        goods, kind = goods_typed(self._snapshot, sku)
        if goods is None:
            return UnknownProduct(sku)
        return sales.put_on_sale(self._scope, goods, kind, price, days)

    @audited(answered=True)
    def take_off(self, sku: str, percent: Decimal, days: int | None) -> SaleSet | Refusal:
        goods, kind = goods_typed(self._snapshot, sku)
        if goods is None:
            return UnknownProduct(sku)
        return sales.take_off(self._scope, goods, kind, percent, days)

    @audited(answered=True)
    def end_sale(self, sku: str) -> SaleSet | Refusal:
        goods, kind = goods_typed(self._snapshot, sku)
        if goods is None:
            return UnknownProduct(sku)
        return sales.end_sale(self._scope, goods, kind)

    def on_sale(self) -> Sequence[SaleSet]:
        terms = Terms("retail", self._scope.shop.currency, self._scope.now)
        found = []
        for goods in self._snapshot.goods:
            for kind in goods.kinds or (None,):
                price = price_of(goods, kind, terms)
                if price.why is Why.SALE:
                    name = goods.label_of(kind)
                    found.append(SaleSet(name, price.usual, price.each, price.until))
                    if len(found) == MOST_LISTED:
                        return found
        return found

    def promotions(self) -> Sequence[told.Promotion]:
        scope, snapshot = self._scope, self._snapshot
        counted = scope.session.execute(
            select(PromotionRow.id, PromotionRow.used).where(PromotionRow.shop_id == scope.shop.id)
        )
        used: dict[UUID, int] = {row.id: row.used for row in counted}
        return [as_told(scope, p, snapshot.names, used.get(p.id, 0)) for p in snapshot.promotions]

    @audited(answered=True)
    def pause(self, name: str, *, paused: bool) -> told.Promotion | Refusal:
        wanted = " ".join(name.split()).casefold()
        found = next((p for p in self.promotions() if p.name.casefold() == wanted), None)
        if found is None:
            return UnknownPromotion(name)
        scope = self._scope
        scope.session.execute(
            update(PromotionRow)
            .where(PromotionRow.shop_id == scope.shop.id, PromotionRow.name == found.name)
            .values(paused=paused)
        )
        values = {"name": found.name, "paused": paused, "by": self._actor.label}
        note(scope.session, FACT, values, scope.now, scope.shop.id)
        changed(scope.session, scope.shop)
        return next(p for p in self.promotions() if p.name == found.name)

    @property
    def _snapshot(self) -> Snapshot:
        return self._snapshots.of(self._scope.session, self._scope.shop)
