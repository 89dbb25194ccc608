"""The beginning of every attempt, whatever its money is for: by which rail, whether a prompt may go, and
the row that is committed before anything leaves."""

from dataclasses import dataclass
from uuid import UUID

from flows.money import Money
from flows.ports.payments import AttemptStatus, Fit, Way
from flows.ports.refusals import (
    NoCodeWanted,
    OutsideLimits,
    PromptOpen,
    RailUnavailable,
    Refusal,
    TooManyPrompts,
)
from payments.charge import Limits
from payments.rail import Rail, Rails
from payments.risk.judging import Asked, judge
from payments.schedule import Schedule
from payments.taking.caps import serialise, standing
from payments.taking.steps import EXPIRED, OPEN, write_history
from store.models import AttemptRow, OrderRow, PersonRow
from store.models.payments import ORDER, TOP_UP
from store.scope import Scope
from store.sealing import NoKeyError, Vault

# A rail behind which somebody can be asked for money.
ASKED_BY = frozenset({Way.PROMPT, Way.LINK})


@dataclass(frozen=True, slots=True)
class Opening:
    """`person` pays at the scope's shop, and speaks by `medium`: "whatsapp", "sms" or "ussd"."""

    scope: Scope
    person: PersonRow
    medium: str
    rails: Rails
    schedule: Schedule

    def rail(self, name: str, amount: Money, payer: str) -> Rail | Refusal:
        """The rail, if it takes so much from this number."""
        rail = self.rails.for_shop(self.scope.shop).get(name)
        if rail is None or rail.way not in ASKED_BY:
            return RailUnavailable(name)
        if rail.way is Way.PROMPT and rail.fit(payer) is Fit.NO:
            return RailUnavailable(name)
        return outside(rail, amount) or rail

    def refused(
        self, rail: Rail, payer: str, amount: Money, order: OrderRow | None
    ) -> Refusal | None:
        """Why no prompt may go now. Whoever fills their wallet (`order` None) waits for an order's prompt,
        and the other way round: else both would take money that was meant once."""
        scope = self.scope
        serialise(scope.session, self.person, payer)
        stands = standing(scope, self.person, payer, TOP_UP if order is None else ORDER)
        if stands.open is not None:
            return stands.open
        if stands.until:
            return TooManyPrompts(payer, stands.until)
        asked = payer if rail.way is Way.PROMPT else ""
        return judge(scope, Asked(self.person, rail.name, asked, amount, stands.lately, order))

    def begin(self, rail: Rail, payer: str, amount: Money, order_id: UUID | None) -> AttemptRow:
        """Written, and to be woken after the commit."""
        scope, schedule = self.scope, self.schedule
        submit_after = schedule.submit_after(self.medium, scope.now)
        attempt = AttemptRow(
            shop_id=scope.shop.id,
            order_id=order_id,
            person_id=self.person.id,
            purpose=ORDER if order_id else TOP_UP,
            rail=rail.name,
            payer=payer if rail.way is Way.PROMPT else "",
            amount=amount.minor,
            currency=amount.currency,
            status=AttemptStatus.CREATED.value,
            medium=self.medium,
            submit_after=submit_after,
            expires_at=submit_after + schedule.window_of(rail),
            created_at=scope.now,
        )
        scope.session.add(attempt)
        scope.session.flush()
        write_history(scope, attempt.id, None, attempt.status, None)
        scope.woken.attempts.add(attempt.id)
        return attempt


def outside(rail: Rail, amount: Money) -> OutsideLimits | None:
    """What the rail takes instead of this amount; None where it takes it."""
    limits = rail.limits(amount.currency)
    return None if limits.allow(amount.minor) else _said(rail.name, limits, amount.currency)


def _said(rail: str, limits: Limits, currency: str) -> OutsideLimits:
    most = None if limits.most is None else Money(limits.most, currency)
    return OutsideLimits(
        rail, Money(limits.least, currency), most, Money(limits.multiple, currency)
    )


def ask_about(scope: Scope, attempt: AttemptRow) -> None:
    """ "I have paid": also of an attempt that has expired, whose money may have come late. One that
    failed, succeeded or is in review is only told."""
    if attempt.status not in {*OPEN, EXPIRED}:
        return
    attempt.asked_at = scope.now
    if attempt.submitted_at is not None:
        attempt.next_poll_at = scope.now
        scope.woken.asked.add(attempt.id)


def keep_code(scope: Scope, vault: Vault, attempt: AttemptRow, code: str) -> Refusal | None:
    """The one-time code for this attempt, sealed until a job has handed it on."""
    if attempt.status not in OPEN or not attempt.wants_code or attempt.submitted_at is None:
        return NoCodeWanted()
    try:
        attempt.code = vault.seal({"code": code}, code_owner(attempt.id))
    except NoKeyError:
        return RailUnavailable(attempt.rail)
    scope.woken.codes.add(attempt.id)
    return None


def code_owner(attempt_id: UUID) -> str:
    """For whom the vault seals it."""
    return f"attempt {attempt_id}"


def prompt_open(attempt: AttemptRow) -> PromptOpen:
    """Money that is being looked at has no end by the clock."""
    still_asked = attempt.status in OPEN
    return PromptOpen(attempt.payer, attempt.expires_at if still_asked else None)
