"""The number to which a shop has its money sent."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Protocol

from flows.ports.refusals import Refusal
from flows.ports.wallet import CodeSent


class Naming(StrEnum):
    """Whether the rail has said whose wallet a number is: it is being asked, it said a name, it does not
    tell names, or nobody has a wallet there."""

    ASKED = "asked"
    NAMED = "named"
    UNNAMED = "unnamed"
    NOBODY = "nobody"


@dataclass(frozen=True, slots=True)
class ProposedNumber:
    """A number (E.164) that the owner wants, and `rail` that reaches it. `holder` is whose it is, with one
    name in full: "JANE N"."""

    id: str
    phone: str
    rail: str
    naming: Naming
    holder: str | None = None


@dataclass(frozen=True, slots=True)
class PayoutNumber:
    """Where the money goes: `phone` with its middle left out. Without `rail` it is the owner's own phone.
    Nothing is paid out before `held_until` (UTC), as it was changed a short while ago."""

    phone: str
    rail: str | None = None
    held_until: datetime | None = None


class PayoutNumberPort(Protocol):
    """For a member of the shop's staff; only an owner is not refused. Nothing changes before a code that
    was sent to the owner's own number has come back."""

    def current(self) -> PayoutNumber | Refusal:
        """Refuses NotAllowed, NoPhone."""

    def propose(self, phone: str, rail: str | None = None) -> ProposedNumber | Refusal:
        """In place of one that was proposed before. `rail` where several reach it. Refuses NotAllowed,
        NoPhone, NoRailFor, SeveralRails, TooManyNumbers."""

    def proposed(self) -> ProposedNumber | None: ...
    def agree(self, proposed: str) -> CodeSent | Refusal:
        """It is the right one, by its id: send the code. Refuses NotAllowed, NoPhone, CodeOver,
        TooManyCodes."""

    def drop(self) -> None:
        """Leave it as it is."""

    def confirm(self, code: str) -> PayoutNumber | Refusal:
        """The code came back. Refuses NotAllowed, BadCode, CodeOver, NoCodeWanted."""

    def waiting(self) -> CodeSent | None:
        """What waits for a code that is still good."""
