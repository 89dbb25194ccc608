"""Filling the wallet that a shop keeps for a customer, by the same attempts that pay for orders."""

from uuid import UUID

from sqlalchemy import select

from flows.money import Money
from flows.ports.payments import Attempt
from flows.ports.refusals import BadAmount, NoCodeWanted, RailUnavailable, Refusal
from payments.rail import Rails
from payments.schedule import Schedule
from payments.taking.opening import Opening, ask_about, keep_code
from payments.taking.steps import OPEN
from payments.taking.views import attempt_view
from store.models import AttemptRow, PersonRow
from store.models.payments import TOP_UP
from store.scope import Scope
from store.terms import terms_of

WALLET = "wallet"


class TopUps:
    """What `person` can do about filling their own wallet at the scope's shop."""

    def __init__(
        self, scope: Scope, person: PersonRow, medium: str, rails: Rails, schedule: Schedule
    ) -> None:
        self._opening = Opening(scope, person, medium, rails, schedule)

    def open(self, amount: Money, rail: str, payer: str) -> Attempt | Refusal:
        """Ask for `amount` to put in. Refuses RailUnavailable (also where the shop keeps no wallets),
        BadAmount, OutsideLimits, PromptOpen and TooManyPrompts."""
        opening = self._opening
        shop = opening.scope.shop
        if WALLET not in terms_of(shop).rails:
            return RailUnavailable(WALLET)
        if amount.minor <= 0 or amount.currency != shop.currency:
            return BadAmount(str(amount.major))
        way = opening.rail(rail, amount, payer)
        if isinstance(way, Refusal):
            return way
        refusal = opening.refused(way, payer, amount, None)
        if refusal is not None:
            return refusal
        return attempt_view(opening.begin(way, payer, amount, None), None, way)

    def ask(self) -> Attempt | None:
        """ "I have paid": the provider is asked at once; None when nothing was ever tried."""
        attempt = self._newest()
        if attempt is None:
            return None
        ask_about(self._opening.scope, attempt)
        return self._view(attempt)

    def hand_on(self, code: str) -> Attempt | Refusal:
        """The one-time code that the payer's network sent them. Refuses NoCodeWanted."""
        opening = self._opening
        attempt = open_top_up(opening.scope, opening.person.id)
        if attempt is None:
            return NoCodeWanted()
        refusal = keep_code(opening.scope, opening.rails.vault, attempt, code)
        return refusal or self._view(attempt)

    def latest(self) -> Attempt | None:
        attempt = self._newest()
        return self._view(attempt) if attempt else None

    def _newest(self) -> AttemptRow | None:
        scope = self._opening.scope
        return scope.session.scalar(
            select(AttemptRow)
            .where(
                AttemptRow.shop_id == scope.shop.id,
                AttemptRow.person_id == self._opening.person.id,
                AttemptRow.purpose == TOP_UP,
            )
            .order_by(AttemptRow.created_at.desc())
            .limit(1)
        )

    def _view(self, attempt: AttemptRow) -> Attempt:
        scope = self._opening.scope
        return attempt_view(attempt, None, self._opening.rails.at(scope.shop, attempt.rail))


def open_top_up(scope: Scope, person_id: UUID) -> AttemptRow | None:
    """The attempt by which this person's wallet may still be filled."""
    return scope.session.scalar(
        select(AttemptRow).where(
            AttemptRow.shop_id == scope.shop.id,
            AttemptRow.person_id == person_id,
            AttemptRow.purpose == TOP_UP,
            AttemptRow.status.in_([status.value for status in OPEN]),
        )
    )
