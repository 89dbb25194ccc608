"""What stands after STOCK: "rice 40", "rice -2 damaged", "rice LOW 20", and several of those in one
message."""

import re
from collections.abc import Mapping, Sequence

from intents.commands.after_figure import up_to_figure
from intents.commands.figures import is_figure
from intents.commands.stock_words import level_words, loss_words
from intents.folding import fold
from intents.language import Language, Phrase

# Lines of their own, or after a comma; "48,000" is one figure.
_BETWEEN = re.compile(r"\s*(?:\r?\n|;|,(?!\d))\s*")
_TRAILING = " \t.!?,"
_MOST_LINES = 30
_PIECES = re.compile(r"\d{1,9}$")
# What stands in the place of pieces where the shop's own number counts again.
OFF = "OFF"


def read_stock(rest: str, language: Language, heads: Sequence[Phrase]) -> str | None:
    """One line for each thing: goods, a figure, and the reason where they are lost. What is no such line
    stays as it was written; None where the first is none. `heads` are the words that may stand again
    before each line."""
    parts = [part for part in _BETWEEN.split(rest) if part.strip(_TRAILING)][:_MOST_LINES]
    lines = [_line(_without(part, heads), language) for part in parts]
    if not lines or lines[0] is None:
        return None
    return "\n".join(
        _without(part, heads) if line is None else line
        for line, part in zip(lines, parts, strict=True)
    )


def _without(part: str, heads: Sequence[Phrase]) -> str:
    """The line without the keyword."""
    words = part.strip(_TRAILING).split()
    for head in sorted(heads, key=len, reverse=True):
        if tuple(map(fold, words[: len(head)])) == head and len(words) > len(head):
            return " ".join(words[len(head) :])
    return " ".join(words)


def _line(line: str, language: Language) -> str | None:
    if (level := _level(line.replace("=", " ").split(), language)) is not None:
        return level
    line = up_to_figure(line, language)
    goods, figure, reason = _parts(line.replace("=", " ").split(), loss_words())
    if not goods or not figure or set(map(fold, goods)) <= language.function:
        return None
    if not reason:
        return f"{' '.join(goods)} {figure}"
    if figure.startswith("+"):
        return None
    return f"{' '.join(goods)} -{figure.lstrip('-')} {reason}"


def _level(words: Sequence[str], language: Language) -> str | None:
    """Goods, a level in capitals, and pieces, or the word by which riders go off duty."""
    if len(words) < 3:
        return None
    *before, last = words
    off = language.commands.get((fold(last),)) == OFF
    if not off and not _PIECES.match(last):
        return None
    for phrase, level in level_words().items():
        goods = before[: -len(phrase)]
        if goods and tuple(map(fold, before[-len(phrase) :])) == phrase:
            return f"{' '.join(goods)} {level.upper()} {OFF if off else last}"
    return None


def _parts(words: list[str], reasons: Mapping[Phrase, str]) -> tuple[list[str], str, str]:
    """Goods, the figure, and the reason ("" where there is none)."""
    for place in range(len(words) - 1, 0, -1):
        if not is_figure(words[place]):
            continue
        after = tuple(map(fold, words[place + 1 :]))
        if not after:
            return words[:place], words[place], ""
        if after in reasons:
            return words[:place], words[place], reasons[after]
        break
    return [], "", ""
