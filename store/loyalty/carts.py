"""One customer's points, and how many of them their open cart is to spend."""

from flows.money import Money
from flows.ports.loyalty import RunningOut, Standing
from flows.ports.refusals import Refusal, TooFewPoints
from store.cart import ShopCart
from store.days import local_date
from store.loyalty.account import lots
from store.loyalty.deducting import WHOLESALE, spendable
from store.loyalty.terms import PointsTerms
from store.models import CustomerRow, PersonRow, PointsRow
from store.scope import Scope
from store.terms import terms_of


class CartPoints:
    """Implements flows.ports.loyalty.PointsPort."""

    def __init__(
        self, scope: Scope, person: PersonRow, customer: CustomerRow, cart: ShopCart
    ) -> None:
        self._scope = scope
        self._person = person
        self._customer = customer
        self._cart = cart

    def standing(self) -> Standing | None:
        terms = self._terms
        if terms is None:
            return None
        account = self._scope.session.get(PointsRow, (self._scope.shop.id, self._person.id))
        lifetime = account.lifetime if account is not None else 0
        tier, above = terms.tier(lifetime), terms.next_tier(lifetime)
        there, running_out = self._lots()
        currency = self._scope.shop.currency
        row = self._cart.row
        return Standing(
            balance=there,
            worth=Money(there * terms.worth, currency),
            tier=tier.name,
            next_tier=above.name if above is not None else None,
            missing=above.since - lifetime if above is not None else None,
            per=Money(terms.per, currency),
            least=terms.least,
            running_out=running_out,
            wanted=row.points if row is not None else None,
        )

    def use(self, points: int | None) -> int | Refusal:
        terms = self._terms
        there = spendable(self._scope, self._person.id) if terms is not None else 0
        wanted = there if points is None else min(points, there)
        if terms is None or wanted < terms.least:
            return TooFewPoints(wanted, terms.least if terms is not None else 1)
        self._cart.keep_points(wanted)
        return wanted

    def keep(self) -> bool:
        row = self._cart.row
        if row is None or row.points is None:
            return False
        self._cart.keep_points(None)
        return True

    @property
    def _terms(self) -> PointsTerms | None:
        """None for those who buy at wholesale prices."""
        retail = self._customer.price_list != WHOLESALE
        return terms_of(self._scope.shop).points if retail else None

    def _lots(self) -> tuple[int, RunningOut | None]:
        """How many can be spent, and those that end on the first day on which any do."""
        found = lots(self._scope, self._person.id, self._scope.now)
        if not found:
            return 0, None
        day = local_date(self._scope, found[0].expires_at)
        first = [lot for lot in found if local_date(self._scope, lot.expires_at) == day]
        ending = RunningOut(sum(lot.left for lot in first), first[0].expires_at)
        return sum(lot.left for lot in found), ending
