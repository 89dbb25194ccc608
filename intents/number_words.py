"""How a language says numbers: the table of its numbers.toml, ready for looking up."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from enum import Enum, auto
from typing import Protocol

Phrase = tuple[str, ...]

_LONGEST = 7


class Said(Protocol):
    """A token, as far as its word goes."""

    @property
    def word(self) -> str: ...


class Role(Enum):
    """What a number word does. SCALE multiplies what stands before it, LEADING what stands after it."""

    VALUE = auto()
    SCALE = auto()
    LEADING = auto()
    GROUP = auto()
    FRACTION = auto()


@dataclass(frozen=True, slots=True)
class Piece:
    """One word, or several, of a number. What is below `room` may be added after a VALUE.

    `weak` ones are everyday words too. `length` is in tokens.
    """

    role: Role
    value: Decimal
    length: int
    room: int = 0
    weak: bool = False


@dataclass(frozen=True, slots=True)
class NumberWords:
    """The number words of a language. `articles` count as 1 where goods follow; `joiners` stand inside a
    number ("two hundred and five"); `suffixes` are glued to digits ("5k"). With `after_noun` a number
    follows what it counts ("soda mbili").
    """

    pieces: Mapping[Phrase, Piece] = field(default_factory=dict)
    suffixes: Mapping[str, int] = field(default_factory=dict)
    articles: frozenset[str] = frozenset()
    joiners: frozenset[str] = frozenset()
    after_noun: bool = False
    heads: Mapping[str, int] = field(default_factory=dict)

    def piece(self, tokens: Sequence[Said], at: int) -> Piece | None:
        """The longest number word at this token."""
        if at >= len(tokens):
            return None
        longest = self.heads.get(tokens[at].word, 0)
        for length in range(min(longest, len(tokens) - at), 0, -1):
            found = self.pieces.get(tuple(token.word for token in tokens[at : at + length]))
            if found is not None:
                return found
        return None

    def joins(self, word: str) -> bool:
        """Whether a word or sign stands inside a number."""
        return word in self.joiners or word == "-"


def number_words(
    pieces: Mapping[Phrase, Piece],
    suffixes: Mapping[str, int],
    articles: frozenset[str],
    joiners: frozenset[str],
    *,
    after_noun: bool,
) -> NumberWords:
    """A table with its index: how long the words that begin with a word can be."""
    heads: dict[str, int] = {}
    for phrase in pieces:
        heads[phrase[0]] = max(heads.get(phrase[0], 0), min(len(phrase), _LONGEST))
    return NumberWords(pieces, suffixes, articles, joiners, after_noun, heads)


def default_room(value: int) -> int:
    """What may be added to a value without a word between: less than its last figure that is not zero.

    10 and 20 take up to 9 more, 300 up to 99. A language says in [rooms] what is otherwise.
    """
    place = 1
    while value and value % (place * 10) == 0:
        place *= 10
    return place if place > 1 else 0


def merge_numbers(first: NumberWords, second: NumberWords, owned: frozenset[str]) -> NumberWords:
    """Both tables; the first one wins, and `owned` words of its language count nothing in the second."""
    added = {p: piece for p, piece in second.pieces.items() if p[0] not in owned}
    return number_words(
        {**added, **first.pieces},
        {**second.suffixes, **first.suffixes},
        first.articles | (second.articles - owned),
        first.joiners | (second.joiners - owned),
        after_noun=first.after_noun,
    )
