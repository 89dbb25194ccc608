"""A customer's haggling at one shop. The floor is known here, and goes nowhere else."""

from dataclasses import dataclass
from uuid import UUID

from flows.haggling import Agreed, Counter, haggle, ladder
from flows.money import Money
from flows.ports.bargains import Bargain, Countered, Struck
from flows.ports.refusals import (
    DealDone,
    NeedsVariant,
    NotBargained,
    Refusal,
    SoldOut,
    UnknownProduct,
)
from store.agreements import agreement
from store.bargain_days import begin, find
from store.cart import ShopCart
from store.catalogue import ShopCatalogue
from store.goods import Goods, Kind
from store.models import BargainRow
from store.scope import Scope
from store.terms import terms_of


@dataclass(frozen=True, slots=True)
class Ware:
    """What is haggled about: its list price for this customer, and the least that it goes for."""

    sku: str
    name: str
    listed: Money
    floor: int

    def answer(self, row: BargainRow, offer: int | None) -> Agreed | Counter | None:
        """What the rule says after what was said before; None: nothing lower any more."""
        before = (row.counter,) * row.counters if row.counter is not None else ()
        said = haggle(self.listed.minor, self.floor, before, offer, self.listed.currency)
        return said if isinstance(said, Agreed | Counter) else None


class ShopBargains:
    """Implements flows.ports.bargains.BargainPort. The conversation's lock keeps a person's talk about a
    price to one turn, and the table's unique key keeps it to one a day."""

    def __init__(
        self, scope: Scope, person_id: UUID, catalogue: ShopCatalogue, cart: ShopCart
    ) -> None:
        self._scope = scope
        self._person_id = person_id
        self._catalogue = catalogue
        self._cart = cart

    @property
    def anything(self) -> bool:
        return any(self.about(goods.sku) for goods in self._catalogue.snapshot.goods)

    def about(self, sku: str) -> bool:
        goods, kind = self._catalogue.snapshot.by_sku.get(sku, (None, None))
        if goods is None:
            return False
        kinds = (kind,) if kind is not None else goods.kinds or (None,)
        return any(self._room(goods, each) is not None for each in kinds)

    def haggle(self, sku: str, offer: Money | None) -> Bargain | Refusal:
        ware = self._ware(sku)
        if isinstance(ware, Refusal):
            return ware
        return self._agreed(ware) or self._answer(ware, offer)

    def standing(self, sku: str) -> Bargain | Refusal | None:
        ware = self._ware(sku)
        if isinstance(ware, Refusal):
            return ware
        return self._agreed(ware) or self._stands(ware, find(self._scope, self._person_id, sku))

    def take(self, sku: str) -> Bargain | Refusal:
        ware = self._ware(sku)
        if isinstance(ware, Refusal):
            return ware
        if (agreed := self._agreed(ware)) is not None:
            return agreed
        row = find(self._scope, self._person_id, sku)
        stands = self._stands(ware, row)
        if row is not None and isinstance(stands, Countered):
            return self._strike(ware, row, stands.price.minor)
        return stands or self._answer(ware, None)

    def _room(self, goods: Goods, kind: Kind | None) -> int | None:
        """The floor, where there is room above it for a counter-offer to this customer."""
        listed = self._catalogue.price(goods, kind).each
        floor = goods.floor_of(kind, terms_of(self._scope.shop).bargain)
        if floor is None or not ladder(listed.minor, floor, listed.currency):
            return None
        return floor

    def _ware(self, sku: str) -> Ware | Refusal:
        goods, kind = self._catalogue.snapshot.by_sku.get(sku, (None, None))
        if goods is None:
            return UnknownProduct(sku)
        if kind is None and goods.kinds:
            return NeedsVariant(sku, goods.name)
        listed, name = self._catalogue.price(goods, kind).each, goods.label_of(kind)
        floor = self._room(goods, kind)
        if floor is None:
            return NotBargained(name, listed)
        left = self._catalogue.free([sku])[sku]
        return SoldOut(name) if left is not None and left <= 0 else Ware(sku, name, listed, floor)

    def _agreed(self, ware: Ware) -> Struck | None:
        """What is agreed for the open cart, unless the list price is no more than that by now."""
        found = agreement(self._cart.row, ware.sku)
        if found is None or self._scope.now >= found[1] or found[0] >= ware.listed.minor:
            return None
        return self._struck(ware, Money(found[0], ware.listed.currency), anew=False)

    def _answer(self, ware: Ware, offer: Money | None) -> Bargain | Refusal:
        """What this person is answered, which is kept."""
        row = begin(self._scope, self._person_id, ware.sku, ware.listed.minor)
        over = _over(ware, row)
        if over is not None:
            return over
        # Whoever goes on naming prices would find the floor by trying.
        weighed = offer is not None and row.offers < self._scope.rules.most_offers
        row.offers += 1 if offer is not None else 0
        said = ware.answer(row, offer.minor if offer is not None and weighed else None)
        if isinstance(said, Agreed):
            return self._strike(ware, row, said.price)
        opened = row.counter is None
        if said is not None:
            row.counters, row.counter = row.counters + 1, said.price
        return _countered(ware, row, last=said is None or said.last, opened=opened)

    def _stands(self, ware: Ware, row: BargainRow | None) -> Bargain | Refusal | None:
        """What was countered last; None where nothing was, or it is no less than the price by now."""
        if row is None:
            return None
        if (over := _over(ware, row)) is not None:
            return over
        if row.counter is None or row.counter >= ware.listed.minor:
            return None
        return _countered(ware, row, last=ware.answer(row, None) is None)

    def _strike(self, ware: Ware, row: BargainRow, price: int) -> Struck:
        until = self._scope.now + self._scope.rules.agreed_price_kept
        cart = self._cart.agree(ware.sku, price, until)
        # The cart may be new, and this row names it.
        self._scope.session.flush()
        row.agreed, row.cart_id, row.expires_at = price, cart.id, until
        return self._struck(ware, Money(price, ware.listed.currency), anew=True)

    def _struck(self, ware: Ware, price: Money, *, anew: bool) -> Struck:
        _, until = agreement(self._cart.row, ware.sku) or (0, self._scope.now)
        in_cart = self._cart.count(ware.sku)
        return Struck(ware.sku, ware.name, ware.listed, price, until, in_cart, anew)


def _over(ware: Ware, row: BargainRow) -> Refusal | None:
    """Why nothing more is said today: agreed already, or the seller's floor has moved past what was
    countered."""
    if row.agreed is not None:
        return DealDone(ware.name, ware.listed)
    if row.counter is not None and row.counter < ware.floor:
        return NotBargained(ware.name, ware.listed)
    return None


def _countered(ware: Ware, row: BargainRow, *, last: bool, opened: bool = False) -> Countered:
    price = Money(row.counter or ware.listed.minor, ware.listed.currency)
    return Countered(ware.sku, ware.name, ware.listed, price, last, opened)
