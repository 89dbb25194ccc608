"""The place that a message names."""

from collections.abc import Sequence

from intents.folding import Token, is_word
from intents.language import Language
from intents.phrases import length_at

_AREA_AT_MOST = 80
_ENDS = frozenset({"?", "!", ";", "\n", "."})


def find_area(text: str, tokens: Sequence[Token], language: Language) -> str | None:
    """The place after "deliver to" or "in", as written. The longest of such words is believed."""
    best: tuple[int, int] | None = None
    for at in range(len(tokens)):
        length = length_at(tokens, at, language.area_marks)
        if (
            length
            and _names_place(tokens, at + length, language)
            and (best is None or length > best[1])
        ):
            best = (at, length)
    return _until_end(text, tokens, sum(best), language) if best else None


def whole_area(text: str, tokens: Sequence[Token], language: Language) -> str | None:
    """The place that a message names when it was asked for one, without the words around it."""
    at = 0
    while at < len(tokens):
        length = length_at(tokens, at, language.area_marks)
        if not length and tokens[at].word in language.polite | language.function:
            length = 1
        if not length:
            break
        at += length
    return _until_end(text, tokens, at, language)


def _names_place(tokens: Sequence[Token], at: int, language: Language) -> bool:
    """Whether a word stands here that may be a place: none of those that surround wishes."""
    if at >= len(tokens) or not is_word(tokens[at]):
        return False
    word = tokens[at].word
    if word in language.linkers:
        return _names_place(tokens, at + 1, language)
    return word not in language.carriers and word not in language.units


def _until_end(text: str, tokens: Sequence[Token], at: int, language: Language) -> str | None:
    """The text from this token up to a sign or a phrase that ends places."""
    last = at
    while last < len(tokens) and tokens[last].word not in _ENDS:
        if last > at and length_at(tokens, last, language.area_ends):
            break
        last += 1
    if last == at:
        return None
    place = text[tokens[at].start : tokens[last - 1].end].strip(" ,.-")
    return place[:_AREA_AT_MOST] or None
