"""The number to which a shop has its money sent: proposed by an owner, and in force once their code is
back. Without one money goes to the phone of the owner who asks for it."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import and_, func, select

from flows.happenings import PayoutNumberChanged, PayoutNumberNamed
from flows.ports.payout_number import Naming, ProposedNumber
from flows.ports.team import Part
from store.ids import new_id
from store.masking import masked
from store.models import PayoutNumberRow, PersonRow, ShopRow, StaffRow
from store.scope import Scope

# A number that the owner says nothing more about is forgotten.
PROPOSED_FOR = timedelta(hours=24)
REPLACED, LEFT, NO_WALLET, DROPPED = "replaced", "left", "no-wallet", "dropped"


def in_force(scope: Scope) -> PayoutNumberRow | None:
    """Where the shop's money goes. It counts as long as whoever named it is an owner."""
    return scope.session.scalar(
        select(PayoutNumberRow)
        .join(
            StaffRow,
            and_(
                StaffRow.shop_id == PayoutNumberRow.shop_id,
                StaffRow.person_id == PayoutNumberRow.person_id,
            ),
        )
        .where(
            PayoutNumberRow.shop_id == scope.shop.id,
            PayoutNumberRow.set_at.is_not(None),
            PayoutNumberRow.ended_at.is_(None),
            StaffRow.active,
            StaffRow.role == Part.OWNER.value,
        )
    )


def held_until(scope: Scope) -> datetime | None:
    """Until when nothing is paid out, as the number was changed a short while ago."""
    begun, ended = scope.session.execute(
        select(func.max(PayoutNumberRow.set_at), func.max(PayoutNumberRow.ended_at)).where(
            PayoutNumberRow.shop_id == scope.shop.id, PayoutNumberRow.set_at.is_not(None)
        )
    ).one()
    changed = max((at for at in (begun, ended) if at is not None), default=None)
    until = changed + scope.rules.payout_hold if changed is not None else None
    return until if until is not None and until > scope.now else None


def lately(scope: Scope, person: PersonRow, within: timedelta) -> Sequence[datetime]:
    """When this person named numbers, the newest first."""
    return scope.session.scalars(
        select(PayoutNumberRow.created_at)
        .where(
            PayoutNumberRow.shop_id == scope.shop.id,
            PayoutNumberRow.person_id == person.id,
            PayoutNumberRow.created_at > scope.now - within,
        )
        .order_by(PayoutNumberRow.created_at.desc())
    ).all()


def lock_numbers(scope: Scope) -> None:
    """Two owners who change the number do so one after the other."""
    scope.session.execute(
        select(ShopRow.id).where(ShopRow.id == scope.shop.id).with_for_update(key_share=True)
    )


def propose(
    scope: Scope, person: PersonRow, phone: str, rail: str, *, ask: bool
) -> PayoutNumberRow:
    """Write it down in place of what was proposed before; with `ask` the rail is to be asked whose it is.
    The numbers are locked."""
    before = _open(scope)
    if before is not None:
        end(scope, before, REPLACED)
    row = PayoutNumberRow(
        id=new_id(),
        shop_id=scope.shop.id,
        person_id=person.id,
        phone=phone,
        rail=rail,
        polls=0,
        next_poll_at=scope.now if ask else None,
        created_at=scope.now,
    )
    scope.session.add(row)
    scope.session.flush()
    if ask:
        scope.woken.numbers.add(row.id)
    return row


def proposed_by(scope: Scope, person: PersonRow) -> PayoutNumberRow | None:
    """What this person has proposed, and neither confirmed nor left."""
    row = _open(scope)
    return row if row is not None and row.person_id == person.id else None


def locked_number(scope: Scope, number_id: UUID) -> PayoutNumberRow | None:
    """A number of this shop, locked."""
    return scope.session.scalar(
        select(PayoutNumberRow)
        .where(PayoutNumberRow.id == number_id, PayoutNumberRow.shop_id == scope.shop.id)
        .with_for_update()
        .execution_options(populate_existing=True)
    )


def named(scope: Scope, row: PayoutNumberRow, view: ProposedNumber) -> None:
    """The rail has answered about a locked row, which is as it is to stay: its owner hears of it."""
    row.next_poll_at = None
    if view.naming is Naming.NOBODY:
        end(scope, row, NO_WALLET)
    scope.tell(PayoutNumberNamed(str(row.person_id), view))


def put_in_force(scope: Scope, row: PayoutNumberRow) -> datetime:
    """From now on the shop's money goes there. Every owner hears of it, and who got it before. Until when
    nothing is paid out. The numbers are locked."""
    before = in_force(scope)
    owners = _owners(scope)
    for old in _all_in_force(scope):
        end(scope, old, REPLACED)
    row.set_at = scope.now
    scope.session.flush()
    until = scope.now + scope.rules.payout_hold
    old_phone = before.phone if before is not None else None
    theirs = old_phone in owners.values()
    scope.tell(
        PayoutNumberChanged(
            owners=tuple(str(person) for person in owners),
            old=None if theirs else old_phone,
            phone=masked(row.phone),
            held_until=until,
        )
    )
    return until


def take_back(scope: Scope) -> bool:
    """The platform's staff end it: money goes to the owners' own phones again, after the same rest. False
    where there is none."""
    lock_numbers(scope)
    numbers = _all_in_force(scope)
    for row in numbers:
        end(scope, row, DROPPED)
    if numbers:
        until = scope.now + scope.rules.payout_hold
        for person, phone in _owners(scope).items():
            scope.tell(PayoutNumberChanged((str(person),), None, masked(phone), until))
    return bool(numbers)


def end(scope: Scope, row: PayoutNumberRow, outcome: str) -> None:
    row.ended_at, row.outcome, row.next_poll_at = scope.now, outcome, None
    scope.session.flush()


def _open(scope: Scope) -> PayoutNumberRow | None:
    return scope.session.scalar(
        select(PayoutNumberRow)
        .where(
            PayoutNumberRow.shop_id == scope.shop.id,
            PayoutNumberRow.set_at.is_(None),
            PayoutNumberRow.ended_at.is_(None),
        )
        .execution_options(populate_existing=True)
    )


def _all_in_force(scope: Scope) -> Sequence[PayoutNumberRow]:
    """Also that of somebody who is no owner any more."""
    return scope.session.scalars(
        select(PayoutNumberRow).where(
            PayoutNumberRow.shop_id == scope.shop.id,
            PayoutNumberRow.set_at.is_not(None),
            PayoutNumberRow.ended_at.is_(None),
        )
    ).all()


def _owners(scope: Scope) -> dict[UUID, str]:
    """The shop's owners and their phones."""
    found = scope.session.execute(
        select(PersonRow.id, PersonRow.phone)
        .join(StaffRow, StaffRow.person_id == PersonRow.id)
        .where(
            StaffRow.shop_id == scope.shop.id,
            StaffRow.active,
            StaffRow.role == Part.OWNER.value,
            PersonRow.phone.is_not(None),
        )
        .order_by(StaffRow.position)
    )
    return {person: phone for person, phone in found if phone}
