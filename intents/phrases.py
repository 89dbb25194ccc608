"""Finds phrases of a few words among tokens."""

from collections.abc import Collection, Sequence

from intents.folding import Token
from intents.language import Phrase

_LONGEST = 5


def length_at(tokens: Sequence[Token], at: int, phrases: Collection[Phrase]) -> int:
    """How many tokens the longest phrase that begins here takes, or 0."""
    for length in range(min(_LONGEST, len(tokens) - at), 0, -1):
        if words(tokens[at : at + length]) in phrases:
            return length
    return 0


def words(tokens: Sequence[Token]) -> Phrase:
    """The tokens' folded words."""
    return tuple(token.word for token in tokens)
