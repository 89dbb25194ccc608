"""Who was invited answers: only then they sell or ride."""

from typing import TypeVar
from uuid import UUID

from sqlalchemy import func, select

from flows.happenings import TeamAnswered
from flows.ports.refusals import InvitationOver, Refusal
from flows.ports.team import Invitation, Part
from store.ids import new_id
from store.models import InvitationRow, PersonRow, RiderRow, StaffRow
from store.scope import Scope

JOINED, DECLINED = "joined", "declined"

Member = TypeVar("Member", StaffRow, RiderRow)


class ShopJoining:
    """Implements flows.ports.team.JoiningPort for one person."""

    def __init__(self, scope: Scope, person: PersonRow) -> None:
        self._scope = scope
        self._person = person

    def waiting(self) -> Invitation | None:
        row = self._scope.session.scalar(
            select(InvitationRow).where(
                InvitationRow.shop_id == self._scope.shop.id,
                InvitationRow.person_id == self._person.id,
                InvitationRow.closed_at.is_(None),
                InvitationRow.until > self._scope.now,
            )
        )
        return Invitation(str(row.id), Part(row.part)) if row is not None else None

    def accept(self, invitation: str) -> Invitation | Refusal:
        return self._answer(invitation, joined=True)

    def decline(self, invitation: str) -> Invitation | Refusal:
        return self._answer(invitation, joined=False)

    def _answer(self, invitation: str, *, joined: bool) -> Invitation | Refusal:
        row = self._locked(invitation)
        if row is None:
            return InvitationOver()
        row.closed_at, row.outcome = self._scope.now, JOINED if joined else DECLINED
        part = Part(row.part)
        if joined:
            _join(self._scope, row, part)
        self._scope.tell(TeamAnswered(row.name, self._person.phone or "", part, joined))
        return Invitation(str(row.id), part)

    def _locked(self, invitation: str) -> InvitationRow | None:
        """The person's own, while it is open; anybody else's is none."""
        try:
            wanted = UUID(invitation)
        except ValueError:
            return None
        row = self._scope.session.scalar(
            select(InvitationRow)
            .where(
                InvitationRow.id == wanted,
                InvitationRow.shop_id == self._scope.shop.id,
                InvitationRow.person_id == self._person.id,
            )
            .with_for_update()
            .execution_options(populate_existing=True)
        )
        if row is None or row.closed_at is not None or row.until is None:
            return None
        return row if row.until > self._scope.now else None


def _join(scope: Scope, invitation: InvitationRow, part: Part) -> None:
    """Behind those who are there already; whoever the platform has suspended stays so."""
    if part is Part.RIDER:
        rider = _seat(scope, RiderRow, invitation)
        rider.zones, rider.on_duty = list(invitation.zones), True
    else:
        staff = _seat(scope, StaffRow, invitation)
        staff.role, staff.alerts = Part.SELLER.value, False


def _seat(scope: Scope, table: type[Member], invitation: InvitationRow) -> Member:
    """Who was here before comes back to their own row."""
    here = table.shop_id == scope.shop.id
    last = scope.session.scalar(select(func.max(table.position)).where(here))
    row = scope.session.scalars(
        select(table).where(here, table.person_id == invitation.person_id).with_for_update()
    ).first()
    if row is None:
        row = table(id=new_id(), shop_id=scope.shop.id, person_id=invitation.person_id)
        scope.session.add(row)
    row.name, row.active, row.by_phone = invitation.name, True, True
    row.position = (last or 0) + 1
    return row
