"""Where one action of a message ends and the next begins: "remove the rice AND add sugar"."""

from collections.abc import Collection, Sequence

from intents.folding import Token, is_word
from intents.language import Language
from intents.phrases import length_at, words

_LONGEST_GREETING = 4

Segment = tuple[int, int]
"""tokens[first:last]"""


def segments(
    tokens: Sequence[Token], ends_of_goods: Collection[int], language: Language
) -> list[Segment]:
    """The actions' places. A new one opens with a word for it, after a separator or right after goods."""
    starts = [0]
    for at in range(1, len(tokens)):
        before = tokens[at - 1]
        apart = before.word in language.separators or not (
            is_word(before) or before.word[0].isdigit()
        )
        opens = apart and length_at(tokens, at, language.openers)
        acts = at in ends_of_goods and length_at(tokens, at, language.verbs.keys())
        if (opens or acts) and _says_something(tokens, starts[-1], at, language):
            starts.append(at)
    return list(zip(starts, [*starts[1:], len(tokens)], strict=True))


def trimmed(tokens: Sequence[Token], segment: Segment, language: Language) -> Segment:
    """The segment without the separators at both ends."""
    first, last = segment
    while first < last and is_apart(tokens[first], language):
        first += 1
    while last > first and is_apart(tokens[last - 1], language):
        last -= 1
    return first, last


def without_greeting(tokens: Sequence[Token], segment: Segment, language: Language) -> Segment:
    """The segment without the greeting or the "yes" at its head, if more than that is said."""
    first, last = segment
    for length in range(min(_LONGEST_GREETING, last - first - 1), 0, -1):
        if words(tokens[first : first + length]) in language.heads:
            rest = trimmed(tokens, (first + length, last), language)
            return without_greeting(tokens, rest, language) if rest[0] < rest[1] else segment
    return segment


def is_apart(token: Token, language: Language) -> bool:
    """Whether it stands between things: a separator ("and") or a sign."""
    return token.word in language.separators or not (is_word(token) or token.word[0].isdigit())


def _says_something(tokens: Sequence[Token], first: int, last: int, language: Language) -> bool:
    return any(not is_apart(token, language) for token in tokens[first:last])
