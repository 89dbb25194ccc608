"""Orders of another shop that this one supplies, by their names here: "OK S12", "s12 no, sold out"."""

from collections.abc import Mapping, Sequence
from itertools import dropwhile

from intents.command import Command, Word
from intents.commands.keyword import keyword
from intents.commands.parts import FILLERS, Part, as_written, is_order_number
from intents.language import Phrase

# What stands before the number of another shop's order, and what may be said to it.
_MARK = "s"
_ANSWERS = frozenset({Word.OK, Word.NO, Word.READY})


def read_supplied(
    text: str,
    parts: Sequence[Part],
    found: tuple[Word, int, bool] | None,
    words: Mapping[Phrase, Word],
) -> Command | None:
    """ "OK S12", "s12 no, sold out", "S12" alone: an order of another shop, by its name here. The answer
    becomes the rest of the one word for all of them; another word is not about such an order."""
    if Word.SUPPLY not in words.values():
        return None
    place = found[1] if found is not None and found[0] in _ANSWERS else 0
    head = list(dropwhile(lambda part: place and part.word in FILLERS, parts[place:]))
    if len(head) < 2 or head[0].word != _MARK or not is_order_number(head[1]):
        return None
    number, after = int(head[1].word), head[2:]
    if place == 0 and after:
        found = keyword(after, words)
        if found is None or found[0] not in _ANSWERS:
            return None
        after = after[found[1] :]
    if found is None:
        return Command(Word.SUPPLY, number)
    word, _, exact = found
    return Command(Word.SUPPLY, number, f"{word} {as_written(text, after)}".strip(), exact)
