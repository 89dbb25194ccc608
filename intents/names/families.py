"""A product and its variants as they compare: the words, numbers and sizes of all their names."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from intents.terms import is_figure


@dataclass(frozen=True, slots=True)
class Name:
    """One name or alias. `words` without figures; `figures` are its numbers and sizes; `sku` is meant."""

    words: tuple[str, ...]
    figures: frozenset[str]
    compact: str
    sku: str


@dataclass(frozen=True, slots=True)
class Kin:
    """One variant: the words and sizes that set it apart."""

    sku: str
    keys: frozenset[str]


@dataclass(slots=True)
class Family:
    """A product and its variants. `figures` and `words` are all that any of its names carries."""

    sku: str
    names: list[Name] = field(default_factory=list)
    kin: list[Kin] = field(default_factory=list)
    words: set[str] = field(default_factory=set)
    figures: set[str] = field(default_factory=set)
    unit: str | None = None

    @property
    def shortest(self) -> int:
        """Words in its shortest name."""
        return min(len(name.words) for name in self.names)

    def apart(self) -> set[str]:
        """All that sets its variants apart."""
        return set().union(*(kin.keys for kin in self.kin))


def name_of(keys: Sequence[str], sku: str) -> Name:
    """The name of these keys."""
    words = tuple(key for key in keys if not is_figure(key))
    return Name(words, frozenset(key for key in keys if is_figure(key)), "".join(words), sku)
