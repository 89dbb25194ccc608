"""Tokens by their place in a message."""

from collections.abc import Sequence

from intents.folding import Token


def word_at(tokens: Sequence[Token], at: int) -> str:
    """The word at this place, "" before the first and behind the last."""
    return tokens[at].word if 0 <= at < len(tokens) else ""
