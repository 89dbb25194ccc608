"""Who comes to work at a shop."""

from dataclasses import dataclass

from flows.ports.team import Part


@dataclass(frozen=True, slots=True)
class TeamInvited:
    """The owner's code is back: a person, by id, is asked to sell or ride here; `invitation` is its id."""

    person: str
    invitation: str
    part: Part


@dataclass(frozen=True, slots=True)
class TeamAnswered:
    """Who was invited has agreed (`joined`), or not."""

    name: str
    phone: str
    part: Part
    joined: bool
