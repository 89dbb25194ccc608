"""Buying at wholesale prices: who asks for it, and who grants it."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from flows.ports.refusals import Refusal


class Buying(StrEnum):
    """How somebody stands with wholesale prices: the shop has NONE; they buy at RETAIL prices; they ASKED
    and nobody answered yet; they buy at WHOLESALE prices."""

    NONE = "none"
    RETAIL = "retail"
    ASKED = "asked"
    WHOLESALE = "wholesale"


@dataclass(frozen=True, slots=True)
class Application:
    """`business` and what and where it is (`about`), as the customer wrote it. `phone` is E.164, None for
    those who only show a user id. `person` is the id of the person."""

    number: int
    person: str
    business: str
    about: str
    phone: str | None


class WholesalePort(Protocol):
    """For the customer of this turn."""

    def standing(self) -> Buying: ...
    def apply(self, business: str, about: str) -> Application:
        """The shop's staff are told. Asking again while nobody answered changes nothing."""


class ApprovalsPort(Protocol):
    """For a member of the shop's staff. Saying again what is already so changes nothing, and tells nobody."""

    def waiting(self) -> Sequence[Application]:
        """Unanswered, oldest first."""

    def approve(self, number: int) -> Application | Refusal:
        """They buy at wholesale prices from now on, and are told. Refuses UnknownApplication."""

    def decline(self, number: int, reason: str) -> Application | Refusal:
        """They do not, or no longer, and are told why. Refuses UnknownApplication."""
