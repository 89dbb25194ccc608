"""Points among the deductions: they come off last, are spent with the order, and return with it."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import func, select

from flows.ports.quote import SavingKind
from flows.ports.refusals import Refusal, TooFewPoints
from store.loyalty.account import enter, entry, locked, lots, take
from store.loyalty.returning import SPEND, spent_back, spent_in_vain
from store.models import OrderRow, PointsLotRow
from store.quoting.basket import Basket
from store.quoting.deduction import Deduction
from store.scope import Scope
from store.splits import spread
from store.terms import terms_of

WHOLESALE = "wholesale"
WHOLE = 10_000


class PointsDeducts:
    """Implements store.quoting.deduction.Deducts for what the cart's customer wants to spend. The
    reference of such a deduction is the number of points."""

    def of(self, scope: Scope, basket: Basket) -> Sequence[Deduction]:
        """A cart that wants none costs no statement."""
        wanted = basket.cart.points if basket.cart is not None else None
        terms = terms_of(scope.shop).points if wanted else None
        if terms is None or not wanted or not basket.left:
            return ()
        if basket.customer.price_list == WHOLESALE:
            return ()
        payable = basket.left * terms.share // WHOLE // terms.worth
        points = min(wanted, spendable(scope, basket.person.id), payable)
        if points < terms.least:
            refusal = TooFewPoints(points, terms.least)
            nothing = tuple(0 for _ in basket.lines)
            return (Deduction(SavingKind.POINTS, "", "", nothing, unmet=refusal),)
        cuts = spread(points * terms.worth, [line.left for line in basket.lines])
        return (Deduction(SavingKind.POINTS, "", str(points), tuple(cuts)),)

    def claim(self, scope: Scope, order: OrderRow, deduction: Deduction) -> Refusal | None:
        """The account's row is the lock: two orders never spend the same points."""
        points = int(deduction.reference)
        account = locked(scope, order.person_id)
        among = lots(scope, order.person_id, scope.now)
        there = sum(lot.left for lot in among)
        if there < points:
            return TooFewPoints(there, points)
        enter(scope, account, SPEND, order.id, -points, take(among, points), order.id)
        return None

    def give_back(self, scope: Scope, order: OrderRow) -> None:
        """What was spent comes back, to end when it would have ended."""
        spent_back(scope, order)

    def lessen(self, scope: Scope, order: OrderRow) -> None:
        """Those that were spent on what was not there."""
        spent_back(scope, order, 0)

    def claim_again(self, scope: Scope, order: OrderRow, former: OrderRow) -> None:
        """As many as are there: points that were spent elsewhere meanwhile are the shop's loss."""
        spent = entry(scope, f"{SPEND}:{former.id}")
        if spent is None:
            return
        account = locked(scope, order.person_id)
        among = lots(scope, order.person_id, scope.now)
        wanted = -spent.points - spent_in_vain(former, -spent.points)
        points = min(wanted, sum(lot.left for lot in among))
        lacking = wanted - points
        note = f"{lacking} were spent elsewhere" if lacking else None
        parts = take(among, points)
        enter(scope, account, SPEND, order.id, -points, parts, order.id, note)


def spendable(scope: Scope, person_id: UUID) -> int:
    """Points that have not run out."""
    there = scope.session.scalar(
        select(func.coalesce(func.sum(PointsLotRow.left), 0)).where(
            PointsLotRow.shop_id == scope.shop.id,
            PointsLotRow.person_id == person_id,
            PointsLotRow.left > 0,
            PointsLotRow.expires_at > scope.now,
        )
    )
    return int(there or 0)
