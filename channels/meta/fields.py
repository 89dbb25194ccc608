"""JSON from outside, read without trust: whatever is missing or of another type is empty."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Fields:
    """One JSON object."""

    _known: Mapping[str, object]

    def text(self, name: str) -> str:
        """A string, or a whole number as one; else ""."""
        value = self._known.get(name)
        if isinstance(value, str):
            return value
        whole = isinstance(value, int) and not isinstance(value, bool)
        return str(value) if whole and abs(value) < 10**18 else ""  # type: ignore[arg-type]

    def number(self, name: str) -> float | None:
        """A finite number; Meta writes some of them as strings."""
        value = self._known.get(name)
        if isinstance(value, bool) or not isinstance(value, int | float | str):
            return None
        try:
            number = float(value)
        except (ValueError, OverflowError):
            return None
        return number if abs(number) < 1e15 else None

    def truth(self, name: str) -> bool | None:
        value = self._known.get(name)
        return value if isinstance(value, bool) else None

    def under(self, name: str) -> "Fields":
        """The object with that name; an empty one where there is none."""
        value = self._known.get(name)
        return Fields(value) if isinstance(value, dict) else Fields({})

    def each(self, name: str) -> Iterator["Fields"]:
        """The objects of the list with that name."""
        value = self._known.get(name)
        for item in value if isinstance(value, list) else ():
            if isinstance(item, dict):
                yield Fields(item)
