"""Asking a rail whose wallet the number is that an owner wants for the shop's money."""

from dataclasses import dataclass
from uuid import UUID

import structlog
from sqlalchemy import select

from flows.ports.payout_number import Naming, ProposedNumber
from payments.errors import PaymentError
from payments.rail import Ability, Rail
from payments.sending.holders import shortened
from payments.sending.payouts import NAME_AGAIN, NAME_TRIES
from payments.world import World
from store.models import PayoutNumberRow
from store.payout_numbers import NO_WALLET, locked_number, named
from store.scope import Scope

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class _Errand:
    rail: Rail
    phone: str


def proposal(row: PayoutNumberRow) -> ProposedNumber:
    """How far the asking is."""
    if row.next_poll_at is not None:
        naming = Naming.ASKED
    elif row.outcome == NO_WALLET:
        naming = Naming.NOBODY
    else:
        naming = Naming.NAMED if row.holder else Naming.UNNAMED
    holder = shortened(row.holder) if row.holder else None
    return ProposedNumber(str(row.id), row.phone, row.rail, naming, holder)


def name_number(world: World, number_id: UUID) -> None:
    """Ask whose it is, where nobody has; does nothing for any other."""
    shop_id = world.read(
        lambda session: session.scalar(
            select(PayoutNumberRow.shop_id).where(PayoutNumberRow.id == number_id)
        )
    )
    if shop_id is None:
        log.warning("unknown payout number", number=str(number_id))
        return
    errand = world.at_shop(shop_id, lambda scope: _claim(world, scope, number_id))
    if errand is None:
        return
    answer: str | PaymentError | None
    try:
        answer = errand.rail.holder_name(errand.phone)
    except PaymentError as error:
        answer = error
        log.warning("holder's name not read", number=str(number_id), reason=error.reason)
    world.at_shop(shop_id, lambda scope: _answered(scope, number_id, answer))


def _claim(world: World, scope: Scope, number_id: UUID) -> _Errand | None:
    """Put off by a lease, so that one process asks at a time."""
    row = _asked(scope, number_id)
    if row is None or row.next_poll_at is None or row.next_poll_at > scope.now:
        return None
    rail = world.rails.at(scope.shop, row.rail)
    if rail is None or not rail.can(Ability.HOLDER_NAME):
        _settle(scope, row)
        return None
    row.next_poll_at = scope.now + world.schedule.lease
    return _Errand(rail, row.phone)


def _answered(scope: Scope, number_id: UUID, answer: str | PaymentError | None) -> None:
    row = _asked(scope, number_id)
    if row is None:
        return
    if isinstance(answer, PaymentError):
        row.polls += 1
        if answer.permanent or row.polls >= NAME_TRIES:
            _settle(scope, row)
        else:
            row.next_poll_at = scope.now + NAME_AGAIN
    elif answer is None:
        _settle(scope, row, NO_WALLET)
    else:
        row.holder = answer[:100]
        _settle(scope, row)


def _asked(scope: Scope, number_id: UUID) -> PayoutNumberRow | None:
    row = locked_number(scope, number_id)
    return row if row is not None and row.next_poll_at is not None else None


def _settle(scope: Scope, row: PayoutNumberRow, outcome: str | None = None) -> None:
    """No more is asked about it."""
    row.next_poll_at, row.outcome = None, outcome
    named(scope, row, proposal(row))
