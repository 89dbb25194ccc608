"""Who sells and who rides for a shop, by its owner's word."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Protocol

from flows.ports.refusals import Refusal


class Part(StrEnum):
    """What somebody does at a shop."""

    OWNER = "owner"
    SELLER = "seller"
    RIDER = "rider"


@dataclass(frozen=True, slots=True)
class Invited:
    """Somebody whom the owner wants to have: `phone` is E.164, `zone` where a rider is to ride, "" for
    everywhere."""

    name: str
    phone: str
    part: Part
    zone: str = ""


@dataclass(frozen=True, slots=True)
class Member:
    """`waiting`: was invited, and has not answered. `id` tells members of all kinds apart."""

    id: str
    name: str
    phone: str
    part: Part
    waiting: bool = False


@dataclass(frozen=True, slots=True)
class TeamCode:
    """A code is on its way to `phone`, the owner's own number, and good `until` (UTC)."""

    phone: str
    until: datetime


@dataclass(frozen=True, slots=True)
class TeamChange:
    """What the code has done: `name` was invited, by an SMS to `phone`, or with `left` works here no more."""

    name: str
    phone: str
    left: bool = False


class TeamPort(Protocol):
    """For a member of the shop's staff. Only the owner changes who works here, with a code that is sent
    to the owner's own number: a caller id can be forged."""

    def members(self) -> Sequence[Member]:
        """Staff first, then riders, then who has not answered."""

    def invite(self, invited: Invited) -> TeamCode | Refusal:
        """Refuses NotAllowed, NotTaking, AlreadyHere, UnknownZone, NotReached, NoPhone, TooManyCodes."""

    def remove(self, member: str) -> TeamCode | Refusal:
        """By a member's id. Refuses NotAllowed, OwnerStays, RiderBusy, UnknownMember, NoPhone,
        TooManyCodes."""

    def confirm(self, code: str) -> TeamChange | Refusal:
        """The code came back. Refuses BadCode, CodeOver, NoCodeWanted, InvitationOver, UnknownMember,
        RiderBusy."""

    def waiting(self) -> TeamCode | None:
        """What waits for a code that is still good."""


@dataclass(frozen=True, slots=True)
class Invitation:
    """What the person of this turn is asked to be at the shop."""

    id: str
    part: Part


class JoiningPort(Protocol):
    """For whoever was invited. Before they agree they can do nothing at the shop."""

    def waiting(self) -> Invitation | None:
        """The invitation that this person has not answered."""

    def accept(self, invitation: str) -> Invitation | Refusal:
        """They sell or ride here from now on. Refuses InvitationOver."""

    def decline(self, invitation: str) -> Invitation | Refusal:
        """Refuses InvitationOver."""
