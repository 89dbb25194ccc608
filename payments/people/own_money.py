"""Money of which a person may say that it be sent to their own phone: a customer's wallet, a seller's
takings, a rider's earnings."""

from dataclasses import dataclass

from flows.money import Money
from flows.ports.payments import Fit
from flows.ports.refusals import (
    CodeOver,
    NoPhone,
    NotEnough,
    OutsideLimits,
    RailUnavailable,
    Refusal,
)
from flows.ports.wallet import CodeSent, Payout
from payments.rail import Ability, Rail, Rails
from store.challenges import Challenge, Challenges
from store.ledger import Account
from store.models import PersonRow
from store.models.base import Json
from store.payouts import begin, terms, view
from store.postings import spendable
from store.scope import Scope


@dataclass(frozen=True, slots=True)
class Payee:
    """Another number than the person's own, and the rail that reaches it."""

    phone: str
    rail: str


@dataclass(frozen=True, slots=True)
class OwnMoney:
    """`account` is the person's at the scope's shop. `purpose` is what its codes are for, `role` how the
    person is spoken to, `expected` the name that the wallet should be in (None: any). Money goes to the
    person's own phone, or to `payee`."""

    scope: Scope
    person: PersonRow
    rails: Rails
    challenges: Challenges
    account: Account
    purpose: str
    role: str
    expected: str | None = None
    payee: Payee | None = None

    @property
    def there(self) -> Money:
        """What could be sent, fees included."""
        return spendable(self.scope, self.account, self.scope.shop.currency)

    def ask(self, amount: Money | None, rail: str | None = None) -> CodeSent | Refusal:
        """Send the code for `amount` (None: all) to be paid out. It goes to the person's own phone whoever
        gets the money. Refuses NoPhone, RailUnavailable, NotEnough, OutsideLimits, TooManyCodes."""
        if self.person.phone is None:
            return NoPhone()
        if self.payee is not None:
            rail = self.payee.rail
        way = self._rail(self._to or "", rail)
        if way is None:
            return RailUnavailable(rail or "")
        there = self.there
        if amount is None:
            amount = self._most(way, there)
        refusal = self._outside(way, amount)
        if refusal is not None and there < refusal.least:
            return NotEnough(there, refusal.least)
        if refusal is not None:
            return refusal
        fee = terms(self.scope).fee(amount)
        if amount + fee > there:
            return NotEnough(there, amount + fee)
        payload: dict[str, Json] = {"rail": way.name}
        if self.payee is not None:
            payload["payee"] = self.payee.phone
        return self.challenges.send(self.purpose, payload, amount, fee, self.role)

    def begin(self, challenge: Challenge) -> Payout | Refusal:
        """The code came back: set the money aside, to be sent after the commit. Refuses NotEnough,
        RailUnavailable, and CodeOver where the money would go to another number than was said."""
        name, phone = str(challenge.payload.get("rail")), self._to
        if challenge.payload.get("payee") != (self.payee.phone if self.payee else None):
            return CodeOver()
        if phone is None or self._rail(phone, name) is None:
            return RailUnavailable(name)
        begun = begin(
            self.scope,
            self.account,
            self.person,
            phone=phone,
            rail=name,
            amount=challenge.amount,
            fee=challenge.fee,
            expected=self.expected,
        )
        return begun if isinstance(begun, NotEnough) else view(begun)

    @property
    def _to(self) -> str | None:
        return self.payee.phone if self.payee is not None else self.person.phone

    def _rail(self, phone: str, name: str | None) -> Rail | None:
        """The one that is named, else that of the phone's own network, else any that may reach it."""
        found = [
            rail
            for rail in self.rails.for_shop(self.scope.shop).values()
            if rail.can(Ability.PAYOUT) and rail.fit(phone) is not Fit.NO
        ]
        if name is not None:
            return next((rail for rail in found if rail.name == name), None)
        found.sort(key=lambda rail: rail.fit(phone) is not Fit.OWN)
        return found[0] if found else None

    def _most(self, rail: Rail, there: Money) -> Money:
        """All of it, as far as the rail takes it at once."""
        limits = rail.limits(there.currency)
        most = terms(self.scope).most(there).minor
        if limits.most is not None:
            most = min(most, limits.most)
        return Money(max(most - most % limits.multiple, 0), there.currency)

    def _outside(self, rail: Rail, amount: Money) -> OutsideLimits | None:
        limits, currency = rail.limits(amount.currency), amount.currency
        own = Money.of(terms(self.scope).least, currency)
        least = max(Money(limits.least, currency), own)
        if limits.allow(amount.minor) and amount >= least:
            return None
        most = Money(limits.most, currency) if limits.most is not None else None
        return OutsideLimits(rail.name, least, most, Money(limits.multiple, currency))
