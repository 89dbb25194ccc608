"""An owner invites somebody by phone: written down first, sent once the owner's code is back."""

from datetime import timedelta
from uuid import UUID

from sqlalchemy import select

from flows.happenings import TeamInvited
from flows.ports.refusals import (
    AlreadyHere,
    InvitationOver,
    NotReached,
    NotTaking,
    Refusal,
    UnknownZone,
)
from flows.ports.shop import Standing
from flows.ports.team import Invited, Part, TeamChange
from intents.folding import fold
from store.addresses import lock_addressing
from store.ids import new_id
from store.models import InvitationRow, LineRow, PersonRow, RiderRow, ShopRow, StaffRow
from store.people import upsert_person
from store.scope import Scope
from store.standing import standing_of
from store.terms import terms_of
from store.under_way import busy_at

# So long an invitation can be answered.
GOOD_FOR = timedelta(days=3)
LONGEST_NAME = 60
REPLACED = "replaced"


def prepare(scope: Scope, owner: StaffRow, invited: Invited) -> InvitationRow | Refusal:
    """Write the invitation down; nobody hears of it yet. It takes the place of one that is open. A shop
    that nobody has looked at yet sends its words to no strangers. Refuses NotTaking, UnknownZone,
    NotReached, AlreadyHere."""
    standing = standing_of(scope.shop, scope.now)
    if standing not in (Standing.LIVE, Standing.PAUSED):
        return NotTaking(standing.value)
    zone = _zone(scope, invited.zone) if invited.zone else None
    if isinstance(zone, Refusal):
        return zone
    person = upsert_person(scope.session, invited.phone, None, scope.now)
    if person.opted_out_at is not None:
        return NotReached(invited.phone)
    if _works(scope, person.id, invited.part):
        return AlreadyHere(invited.name)
    before = _open(scope, person.id)
    if before is not None:
        before.closed_at, before.outcome = scope.now, REPLACED
        scope.session.flush()
    row = InvitationRow(
        id=new_id(),
        shop_id=scope.shop.id,
        person_id=person.id,
        asked_by=owner.id,
        name=invited.name[:LONGEST_NAME],
        part=invited.part.value,
        zones=[zone] if zone else [],
        created_at=scope.now,
    )
    scope.session.add(row)
    scope.session.flush()
    return row


def send(scope: Scope, invitation: UUID) -> TeamChange | Refusal:
    """The code is back: the person hears of it. Refuses InvitationOver."""
    row = scope.session.scalar(
        select(InvitationRow)
        .where(InvitationRow.id == invitation, InvitationRow.shop_id == scope.shop.id)
        .with_for_update()
    )
    if row is None or row.closed_at is not None:
        return InvitationOver()
    row.sent_at, row.until = scope.now, scope.now + GOOD_FOR
    person = scope.session.get_one(PersonRow, row.person_id)
    _listen(scope, person.id)
    scope.tell(TeamInvited(str(person.id), str(row.id), Part(row.part)))
    return TeamChange(row.name, person.phone or "")


def _zone(scope: Scope, said: str) -> str | Refusal:
    """The shop's zone that is called so, or that an area of this name is in."""
    wanted = fold(said)
    for zone in terms_of(scope.shop).all_zones:
        if wanted in (fold(name) for name in (zone.name, *zone.names)):
            return zone.name
    return UnknownZone(said)


def _works(scope: Scope, person_id: UUID, part: Part) -> bool:
    table: type[StaffRow] | type[RiderRow] = RiderRow if part is Part.RIDER else StaffRow
    here = select(table.id).where(
        table.shop_id == scope.shop.id, table.person_id == person_id, table.active
    )
    return scope.session.scalar(here) is not None


def _open(scope: Scope, person_id: UUID) -> InvitationRow | None:
    """Locked; two owners who invite the same phone do so one after the other."""
    scope.session.execute(
        select(ShopRow.id).where(ShopRow.id == scope.shop.id).with_for_update(key_share=True)
    )
    return scope.session.scalar(
        select(InvitationRow)
        .where(
            InvitationRow.shop_id == scope.shop.id,
            InvitationRow.person_id == person_id,
            InvitationRow.closed_at.is_(None),
        )
        .with_for_update()
        .execution_options(populate_existing=True)
    )


def _listen(scope: Scope, person_id: UUID) -> None:
    """On an address that several shops share, a YES is for this one; whoever is buying from another is
    left there, and names this shop first."""
    addresses = scope.session.scalars(
        select(LineRow.address_id)
        .where(LineRow.shop_id == scope.shop.id, LineRow.keyword.is_not(None))
        .order_by(LineRow.address_id)
    ).all()
    for address_id in addresses:
        here = lock_addressing(scope.session, address_id, person_id)
        if here.shop_id is None or not busy_at(scope.session, here.shop_id, person_id):
            here.shop_id = scope.shop.id
