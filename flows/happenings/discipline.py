"""What the platform does about a shop, or a rider of it, that breaks its rules."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Warned:
    """`rider` is the id of the rider's row, None: the shop itself. It is the `count`-th warning of late,
    and with `most` there is a suspension."""

    rider: str | None
    reason: str
    count: int
    most: int


@dataclass(frozen=True, slots=True)
class Suspended:
    """`until` None: until somebody of the platform ends it."""

    rider: str | None
    reason: str
    until: datetime | None


@dataclass(frozen=True, slots=True)
class SuspensionOver:
    rider: str | None
