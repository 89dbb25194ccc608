"""Sending money to somebody's own phone, with the same care as taking it: the row is committed before
the request leaves, and after a doubt the same reference is asked about."""

from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

import structlog
from sqlalchemy import select

from flows.money import Money
from payments.charge import PayoutRequest, RailStatus, Submission
from payments.errors import PaymentError
from payments.rail import Ability, Rail
from payments.sending.holders import alike
from payments.sending.payout_outcome import answered, submitted
from payments.sending.payout_steps import (
    APPROVAL,
    CREATED,
    FAILED,
    STUCK,
    SUBMITTED,
    locked_payout,
    move_payout,
)
from payments.taking.views import NO_RAIL
from payments.world import World
from store.models import PayoutRow
from store.payouts import why_approval
from store.scope import Scope

log = structlog.get_logger(__name__)

# Why a payout waits for a person, or ended without a provider's word.
OTHER_NAME, NAME_UNKNOWN = "other-name", "name-unknown"
NO_WALLET = "no-wallet"

# A name that cannot be read is asked for again so often, after so long each time.
NAME_TRIES = 5
NAME_AGAIN = timedelta(seconds=60)


@dataclass(frozen=True, slots=True)
class _Errand:
    shop_id: UUID
    rail: Rail
    request: PayoutRequest


def submit_payout(world: World, payout_id: UUID) -> None:
    """Send a payout that nobody has sent yet; does nothing for any other. Where the rail tells whose
    wallet it is, that is asked first; what looks wrong, or is large, waits for staff."""
    shop_id = _shop_of(world, payout_id)
    if shop_id is None:
        return
    errand, named = world.at_shop(shop_id, lambda scope: _claim_first(world, scope, payout_id))
    if errand is not None and not named:
        errand = _look_up(world, errand)
    if errand is not None:
        _send(world, errand, again=False)


def poll_payout(world: World, payout_id: UUID) -> None:
    """Ask about a payout under way, when it is due."""
    shop_id = _shop_of(world, payout_id)
    if shop_id is None:
        return
    errand = world.at_shop(shop_id, lambda scope: _claim_due(world, scope, payout_id))
    if errand is not None and _ask(world, errand):
        _send(world, errand, again=True)


def _shop_of(world: World, payout_id: UUID) -> UUID | None:
    shop_id = world.read(
        lambda session: session.scalar(select(PayoutRow.shop_id).where(PayoutRow.id == payout_id))
    )
    if shop_id is None:
        log.warning("unknown payout", payout=str(payout_id))
    return shop_id


def _claim_first(world: World, scope: Scope, payout_id: UUID) -> tuple[_Errand | None, bool]:
    """Whom to send to, and whether it may leave: else the wallet's name is to be asked for first."""
    payout = locked_payout(scope, payout_id)
    if payout is None or payout.status != CREATED:
        return None, False
    if payout.next_poll_at is not None and payout.next_poll_at > scope.now:
        # Another process has it in hand.
        return None, False
    errand = _errand(world, scope, payout)
    if errand is None:
        move_payout(scope, payout, FAILED, NO_RAIL)
        return None, False
    if _wants_name(payout, errand.rail):
        payout.next_poll_at = scope.now + world.schedule.lease
        return errand, False
    return _let_go(world, scope, payout, errand), True


def _wants_name(payout: PayoutRow, rail: Rail) -> bool:
    unseen = payout.expected is not None and payout.holder is None and payout.by is None
    return unseen and rail.can(Ability.HOLDER_NAME)


def _look_up(world: World, errand: _Errand) -> _Errand | None:
    """Ask whose wallet it is; the errand where it may leave now."""
    answer: str | PaymentError | None
    reference = errand.request.reference
    try:
        answer = errand.rail.holder_name(errand.request.payee)
    except PaymentError as error:
        answer = error
        log.warning("holder's name not read", payout=str(reference), reason=error.reason)

    def write(scope: Scope) -> _Errand | None:
        payout = locked_payout(scope, reference)
        if payout is None or payout.status != CREATED or payout.holder is not None:
            return None
        return _named(world, scope, payout, errand, answer)

    return world.at_shop(errand.shop_id, write)


def _named(
    world: World,
    scope: Scope,
    payout: PayoutRow,
    errand: _Errand,
    answer: str | PaymentError | None,
) -> _Errand | None:
    if isinstance(answer, PaymentError):
        payout.polls += 1
        if answer.permanent or payout.polls >= NAME_TRIES:
            move_payout(scope, payout, APPROVAL, NAME_UNKNOWN)
        else:
            payout.next_poll_at = scope.now + NAME_AGAIN
        return None
    if answer is None:
        move_payout(scope, payout, FAILED, NO_WALLET)
        return None
    payout.holder = answer[:100]
    if payout.expected is not None and not alike(payout.expected, answer):
        move_payout(scope, payout, APPROVAL, OTHER_NAME)
        return None
    return _let_go(world, scope, payout, errand)


def _let_go(world: World, scope: Scope, payout: PayoutRow, errand: _Errand) -> _Errand | None:
    """Mark it as sent, unless staff must see it before."""
    reason = why_approval(scope, payout) if payout.by is None else None
    if reason is not None:
        move_payout(scope, payout, APPROVAL, reason)
        return None
    move_payout(scope, payout, SUBMITTED)
    payout.submitted_at, payout.polls = scope.now, 0
    payout.next_poll_at = world.schedule.next_poll(scope.now, scope.now)
    return errand


def _claim_due(world: World, scope: Scope, payout_id: UUID) -> _Errand | None:
    """The next poll is put off by a lease, so that one process asks at a time, and another takes over
    should this one die."""
    payout = locked_payout(scope, payout_id)
    if payout is None or payout.submitted_at is None or payout.settled_at is not None:
        return None
    if payout.next_poll_at is None or payout.next_poll_at > scope.now:
        return None
    errand = _errand(world, scope, payout)
    if errand is None:
        # It left by a rail that is gone: whether it arrived only a person can find out.
        move_payout(scope, payout, STUCK, NO_RAIL)
        payout.next_poll_at = None
        return None
    payout.next_poll_at = scope.now + world.schedule.lease
    return errand


def _errand(world: World, scope: Scope, payout: PayoutRow) -> _Errand | None:
    rail = world.rails.at(scope.shop, payout.rail)
    if rail is None or not rail.can(Ability.PAYOUT):
        return None
    request = PayoutRequest(
        reference=payout.id,
        amount=Money(payout.amount, payout.currency),
        payee=payout.phone,
        note=scope.shop.name,
        name=payout.holder or payout.expected,
        provider_id=payout.provider_id,
    )
    return _Errand(scope.shop.id, rail, request)


def _send(world: World, errand: _Errand, *, again: bool) -> None:
    answer: Submission | PaymentError
    reference = errand.request.reference
    try:
        answer = errand.rail.payout(errand.request)
    except PaymentError as error:
        answer = error
        log.warning("payout without an answer", payout=str(reference), reason=error.reason)

    def write(scope: Scope) -> None:
        payout = locked_payout(scope, reference)
        if payout is not None:
            submitted(scope, payout, errand.rail, answer, again=again)

    world.at_shop(errand.shop_id, write)


def _ask(world: World, errand: _Errand) -> bool:
    """Ask how it stands; True when the provider never got it, so that it must be sent again."""
    answer: RailStatus | PaymentError
    reference = errand.request.reference
    try:
        answer = errand.rail.payout_status(errand.request)
    except PaymentError as error:
        answer = error
        log.warning("payout status not read", payout=str(reference), reason=error.reason)

    def write(scope: Scope) -> bool:
        payout = locked_payout(scope, reference)
        if payout is None:
            return False
        return answered(scope, payout, errand.rail, answer, world.schedule)

    return world.at_shop(errand.shop_id, write)
