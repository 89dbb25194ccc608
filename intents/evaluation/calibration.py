"""Whether a confidence is a probability: how often the engine is right where it is so sure."""

from typing import TypedDict

from intents.evaluation.figures import BINS, Columns


class Bin(TypedDict):
    """The answers of one range of confidence: how many, how sure, how often right."""

    above: float
    n: int
    confidence: float
    right: float


def reliability(table: Columns) -> list[Bin]:
    """The bins that hold anything, from unsure to sure."""
    found: list[Bin] = []
    for number in range(BINS):
        last = number == BINS - 1
        above = table.confidence * BINS >= number
        inside = above & ((table.confidence * BINS < number + 1) | last)
        if inside.any():
            here = table.at(inside)
            found.append(
                Bin(
                    above=number / BINS,
                    n=len(here),
                    confidence=round(float(here.confidence.mean()), 4),
                    right=round(float((here.gold == here.said).mean()), 4),
                )
            )
    return found
