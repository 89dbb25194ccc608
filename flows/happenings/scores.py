"""What the nightly scores bring about."""

from dataclasses import dataclass

from flows.ports.scores import Score


@dataclass(frozen=True, slots=True)
class ScoreFell:
    """The shop has fallen to probation."""

    score: Score
