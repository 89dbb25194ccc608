"""Who works at a shop, and taking somebody out."""

from collections.abc import Iterator, Mapping
from typing import TypeVar
from uuid import UUID

from sqlalchemy import or_, select

from flows.ports.refusals import OwnerStays, Refusal, RiderBusy, UnknownMember
from flows.ports.team import Member, Part, TeamChange
from store.dispatch.jobs import CARRIED
from store.models import DeliveryRow, InvitationRow, PersonRow, RiderRow, StaffRow
from store.scope import Scope

TAKEN_BACK = "taken back"
WAITS = "invited"
TABLES: Mapping[str, type[StaffRow] | type[RiderRow] | type[InvitationRow]] = {
    WAITS: InvitationRow,
    Part.RIDER.value: RiderRow,
    Part.SELLER.value: StaffRow,
}

Row = TypeVar("Row", StaffRow, RiderRow)


def members(scope: Scope) -> Iterator[Member]:
    """Staff first, then riders, then who has not answered."""
    for staff, phone in _working(scope, StaffRow):
        part = Part.OWNER if staff.role == Part.OWNER.value else Part.SELLER
        yield Member(f"{Part.SELLER}:{staff.id}", staff.name or phone, phone, part)
    for rider, phone in _working(scope, RiderRow):
        yield Member(f"{Part.RIDER}:{rider.id}", rider.name, phone, Part.RIDER)
    for invited, its_phone in scope.session.execute(
        select(InvitationRow, PersonRow.phone)
        .join(PersonRow, PersonRow.id == InvitationRow.person_id)
        .where(
            InvitationRow.shop_id == scope.shop.id,
            InvitationRow.closed_at.is_(None),
            InvitationRow.until > scope.now,
        )
        .order_by(InvitationRow.created_at, InvitationRow.id)
    ):
        part = Part(invited.part)
        yield Member(f"{WAITS}:{invited.id}", invited.name, its_phone or "", part, waiting=True)


def may_leave(scope: Scope, member: str) -> Member | Refusal:
    """Whom an owner may take out now. Refuses UnknownMember, OwnerStays, RiderBusy."""
    found = next((each for each in members(scope) if each.id == member), None)
    if found is None:
        return UnknownMember("")
    if found.part is Part.OWNER:
        return OwnerStays(found.name)
    if found.part is Part.RIDER and not found.waiting and _busy(scope, UUID(_id(member))):
        return RiderBusy(found.name)
    return found


def take_out(scope: Scope, member: str) -> TeamChange | Refusal:
    """From the next message on they can do nothing here. Refuses as `may_leave`."""
    kind, _, wanted = member.partition(":")
    table = TABLES[kind]
    row = scope.session.scalar(
        select(table)
        .where(table.id == UUID(wanted), table.shop_id == scope.shop.id)
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    leaving = may_leave(scope, member)
    if isinstance(leaving, Refusal):
        return leaving
    if isinstance(row, InvitationRow):
        row.closed_at, row.outcome = scope.now, TAKEN_BACK
    elif isinstance(row, StaffRow | RiderRow):
        row.active = False
    return TeamChange(leaving.name, leaving.phone, left=True)


def _busy(scope: Scope, rider_id: UUID) -> bool:
    """Has this rider taken a job, or goods of the shop?"""
    carrying = select(DeliveryRow.id).where(
        DeliveryRow.shop_id == scope.shop.id,
        or_(
            (DeliveryRow.rider_id == rider_id) & DeliveryRow.status.in_(CARRIED),
            DeliveryRow.holder_id == rider_id,
        ),
    )
    return scope.session.scalar(carrying.limit(1)) is not None


def _working(scope: Scope, table: type[Row]) -> Iterator[tuple[Row, str]]:
    """In the shop's own order, with their phones."""
    found = scope.session.execute(
        select(table, PersonRow.phone)
        .join(PersonRow, PersonRow.id == table.person_id)
        .where(table.shop_id == scope.shop.id, table.active)
        .order_by(table.position, table.id)
    )
    return ((row, phone or "") for row, phone in found)


def _id(member: str) -> str:
    return member.partition(":")[2]
