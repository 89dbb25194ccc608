"""What scores are made of, by name: "completion=0.25, delivery=0.20"."""

from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from typing import TypeVar

from flows.ports.scores import Grade, Part, RiderPart

N = TypeVar("N", bound=StrEnum)


def by_name(text: str, names: type[N], most: Decimal) -> Mapping[N, Decimal]:
    """Figures from 0 to `most`, not all of them 0; a name that is left out has none. Raises ValueError."""
    found: dict[N, Decimal] = {}
    for part in filter(None, (each.strip() for each in text.split(","))):
        name, _, figure = (word.strip() for word in part.partition("="))
        try:
            found[names(name)] = value = Decimal(figure)
        except (ValueError, InvalidOperation):
            value = Decimal(-1)
        if not (value.is_finite() and 0 <= value <= most):
            known = ", ".join(each.value for each in names)
            raise ValueError(f'give names and figures, such as "{next(iter(names))}=1"; of {known}')
    if not any(found.values()):
        raise ValueError("at least one must be more than 0")
    return found


def seller_weights(text: str) -> Mapping[Part, Decimal]:
    return _weights(by_name(text, Part, Decimal(1000)), Part)


def rider_weights(text: str) -> Mapping[RiderPart, Decimal]:
    return _weights(by_name(text, RiderPart, Decimal(1000)), RiderPart)


def grades(text: str) -> Mapping[Grade, Decimal]:
    """From so many points on. Nobody sets what probation and being new are: what is left."""
    found = by_name(text, Grade, Decimal(5))
    if Grade.PROBATION in found or Grade.NEW in found:
        raise ValueError("probation is below all others, and new is without a score: give neither")
    return found


def written(figures: Mapping[N, Decimal]) -> str:
    """As it is read."""
    return ", ".join(f"{name.value}={figure}" for name, figure in figures.items())


def _weights(found: Mapping[N, Decimal], names: type[N]) -> Mapping[N, Decimal]:
    return {name: found.get(name, Decimal()) for name in names}
