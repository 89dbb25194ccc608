"""Cash that a rider says to have handed over, until the shop has counted it."""

from uuid import UUID

from sqlalchemy import Select, select

from flows.happenings import CashReceived, HandOverDenied, HandOverDiffers, HandOverSaid
from flows.money import Money
from flows.ports.refusals import HandOverOver, NotEnough, Refusal
from flows.ports.till import Received
from store.dispatch.looking_again import look_again
from store.ids import new_id
from store.ledger import OverdrawnError, balance
from store.models import HandOverRow, RiderRow
from store.postings import handed_over
from store.scope import Scope
from store.till import cash_of


def say(scope: Scope, rider: RiderRow, amount: Money) -> Refusal | None:
    """The rider says so, and the shop is asked whether it is right. The same again changes nothing; another
    amount is the one that counts."""
    there = balance(scope, cash_of(rider.id), amount.currency)
    if amount > there or not amount:
        return NotEnough(there, amount)
    row = _open(scope, rider.id)
    if row is not None and row.amount == amount.minor:
        return None
    if row is not None:
        # Its question is answered by nobody any more: what was asked first must not book the new amount.
        row.got, row.settled_at = 0, scope.now
        scope.session.flush()
    row = HandOverRow(
        id=new_id(),
        shop_id=scope.shop.id,
        rider_id=rider.id,
        amount=amount.minor,
        currency=amount.currency,
        said_at=scope.now,
    )
    scope.session.add(row)
    scope.session.flush()
    scope.tell(HandOverSaid(str(rider.id), rider.name, amount, str(row.id)))
    return None


def answer(scope: Scope, claim: UUID, *, right: bool) -> Received | Refusal:
    """The shop says whether it has what was said. Said again it changes nothing; the opposite of what was
    said before is HandOverOver."""
    row = scope.session.scalar(_claims(scope).where(HandOverRow.id == claim).with_for_update())
    rider = scope.session.get(RiderRow, row.rider_id) if row else None
    if row is None or rider is None:
        return HandOverOver()
    said = Money(row.amount, row.currency)
    got = said if right else Money.zero(row.currency)
    if row.settled_at is None:
        return _settle(scope, rider, row, got)
    if row.got != got.minor:
        return HandOverOver()
    return Received(rider.name, got, balance(scope, cash_of(rider.id), row.currency))


def count(scope: Scope, rider: RiderRow, got: Money) -> Received | Refusal:
    """The shop has `got` so much of the rider, who may have said another sum: then both hear of it."""
    return _settle(scope, rider, _open(scope, rider.id), got)


def _settle(
    scope: Scope, rider: RiderRow, row: HandOverRow | None, got: Money
) -> Received | Refusal:
    if got:
        key = f"hand-over:{row.id if row else new_id()}"
        # Deliveries are locked before money, here as everywhere.
        look_again(scope)
        try:
            handed_over(scope, rider.id, got, key)
        except OverdrawnError as error:
            return NotEnough(error.there, got)
    left = balance(scope, cash_of(rider.id), got.currency)
    said = None
    if row is not None:
        row.got, row.settled_at = got.minor, scope.now
        said = Money(row.amount, row.currency) if row.amount != got.minor else None
    if not got and said is not None:
        scope.tell(HandOverDenied(str(rider.id), said, left))
    elif said is not None:
        scope.tell(HandOverDiffers(str(rider.id), said, got, left))
    else:
        scope.tell(CashReceived(str(rider.id), got, left))
    return Received(rider.name, got, left, said)


def _open(scope: Scope, rider_id: UUID) -> HandOverRow | None:
    query = _claims(scope).where(HandOverRow.rider_id == rider_id, HandOverRow.settled_at.is_(None))
    return scope.session.scalar(query.with_for_update())


def _claims(scope: Scope) -> Select[HandOverRow]:
    return (
        select(HandOverRow)
        .where(HandOverRow.shop_id == scope.shop.id)
        .execution_options(populate_existing=True)
    )
