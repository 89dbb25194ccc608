"""The customer's open cart, checked against the catalogue and the shelf at every change."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import InstrumentedAttribute, joinedload

from flows.money import Money
from flows.ports.cart import Cart, CartChange, CartLine, Gone, Lapsed, Reduced, Repriced
from flows.ports.prices import Price, Why
from flows.ports.refusals import (
    BadAmount,
    NeedsVariant,
    NotInCart,
    OnlyLeft,
    Refusal,
    SoldOut,
    TooFew,
    TooMany,
    UnknownProduct,
)
from store.agreements import agree, agreed_price, drop_lapsed
from store.catalogue import ShopCatalogue
from store.goods import Goods, Kind
from store.ids import new_id
from store.listings.listed import withheld
from store.models import CartLineRow, CartRow
from store.promotions.promotion import Promotion
from store.scope import Scope
from store.terms import terms_of


def open_cart_of(
    shop_id: UUID | InstrumentedAttribute[UUID], person_id: UUID | InstrumentedAttribute[UUID]
) -> tuple[ColumnElement[bool], ...]:
    """What holds for a person's one open cart at a shop: by their keys, or columns that hold them."""
    return (
        CartRow.shop_id == shop_id,
        CartRow.person_id == person_id,
        CartRow.status == "open",
    )


class ShopCart:
    """Implements flows.ports.cart.CartPort. The conversation's lock keeps a cart to one turn."""

    def __init__(self, scope: Scope, person_id: UUID, catalogue: ShopCatalogue) -> None:
        self._scope = scope
        self._person_id = person_id
        self._catalogue = catalogue
        self._row: CartRow | None = None
        self._looked = self._refreshed = False

    def found(self, row: CartRow | None) -> None:
        """The open cart with its lines, where it was read together with something else."""
        self._row, self._looked = row, True

    def read(self, *, refresh: bool = False) -> Cart:
        changes = self._refresh() if refresh else ()
        by_sku = self._catalogue.snapshot.by_sku
        lines = tuple(self._line(row) for row in self._lines() if row.sku in by_sku)
        subtotal = sum((line.total for line in lines), Money.zero(self._scope.shop.currency))
        return Cart(lines, subtotal, tuple(changes))

    def add(self, sku: str, quantity: int) -> CartLine | Refusal:
        if quantity < 1:
            return BadAmount(str(quantity))
        present = self._find(sku)
        return self._put(sku, (present.quantity if present else 0) + quantity)

    def set(self, sku: str, quantity: int) -> CartLine | Refusal | None:
        if quantity < 0:
            return BadAmount(str(quantity))
        meant = self._meant(sku)
        if isinstance(meant, Refusal):
            return meant
        if quantity == 0:
            self._remove(self._find(meant))
            return None
        return self._put(meant, quantity)

    def take(self, sku: str, quantity: int | None = None) -> CartLine | Refusal | None:
        if quantity is not None and quantity < 1:
            return BadAmount(str(quantity))
        meant = self._meant(sku)
        if isinstance(meant, Refusal):
            return meant
        present = self._find(meant)
        if present is None:
            return NotInCart(self._catalogue.snapshot.names.get(sku, sku))
        if quantity is None or quantity >= present.quantity:
            self._remove(present)
            return None
        goods, kind = self.ware(meant)
        rest = present.quantity - quantity
        if goods is not None:
            if rest < goods.minimum <= present.quantity:
                return TooFew(goods.label_of(kind), goods.minimum)
            present.unit_price = self._price(goods, kind, rest).each.minor
        present.quantity = rest
        self._touch()
        return self._line(present)

    def clear(self) -> None:
        for row in list(self._lines()):
            self._remove(row)

    def agreed_price(self, sku: str) -> Money | None:
        goods, kind = self._catalogue.snapshot.by_sku.get(sku, (None, None))
        if goods is None:
            return None
        price = self._price(goods, kind, 1)
        return price.each if price.why is Why.AGREED else None

    def count(self, sku: str) -> int:
        """How many of it are in there."""
        row = self._find(sku)
        return row.quantity if row else 0

    def agree(self, sku: str, price: int, until: datetime) -> CartRow:
        """A price for one piece of `sku` in this cart, which is opened where there is none. A line that
        is there gets it at once."""
        cart = self._opened()
        agree(cart, sku, price, until)
        row = self._find(sku)
        if row is not None:
            row.unit_price = min(row.unit_price, price)
        self._touch()
        return cart

    def keep_coupon(self, code: str | None) -> None:
        """The code that the customer wants to use, in this cart until it is ordered; None: no longer."""
        self._opened().coupon = code
        self._touch()

    def keep_points(self, points: int | None) -> None:
        """How many points the customer wants to spend at most; None: none."""
        self._opened().points = points
        self._touch()

    def ware(self, sku: str) -> tuple[Goods | None, Kind | None]:
        """What the catalogue knows of something in it."""
        return self._catalogue.snapshot.by_sku.get(sku, (None, None))

    @property
    def promotions(self) -> tuple[Promotion, ...]:
        """All of the shop's."""
        return self._catalogue.snapshot.promotions

    @property
    def row(self) -> CartRow | None:
        """The open cart as the books have it."""
        return self._open()

    def checking_out(self) -> None:
        """Its owner is reminded of it when the order is not finished; once, however often they begin."""
        cart = self._open()
        if cart is not None and cart.reminded_at is None:
            cart.remind_at = self._scope.now + self._scope.rules.cart_reminder

    def ordered(self) -> None:
        """It has become an order; the next change opens a new one."""
        cart = self._open()
        if cart is not None:
            cart.status = "ordered"
            cart.updated_at = self._scope.now
        self._row = None

    def outrun(self) -> None:
        """Others were quicker than the last look: the next one reads again."""
        self._refreshed = False

    def _open(self) -> CartRow | None:
        if not self._looked:
            found = self._scope.session.scalars(
                select(CartRow)
                .where(*open_cart_of(self._scope.shop.id, self._person_id))
                .options(joinedload(CartRow.lines))
            )
            self.found(found.unique().one_or_none())
        return self._row

    def _lines(self) -> Sequence[CartLineRow]:
        cart = self._open()
        return cart.lines if cart else ()

    def _find(self, sku: str) -> CartLineRow | None:
        return next((row for row in self._lines() if row.sku == sku), None)

    def _meant(self, sku: str) -> str | Refusal:
        """A product named without its variant means the only variant of it that is in the cart."""
        goods, kind = self._catalogue.snapshot.by_sku.get(sku, (None, None))
        if goods is None or kind is not None or not goods.kinds:
            return sku
        present = [k.sku for k in goods.kinds if self._find(k.sku)]
        return present[0] if len(present) == 1 else NeedsVariant(sku, goods.name)

    def _put(self, sku: str, quantity: int) -> CartLine | Refusal:
        """Make the line exactly `quantity` if that many may be had."""
        goods, kind = self._catalogue.snapshot.by_sku.get(sku, (None, None))
        if goods is None:
            return UnknownProduct(sku)
        if kind is None and goods.kinds:
            return NeedsVariant(sku, goods.name)
        refusal = self._check(goods, kind, quantity)
        if refusal is not None:
            return refusal
        price = self._price(goods, kind, quantity).each.minor
        row = self._find(sku)
        if row is None:
            lines = self._opened().lines
            position = max((line.position for line in lines), default=0) + 1
            row = CartLineRow(sku=sku, quantity=quantity, unit_price=price, position=position)
            lines.append(row)
        row.quantity, row.unit_price = quantity, price
        self._touch()
        return self._line(row)

    def _price(self, goods: Goods, kind: Kind | None, quantity: int) -> Price:
        """What each of so many costs this customer in this cart."""
        agreed = agreed_price(self._open(), (kind or goods).sku, self._scope.now)
        return self._catalogue.price(goods, kind, quantity, agreed)

    def _check(self, goods: Goods, kind: Kind | None, quantity: int) -> Refusal | None:
        sku, name = (kind or goods).sku, goods.label_of(kind)
        most = terms_of(self._scope.shop).most_of_one or self._scope.rules.most_of_one
        left = self._catalogue.free([sku])[sku]
        if left is not None and left <= 0:
            return SoldOut(name)
        if quantity > most:
            return TooMany(name, most)
        if quantity < goods.minimum and (left is None or quantity < left):
            # The last few are sold to whoever wants them.
            return TooFew(name, goods.minimum)
        if left is not None and quantity > left:
            return OnlyLeft(name, left, sku)
        return None

    def _opened(self) -> CartRow:
        cart = self._open()
        if cart is None:
            cart = CartRow(
                id=new_id(),
                shop_id=self._scope.shop.id,
                person_id=self._person_id,
                status="open",
                agreed={},
                updated_at=self._scope.now,
                lines=[],
            )
            self._scope.session.add(cart)
            self._row = cart
        return cart

    def _touch(self) -> None:
        if self._row is not None:
            self._row.updated_at = self._scope.now

    def _remove(self, row: CartLineRow | None) -> None:
        cart = self._open()
        if row is not None and cart is not None:
            cart.lines.remove(row)
            self._touch()

    def _line(self, row: CartLineRow) -> CartLine:
        currency = self._scope.shop.currency
        goods, kind = self.ware(row.sku)
        return CartLine(
            sku=row.sku,
            name=self._catalogue.snapshot.names.get(row.sku, row.sku),
            quantity=row.quantity,
            unit_price=Money(row.unit_price, currency),
            total=Money(row.unit_price * row.quantity, currency),
            terms=self._price(goods, kind, row.quantity) if goods is not None else None,
        )

    def _refresh(self) -> Sequence[CartChange]:
        """Read prices and stock again and mend every line that no longer holds. Once in a turn: the
        order's own locks decide what happens between two looks."""
        if self._refreshed:
            return ()
        self._refreshed = True
        rows = list(self._lines())
        free = self._catalogue.free([row.sku for row in rows], again=True)
        lapsed = drop_lapsed(self._row, self._scope.now) if self._row is not None else set()
        gone = withheld(self._scope, filter(None, map(self._supplied, rows)))
        changes: list[CartChange] = []
        for row in rows:
            left = 0 if self._supplied(row) in gone else free[row.sku]
            changes.extend(self._mend(row, left, lapsed=row.sku in lapsed))
        return changes

    def _supplied(self, row: CartLineRow) -> str | None:
        """The product of a line that is a supplier's."""
        goods, _ = self.ware(row.sku)
        return goods.sku if goods is not None and goods.supplier is not None else None

    def _mend(self, row: CartLineRow, left: int | None, *, lapsed: bool) -> Sequence[CartChange]:
        snapshot = self._catalogue.snapshot
        name = snapshot.names.get(row.sku, row.sku)
        goods, kind = snapshot.by_sku.get(row.sku, (None, None))
        orphan = goods is None or (kind is None and bool(goods.kinds))
        if goods is None or orphan or (left is not None and left <= 0):
            self._remove(row)
            return [Gone(name, row.sku, row.quantity)]
        changes: list[CartChange] = []
        if left is not None and row.quantity > left:
            changes.append(Reduced(name, left, row.sku, row.quantity - left))
            row.quantity = left
        price = self._price(goods, kind, row.quantity).each
        if price.minor != row.unit_price:
            dearer = Lapsed if lapsed and price.minor > row.unit_price else Repriced
            changes.append(dearer(name, Money(row.unit_price, price.currency), price))
            row.unit_price = price.minor
        if changes:
            self._touch()
        return changes
