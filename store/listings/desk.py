"""A reseller lists a supplier's goods by phone."""

from collections.abc import Sequence
from decimal import Decimal

from sqlalchemy import select

from flows.money import Money, MoneyError
from flows.ports.listings import Listed, SupplierGoods
from flows.ports.refusals import BadAmount, BelowBase, Refusal, UnknownProduct
from store.audit.trail import audited
from store.catalogue import SNAPSHOTS
from store.goods import Goods
from store.listings.mirror import base_of, mirror, off_sale
from store.lookup.upkeep import keep_as_it_is
from store.models import ListingRow, ProductRow, ShopRow
from store.pricing import MOST
from store.scope import Scope
from store.snapshot import changed
from store.standing import taking_orders
from store.terms import Supplier, terms_of


class ShopListings:
    """Implements flows.ports.listings.ListingsPort."""

    def __init__(self, scope: Scope) -> None:
        self._scope = scope

    def suppliers(self) -> Sequence[str]:
        return [supplier.key for supplier in self._suppliers()]

    def offered(self, supplier: str, most: int) -> Sequence[SupplierGoods] | Refusal:
        found = next((s for s in self._suppliers() if s.key == supplier.casefold()), None)
        owner = self._owner(found) if found is not None else None
        if owner is None:
            return UnknownProduct(supplier)
        scope = self._scope
        listed = set(
            scope.session.scalars(
                select(ListingRow.sku).where(
                    ListingRow.shop_id == scope.shop.id, ListingRow.owner_id == owner.id
                )
            )
        )
        goods = SNAPSHOTS.of(scope.session, owner).goods
        ordered = sorted(goods, key=lambda each: each.sku in listed)[:most]
        currency = scope.shop.currency
        return [
            SupplierGoods(g.sku, g.name, Money(base_of(g, None), currency), g.sku in listed)
            for g in ordered
        ]

    @audited(answered=True)
    def put(self, sku: str, price: Decimal) -> Listed | Refusal:
        scope = self._scope
        found = self._found(sku)
        if found is None or self._is_own(found[2].sku):
            return UnknownProduct(sku)
        supplier, owner, goods = found
        try:
            wanted = Money.of(price, scope.shop.currency)
        except MoneyError:
            return BadAmount(str(price))
        if not 0 < wanted.minor <= MOST:
            return BadAmount(str(price))
        base = Money(base_of(goods, None), scope.shop.currency)
        if wanted.minor < base.minor:
            return BelowBase(base)
        # From the shop's row codes are given out; those who only refer to it need not wait.
        own = select(ShopRow.id).where(ShopRow.id == scope.shop.id)
        scope.session.execute(own.with_for_update(key_share=True))
        row = scope.session.get(ListingRow, (scope.shop.id, goods.sku))
        if row is None:
            row = ListingRow(shop_id=scope.shop.id, sku=goods.sku, markup=0, by_phone=True, seen=0)
            row.owner_id, row.supplier = owner.id, supplier.key
            scope.session.add(row)
        row.price = wanted.minor
        scope.session.flush()
        mirror(scope.session, scope.shop, owner, scope.now, only=goods.sku)
        return Listed(goods.name, wanted, base)

    @audited(answered=True)
    def take_off(self, sku: str) -> str | Refusal:
        scope = self._scope
        row = scope.session.scalar(
            select(ListingRow)
            .where(ListingRow.shop_id == scope.shop.id, ListingRow.sku == sku)
            .with_for_update()
        )
        if row is None:
            return UnknownProduct(sku)
        name = SNAPSHOTS.of(scope.session, scope.shop).names.get(sku, sku)
        scope.session.delete(row)
        off_sale(scope.session, scope.shop, sku)
        changed(scope.session, scope.shop)
        keep_as_it_is(scope.session, scope.shop)
        return name

    def _suppliers(self) -> Sequence[Supplier]:
        return [each for each in terms_of(self._scope.shop).suppliers if each.shop is not None]

    def _owner(self, supplier: Supplier) -> ShopRow | None:
        """Another shop of the same currency that takes orders."""
        shop, now = self._scope.shop, self._scope.now
        return self._scope.session.scalar(
            select(ShopRow).where(
                ShopRow.slug == supplier.shop,
                ShopRow.id != shop.id,
                ShopRow.currency == shop.currency,
                taking_orders(now),
            )
        )

    def _found(self, sku: str) -> tuple[Supplier, ShopRow, Goods] | None:
        """By sku, in any case: sellers type on small phones."""
        typed = sku.casefold()
        for supplier in self._suppliers():
            owner = self._owner(supplier)
            goods = SNAPSHOTS.of(self._scope.session, owner).goods if owner is not None else ()
            match = next((each for each in goods if each.sku.casefold() == typed), None)
            if owner is not None and match is not None:
                return supplier, owner, match
        return None

    def _is_own(self, sku: str) -> bool:
        """The shop has something else under this sku."""
        scope = self._scope
        product = select(ProductRow.id).where(
            ProductRow.shop_id == scope.shop.id, ProductRow.sku == sku, ProductRow.active
        )
        listed = scope.session.get(ListingRow, (scope.shop.id, sku))
        return listed is None and scope.session.scalar(product) is not None
