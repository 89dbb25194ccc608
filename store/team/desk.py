"""Who works at a shop, as its owner's flow asks for it."""

from collections.abc import Sequence
from uuid import UUID

from flows.money import Money
from flows.ports.refusals import NotAllowed, Refusal
from flows.ports.team import Invited, Member, Part, TeamChange, TeamCode
from flows.ports.wallet import CodeSent
from store.audit.trail import audited
from store.challenges import TEAM, Challenges
from store.models import PersonRow, StaffRow
from store.models.base import Json
from store.scope import Scope
from store.team.inviting import prepare, send
from store.team.members import may_leave, members, take_out

OWNER = Part.OWNER.value
INVITE, REMOVE = "invite", "remove"


class ShopTeam:
    """Implements flows.ports.team.TeamPort for one member of the staff. `key` is the secret that codes are
    digested with."""

    def __init__(self, scope: Scope, person: PersonRow, staff: StaffRow, key: bytes) -> None:
        self._scope = scope
        self._staff = staff
        self._challenges = Challenges(scope, person, key, frozenset({TEAM}))

    def members(self) -> Sequence[Member]:
        return list(members(self._scope))

    @audited()
    def invite(self, invited: Invited) -> TeamCode | Refusal:
        if self._staff.role != OWNER:
            return NotAllowed(OWNER)
        row = prepare(self._scope, self._staff, invited)
        return row if isinstance(row, Refusal) else self._ask({INVITE: str(row.id)})

    @audited()
    def remove(self, member: str) -> TeamCode | Refusal:
        if self._staff.role != OWNER:
            return NotAllowed(OWNER)
        leaving = may_leave(self._scope, member)
        return leaving if isinstance(leaving, Refusal) else self._ask({REMOVE: member})

    @audited(unsaid=("code",), answered=True)
    def confirm(self, code: str) -> TeamChange | Refusal:
        if self._staff.role != OWNER:
            return NotAllowed(OWNER)
        done = self._challenges.redeem(code)
        if isinstance(done, Refusal):
            return done
        leaving = done.payload.get(REMOVE)
        if isinstance(leaving, str):
            return take_out(self._scope, leaving)
        return send(self._scope, UUID(str(done.payload.get(INVITE))))

    def waiting(self) -> TeamCode | None:
        sent = self._challenges.waiting()
        return TeamCode(sent.phone, sent.until) if sent is not None else None

    def _ask(self, payload: dict[str, Json]) -> TeamCode | Refusal:
        nothing = Money.zero(self._scope.shop.currency)
        sent = self._challenges.send(TEAM, payload, nothing, nothing, "seller")
        return TeamCode(sent.phone, sent.until) if isinstance(sent, CodeSent) else sent
