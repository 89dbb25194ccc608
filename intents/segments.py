"""Where one action of a message ends and the next begins: "remove the rice AND add sugar"."""

from collections.abc import Collection, Sequence

from intents.folding import Token, is_word
from intents.language import Language
from intents.phrases import length_at, words

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


def body(tokens: Sequence[Token], segment: Segment, language: Language) -> Segment:
    """The segment without the greeting or courtesy at its head and the separators at both ends."""
    first, last = segment
    while first < last and _is_apart(tokens[first], language):
        first += 1
    while last > first and _is_apart(tokens[last - 1], language):
        last -= 1
    for length in range(min(4, last - first - 1), 0, -1):
        said = words(tokens[first : first + length])
        if said in language.whole and set(said) <= language.polite:
            return body(tokens, (first + length, last), language)
    return first, last


def _is_apart(token: Token, language: Language) -> bool:
    return token.word in language.separators or not (is_word(token) or token.word[0].isdigit())


def _says_something(tokens: Sequence[Token], first: int, last: int, language: Language) -> bool:
    return any(not _is_apart(token, language) for token in tokens[first:last])
