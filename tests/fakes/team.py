"""Who works at a shop, in memory. The code that is "sent" is CODE_SENT."""

from dataclasses import dataclass, field
from datetime import UTC, datetime

from flows.ports.refusals import BadCode, InvitationOver, NoCodeWanted, Refusal
from flows.ports.team import Invitation, Invited, Member, Part, TeamChange, TeamCode
from tests.fakes.till import CODE_SENT, OWN_PHONE

UNTIL = datetime(2026, 11, 2, 9, 5, tzinfo=UTC)
OWNER = Member("seller:1", "Mama Njeri", OWN_PHONE, Part.OWNER)


@dataclass
class FakeTeam:
    """`asked` waits for its code; `done` are the changes that were made."""

    people: list[Member] = field(default_factory=lambda: [OWNER])
    asked: Invited | str | None = None
    done: list[TeamChange] = field(default_factory=list)
    refusal: Refusal | None = None

    def members(self) -> list[Member]:
        return self.people

    def invite(self, invited: Invited) -> TeamCode | Refusal:
        return self._ask(invited)

    def remove(self, member: str) -> TeamCode | Refusal:
        return self._ask(member)

    def confirm(self, code: str) -> TeamChange | Refusal:
        asked = self.asked
        if asked is None:
            return NoCodeWanted()
        if code != CODE_SENT:
            return BadCode(2)
        self.asked = None
        if isinstance(asked, Invited):
            self.done.append(TeamChange(asked.name, asked.phone))
        else:
            member = next(each for each in self.people if each.id == asked)
            self.done.append(TeamChange(member.name, member.phone, left=True))
        return self.done[-1]

    def waiting(self) -> TeamCode | None:
        return TeamCode(OWN_PHONE, UNTIL) if self.asked is not None else None

    def _ask(self, asked: Invited | str) -> TeamCode | Refusal:
        if self.refusal is not None:
            return self.refusal
        self.asked = asked
        return TeamCode(OWN_PHONE, UNTIL)


@dataclass
class FakeJoining:
    """`open` can be answered once; `answers` are what was said."""

    open: Invitation | None = None
    answers: list[tuple[str, bool]] = field(default_factory=list)

    def waiting(self) -> Invitation | None:
        return self.open

    def accept(self, invitation: str) -> Invitation | Refusal:
        return self._answer(invitation, joined=True)

    def decline(self, invitation: str) -> Invitation | Refusal:
        return self._answer(invitation, joined=False)

    def _answer(self, invitation: str, *, joined: bool) -> Invitation | Refusal:
        found, self.open = self.open, None
        if found is None or found.id != invitation:
            return InvitationOver()
        self.answers.append((invitation, joined))
        return found
