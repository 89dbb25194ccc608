"""What a shop promises of its deliveries, in its own words ("60-90 min", "1-2 days")."""

import re
from datetime import timedelta

# The longer of two figures, in minutes, hours or days as people shorten them.
_TIME = re.compile(r"(\d{1,4})\s*(min|m\b|h|day|jour|siku)", re.IGNORECASE)
# One figure or two ("60-90", "60 to 90", "entre 60 et 90") and their unit, as a whole word.
_SPAN = re.compile(
    r"(?:(\d{1,3})(\s*(?:-|\u2013|/|to|\u00e0|et|hadi)\s*))?"
    r"(\d{1,3})(\s*)((?:min|m\b|h)[^\W\d_]*)",
    re.IGNORECASE,
)
# Slower times are round: to so many minutes, and in minutes up to three hours.
ROUND = 5
LONGEST_IN_MINUTES = 180


def longest(eta: str) -> timedelta | None:
    """The most that it takes; None where that is not written in minutes, hours or days."""
    found = _TIME.search(eta)
    if found is None:
        return None
    count, unit = int(found[1]), found[2].lower()
    if unit.startswith("m"):
        return timedelta(minutes=count)
    return timedelta(hours=count) if unit == "h" else timedelta(days=count)


def slower(eta: str, factor: int) -> str:
    """The same where everything takes `factor` hundredths of the time (130: three tenths longer), never
    less than that. Days stay as they are, and so do words that hold no minutes or hours."""
    alone = len(_SPAN.findall(eta)) == 1
    return _SPAN.sub(lambda found: _longer(found, factor, alone=alone), eta)


def _longer(found: re.Match[str], factor: int, *, alone: bool) -> str:
    """`alone`: no other figure belongs to it, as in "1 h 30 min"."""
    first, between, last, gap, unit = found.groups(default="")
    figures = [int(figure) * factor for figure in (first, last) if figure]
    step = ROUND
    if unit.lower().startswith("h"):
        if (
            alone
            and any(each % 100 for each in figures)
            and figures[-1] * 60 <= LONGEST_IN_MINUTES * 100
        ):
            figures, gap, unit = [figure * 60 for figure in figures], " ", "min"
        else:
            step = 1
    return between.join(str(_up(figure, step)) for figure in figures) + gap + unit


def _up(hundredths: int, step: int) -> int:
    """Up to the next whole multiple of `step`."""
    return -(-hundredths // (100 * step)) * step
