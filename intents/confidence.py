"""How sure a guess is: a probability, fitted on guesses about texts that the model had not seen."""

import math
from dataclasses import dataclass, replace
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from intents.features import Floats
from intents.vocabulary import Vector

# As if every weight had been seen to be small once.
_RIDGE = 0.01
_STEEPNESSES = (0.5, 1.0, 1.5, 2.0, 3.0, 4.0, 6.0, 8.0)

Curve = tuple[float, ...]


class Evidence(NamedTuple):
    """Of a guess: its margin, how far the next class is behind, and how much of the text is known."""

    margin: float
    lead: float
    known: float


@dataclass(frozen=True, slots=True)
class Guess:
    """What a model said of a text that it was not trained on. `true` is the right class, if it has it."""

    margins: Floats
    evidence: Evidence
    true: int | None

    @property
    def right(self) -> bool:
        """Whether the class with the highest margin is the right one."""
        return self.true == int(self.margins.argmax())


@dataclass(frozen=True, slots=True)
class Calibration:
    """Logistic curves over what a guess looks like, and how steeply the other classes fall behind.

    `inside` is whether the text is of any class at all, `right` whether it is then of the likeliest one.
    They are two questions: what is out of scope looks unlike everything, a wrong guess like two classes.
    `level` makes of both answers together a chance that comes true.
    """

    inside: Curve = (30.0, 0.0)
    right: Curve = (0.0, 2.0, 2.0)
    level: Curve = (0.0, 1.0)
    steepness: float = 2.0

    @classmethod
    def of(cls, guesses: list[Guess], unseen: list[Guess], share: float) -> "Calibration":
        """Fitted by maximum likelihood on guesses about texts of known classes, and about others.

        Both weigh alike where they are told apart; for the level the others weigh `share` times the first.
        """
        looks = np.array([_looks(guess.evidence) for guess in guesses])
        right = np.array([guess.right for guess in guesses], dtype=float)
        found = cls(
            right=_logistic(looks, right, np.ones(len(guesses))), steepness=_steepness(guesses)
        )
        if not unseen:
            return found
        every = [*guesses, *unseen]
        known = np.repeat([1.0, 0.0], [len(guesses), len(unseen)])
        familiar = np.array([_familiarity(guess.evidence) for guess in every])
        ratio = len(guesses) / len(unseen)
        inside = _logistic(familiar, known, np.where(known > 0, 1.0, ratio))
        found = replace(found, inside=inside)
        both = np.array([found.both(guess.evidence) for guess in every])
        come_true = np.array([guess.right for guess in every], dtype=float)
        level = _logistic(both, come_true, np.where(known > 0, 1.0, share * ratio))
        return replace(found, level=level)

    def both(self, seen: Evidence) -> Curve:
        """What the level is a curve over: the log-odds of both answers together."""
        chance = _chance(self.inside, _familiarity(seen)) * _chance(self.right, _looks(seen))
        return 1.0, math.log(chance / (1 - chance + 1e-9) + 1e-9)

    def probabilities(self, margins: Floats, vector: Vector) -> Floats:
        """For each class. The likeliest one's is the chance that it is right; the others share the rest."""
        sure = _chance(self.level, self.both(evidence(margins, vector)))
        best = int(margins.argmax())
        shares = _shares(margins, best, self.steepness) * (1 - sure)
        # However unsure the guess is, it stays the likeliest.
        np.minimum(shares, np.float32(0.99 * sure), out=shares)
        shares[best] = sure
        return shares


def evidence(margins: Floats, vector: Vector) -> Evidence:
    """What a guess looks like: its margin, its lead, and how much of the text the model knows."""
    second, first = np.partition(margins, -2)[-2:].tolist()
    return Evidence(first, first - second, vector.known[0])


def _familiarity(seen: Evidence) -> Curve:
    """What tells texts of the known classes from others."""
    return 1.0, seen.margin + seen.known


def _looks(seen: Evidence) -> Curve:
    """What tells right guesses from wrong ones."""
    return 1.0, seen.margin, seen.lead


def _chance(curve: Curve, seen: Curve) -> float:
    exponent = sum(weight * value for weight, value in zip(curve, seen, strict=True))
    return 1 / (1 + math.exp(-min(max(exponent, -30.0), 30.0)))


def _shares(margins: Floats, best: int, steepness: float) -> Floats:
    """How the classes other than the best one share what it leaves."""
    shares: Floats = np.exp(np.float32(steepness) * (margins - margins[best]))
    shares[best] = 0.0
    shares /= max(float(shares.sum()), 1e-9)
    return shares


def _steepness(guesses: list[Guess]) -> float:
    """The one that gives the right classes most where the likeliest one was wrong."""
    wrong = [guess for guess in guesses if guess.true is not None and not guess.right]

    def likelihood(steepness: float) -> float:
        found = 0.0
        for guess in wrong:
            shares = _shares(guess.margins, int(guess.margins.argmax()), steepness)
            found += float(np.log(shares[guess.true] + 1e-6))
        return found

    return max(_STEEPNESSES, key=likelihood) if wrong else Calibration().steepness


def _logistic(
    evidence: NDArray[np.float64], right: NDArray[np.float64], weights: NDArray[np.float64]
) -> Curve:
    """Weighted logistic regression with a small ridge, by Newton's method."""
    fitted = np.zeros(evidence.shape[1])
    for _ in range(30):
        chance = 1 / (1 + np.exp(-np.clip(evidence @ fitted, -30, 30)))
        slope = evidence.T @ (weights * (chance - right)) + _RIDGE * fitted
        curve = evidence.T * (weights * chance * (1 - chance)) @ evidence
        step = np.linalg.solve(curve + _RIDGE * np.eye(len(fitted)), slope)
        fitted = fitted - step
        if float(np.abs(step).max()) < 1e-6:
            break
    return tuple(float(weight) for weight in fitted)
