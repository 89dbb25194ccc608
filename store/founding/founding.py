"""Opening shops, and the platform's word on them, as the flows ask for it."""

from collections.abc import Sequence

from sqlalchemy import select

from flows.ports.founding import Draft, Founded
from flows.ports.refusals import NotAllowed, Refusal
from flows.ports.shop import Standing
from store.audit.trail import audited
from store.founding.deciding import At, reject, verify
from store.founding.doors import doors_of
from store.founding.opening import OWNER, found
from store.models import PersonRow, ShopRow, StaffRow
from store.platform_terms import PlatformTerms
from store.scope import Scope
from store.standing import standing_of
from store.terms import terms_of

STAFF_ONLY = "platform-staff"


class ShopFounding:
    """Implements flows.ports.founding.FoundingPort at the platform's shop. `staff` is set for its own
    people; `at` gives the same transaction at another shop."""

    def __init__(self, scope: Scope, person: PersonRow, staff: StaffRow | None, at: At) -> None:
        self._scope = scope
        self._person = person
        self._staff = staff
        self._at = at

    def mine(self) -> Sequence[Founded]:
        rows = self._scope.session.scalars(
            select(ShopRow)
            .join(StaffRow, StaffRow.shop_id == ShopRow.id)
            .where(
                StaffRow.person_id == self._person.id,
                StaffRow.role == OWNER,
                StaffRow.active,
                ShopRow.id != self._scope.shop.id,
                ShopRow.status != Standing.CLOSED.value,
            )
            .order_by(ShopRow.created_at)
        )
        return [self._seen(shop) for shop in rows]

    def found(self, draft: Draft) -> Founded | Refusal:
        return found(self._scope, self._person, draft)

    def pending(self) -> Sequence[Founded]:
        rows = self._scope.session.scalars(
            select(ShopRow)
            .where(ShopRow.status == Standing.PENDING.value)
            .order_by(ShopRow.created_at)
        )
        return [self._seen(shop) for shop in rows] if self._staff is not None else []

    @audited(answered=True)
    def verify(self, slug: str) -> Founded | Refusal:
        if self._staff is None:
            return NotAllowed(STAFF_ONLY)
        done = verify(self._scope, self._at, slug)
        return done if isinstance(done, Refusal) else self._seen(done)

    @audited(answered=True)
    def reject(self, slug: str, reason: str) -> Founded | Refusal:
        if self._staff is None:
            return NotAllowed(STAFF_ONLY)
        done = reject(self._scope, self._at, slug, reason)
        return done if isinstance(done, Refusal) else self._seen(done)

    def _seen(self, shop: ShopRow) -> Founded:
        terms = terms_of(self._scope.shop).platform or PlatformTerms()
        standing = standing_of(shop, self._scope.now)
        return Founded(shop.slug, shop.name, standing, doors_of(self._scope, terms, shop.id))
