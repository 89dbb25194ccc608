"""Handing on the one-time code that a payer's network has sent them. It is opened only for the request,
and is in the books no more when that leaves: one that is lost on the way is asked for again."""

from dataclasses import dataclass
from uuid import UUID

import structlog

from payments.charge import Submission
from payments.errors import PaymentError
from payments.taking.opening import code_owner
from payments.taking.outcome import Case, locked_case, submitted, want_code
from payments.taking.steps import OPEN, UNKNOWN, move_attempt
from payments.taking.submitting import Errand, charge_of, shop_of
from payments.world import World
from store.scope import Scope

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class _Handing:
    errand: Errand
    code: str


def hand_on(world: World, attempt_id: UUID) -> None:
    """Hand on the code that waits; does nothing where none does."""
    shop_id = shop_of(world, attempt_id)
    if shop_id is None:
        return
    handing = world.at_shop(shop_id, lambda scope: _claim(world, scope, attempt_id))
    if handing is None:
        return
    answer: Submission | PaymentError
    try:
        answer = handing.errand.rail.submit_code(handing.errand.charge, handing.code)
    except PaymentError as error:
        answer = error
        log.warning("code without an answer", attempt=str(attempt_id), reason=error.reason)

    def write(scope: Scope) -> None:
        case = locked_case(scope, attempt_id, world.rails)
        if case is not None:
            _answered(case, answer)

    world.at_shop(shop_id, write)


def _claim(world: World, scope: Scope, attempt_id: UUID) -> _Handing | None:
    case = locked_case(scope, attempt_id, world.rails)
    if case is None or case.attempt.code is None:
        return None
    sealed, case.attempt.code, case.attempt.wants_code = case.attempt.code, None, False
    opened = world.rails.vault.unseal(sealed, code_owner(attempt_id))
    if case.attempt.status not in OPEN or case.rail is None:
        return None
    if opened is None:
        want_code(case)
        return None
    return _Handing(Errand(scope.shop.id, case.rail, charge_of(case)), opened["code"])


def _answered(case: Case, answer: Submission | PaymentError) -> None:
    """Where it did not arrive it is asked for anew; where it may have, the provider is asked."""
    if case.attempt.status not in OPEN:
        return
    if not isinstance(answer, PaymentError):
        submitted(case, answer)
    elif answer.unknown:
        move_attempt(case.scope, case.attempt, UNKNOWN, answer.reason)
    else:
        want_code(case)
