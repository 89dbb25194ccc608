"""The number to which a shop has its money sent, as its owner's flow asks for it."""

from uuid import UUID

from flows.money import Money
from flows.ports.payments import Fit
from flows.ports.payout_number import Naming, PayoutNumber, ProposedNumber
from flows.ports.refusals import (
    CodeOver,
    NoPhone,
    NoRailFor,
    NotAllowed,
    Refusal,
    SeveralRails,
    TooManyNumbers,
)
from flows.ports.team import Part
from flows.ports.wallet import CodeSent
from payments.rail import Ability, Rail, Rails
from payments.sending.naming import proposal
from store.audit.trail import audited
from store.challenges import CAPS, NUMBER, Challenges, free_again
from store.masking import masked
from store.models import PayoutNumberRow, PersonRow, StaffRow
from store.payout_numbers import (
    LEFT,
    PROPOSED_FOR,
    end,
    held_until,
    in_force,
    lately,
    lock_numbers,
    locked_number,
    propose,
    proposed_by,
    put_in_force,
)
from store.scope import Scope

OWNER = Part.OWNER.value


class ShopPayoutNumber:
    """Implements flows.ports.payout_number.PayoutNumberPort for one member of the staff. `key` is the secret
    that codes are digested with."""

    def __init__(
        self, scope: Scope, person: PersonRow, staff: StaffRow, rails: Rails, key: bytes
    ) -> None:
        self._scope = scope
        self._person = person
        self._staff = staff
        self._rails = rails
        self._challenges = Challenges(scope, person, key, frozenset({NUMBER}))

    def current(self) -> PayoutNumber | Refusal:
        refusal = self._not_theirs()
        if refusal is not None:
            return refusal
        row, until = in_force(self._scope), held_until(self._scope)
        if row is None:
            return PayoutNumber(masked(self._person.phone or ""), None, until)
        return PayoutNumber(masked(row.phone), row.rail, until)

    @audited()
    def propose(self, phone: str, rail: str | None = None) -> ProposedNumber | Refusal:
        refusal = self._not_theirs()
        if refusal is not None:
            return refusal
        way = self._rail(phone, rail)
        if isinstance(way, Refusal):
            return way
        lock_numbers(self._scope)
        until = free_again(
            lately(self._scope, self._person, max(within for _, within in CAPS)), self._scope.now
        )
        if until is not None:
            return TooManyNumbers(until)
        self._challenges.drop()
        tells = way.can(Ability.HOLDER_NAME)
        return proposal(propose(self._scope, self._person, phone, way.name, ask=tells))

    def proposed(self) -> ProposedNumber | None:
        row = self._open()
        return proposal(row) if row is not None else None

    @audited()
    def agree(self, proposed: str) -> CodeSent | Refusal:
        refusal = self._not_theirs()
        if refusal is not None:
            return refusal
        row = self._open()
        if row is None or str(row.id) != proposed or proposal(row).naming is Naming.ASKED:
            return CodeOver()
        nothing = Money.zero(self._scope.shop.currency)
        return self._challenges.send(NUMBER, {"number": proposed}, nothing, nothing, "seller")

    @audited()
    def drop(self) -> None:
        self._challenges.drop()
        row = self._open()
        if row is not None:
            end(self._scope, row, LEFT)

    @audited(unsaid=("code",))
    def confirm(self, code: str) -> PayoutNumber | Refusal:
        if self._staff.role != OWNER:
            return NotAllowed(OWNER)
        done = self._challenges.redeem(code)
        if isinstance(done, Refusal):
            return done
        lock_numbers(self._scope)
        row = locked_number(self._scope, UUID(str(done.payload.get("number"))))
        if row is None or row.set_at is not None or row.ended_at is not None:
            # Another was named meanwhile: the code was for this one alone.
            return CodeOver()
        until = put_in_force(self._scope, row)
        return PayoutNumber(masked(row.phone), row.rail, until)

    def waiting(self) -> CodeSent | None:
        return self._challenges.waiting()

    def _not_theirs(self) -> Refusal | None:
        if self._staff.role != OWNER:
            return NotAllowed(OWNER)
        return NoPhone() if self._person.phone is None else None

    def _open(self) -> PayoutNumberRow | None:
        row = proposed_by(self._scope, self._person)
        return row if row and row.created_at > self._scope.now - PROPOSED_FOR else None

    def _rail(self, phone: str, name: str | None) -> Rail | Refusal:
        """The one that is named, else that of the number's own network, else the only one that may reach
        it."""
        found = [
            rail
            for rail in self._rails.for_shop(self._scope.shop).values()
            if rail.can(Ability.PAYOUT) and rail.fit(phone) is not Fit.NO
        ]
        if name is not None:
            found = [rail for rail in found if rail.name == name]
        own = [rail for rail in found if rail.fit(phone) is Fit.OWN]
        found = own or found
        if not found:
            return NoRailFor(phone)
        if len(found) > 1:
            return SeveralRails(phone, tuple(rail.name for rail in found))
        return found[0]
