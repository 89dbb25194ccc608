"""The base of everything that is refused."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Refusal:
    """The base: `isinstance(result, Refusal)` tells a refusal from a result."""
