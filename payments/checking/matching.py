"""Asking once more about an attempt that has ended, and comparing: with tolerance 0."""

from uuid import UUID

import structlog
from sqlalchemy import func, select

from flows.happenings import PaymentMismatch, PaymentReversed
from flows.money import Money
from flows.ports.orders import Order
from payments.charge import RailStatus
from payments.checking.reviews import MISMATCH, REVERSED, hold
from payments.errors import PaymentError
from payments.rail import Rail
from payments.taking.outcome import Case, locked_case, money_came
from payments.taking.steps import EXPIRED, FAILED, SUCCEEDED
from payments.taking.subjects import ForOrder
from payments.world import World
from store.models import AttemptRow, RefundRow
from store.models.payments import TO_RAIL
from store.orders.views import view
from store.scope import Scope

log = structlog.get_logger(__name__)

MATCHED, DIFFERS, UNANSWERED, NOT_ASKED = "matched", "differs", "unanswered", "not-asked"


def match(world: World, attempt_id: UUID) -> str:
    """Ask about one that has ended, and compare. It is MATCHED, or DIFFERS and has its consequences, once;
    UNANSWERED is asked again."""
    shop_id = world.read(
        lambda session: session.scalar(
            select(AttemptRow.shop_id).where(AttemptRow.id == attempt_id)
        )
    )
    if shop_id is None:
        return NOT_ASKED
    found = world.at_shop(shop_id, lambda scope: _rail(scope, world, attempt_id))
    if found is None:
        return NOT_ASKED
    rail, provider_id = found
    try:
        answer = rail.status_of(attempt_id, provider_id)
    except PaymentError as error:
        log.info("not reconciled yet", attempt=str(attempt_id), reason=error.reason)
        return UNANSWERED
    return world.at_shop(shop_id, lambda scope: _compare(scope, world, attempt_id, answer))


def _rail(scope: Scope, world: World, attempt_id: UUID) -> tuple[Rail, str | None] | None:
    """The rail that it went through, and what the provider calls it."""
    attempt = scope.session.get(AttemptRow, attempt_id)
    rail = world.rails.at(scope.shop, attempt.rail) if attempt else None
    return (rail, attempt.provider_id) if attempt and rail else None


def _compare(scope: Scope, world: World, attempt_id: UUID, answer: RailStatus) -> str:
    case = locked_case(scope, attempt_id, world.rails)
    if case is None or case.attempt.reconciled_at is not None:
        return NOT_ASKED
    compare = _TABLE.get(case.attempt.status)
    if compare is None:
        return NOT_ASKED
    found = compare(case, answer)
    if found != UNANSWERED:
        case.attempt.reconciled_at = scope.now
    return found


def _succeeded_once_more(case: Case, answer: RailStatus) -> str:
    attempt = case.attempt
    if answer.reversed and _given_back(case):
        return MATCHED
    if answer.reversed or answer.state in (FAILED, EXPIRED, None):
        told = "reversed" if answer.reversed else answer.code or str(answer.state or "not known")
        if hold(case.scope, attempt, REVERSED, None, told):
            _tell_reversed(case)
        return DIFFERS
    if answer.state is not SUCCEEDED:
        return UNANSWERED
    # Where other money came than was asked for, a person has looked at it.
    amount = Money(attempt.amount, attempt.currency)
    other = attempt.got is None and answer.moved(amount) != amount
    if not other and not _another(attempt, answer):
        return MATCHED
    if hold(case.scope, attempt, MISMATCH, answer.amount, answer.got or "another payment"):
        case.scope.tell(PaymentMismatch(_order(case), case.seen()))
    return DIFFERS


def _given_back(case: Case) -> bool:
    """Whether all of it was sent back by ourselves: some providers call that reversed too."""
    sent = case.scope.session.scalar(
        select(func.coalesce(func.sum(RefundRow.amount), 0)).where(
            RefundRow.shop_id == case.attempt.shop_id,
            RefundRow.attempt_id == case.attempt.id,
            RefundRow.to == TO_RAIL,
            RefundRow.submitted_at.is_not(None),
        )
    )
    return int(sent or 0) >= case.attempt.amount


def _another(attempt: AttemptRow, answer: RailStatus) -> bool:
    """Another payment of the provider's, or of another payer, as far as it says so."""
    ids = (attempt.provider_id, answer.provider_id)
    if all(ids) and ids[0] != ids[1]:
        return True
    return bool(attempt.payer and answer.payer and attempt.payer != answer.payer)


def _failed_once_more(case: Case, answer: RailStatus) -> str:
    """Money that came although it was said to have failed is late money. What was given back after a
    review is no news."""
    if answer.reversed or answer.state in (FAILED, EXPIRED, None) or case.attempt.got is not None:
        return MATCHED
    if answer.state is not SUCCEEDED:
        return UNANSWERED
    money_came(case, answer)
    return DIFFERS


def _tell_reversed(case: Case) -> None:
    person = str(case.attempt.person_id)
    case.scope.tell(PaymentReversed(person, _order(case), case.seen()))


def _order(case: Case) -> Order | None:
    return view(case.subject.order) if isinstance(case.subject, ForOrder) else None


_TABLE = {SUCCEEDED.value: _succeeded_once_more, FAILED.value: _failed_once_more}
