"""The sentences that the classifier learns from: templates with their slots filled."""

import random
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from intents.errors import LanguageDataError
from intents.folding import PRODUCT, folded
from intents.language import Language
from intents.language_files import LOCALES, known_locales, speech
from intents.templates import SLOT, templates

_SEED = 7
# With goods that the shop knows (a mask), and with goods that it does not (their names).
_MASKED, _NAMED = 2, 2
_MASK_WORD = "qqproductqq"


class Utterance(NamedTuple):
    """A folded sentence, its intent, the number of the template that it was made from, and its language."""

    text: str
    intent: str
    template: int
    locale: str


def utterances(root: Path = LOCALES) -> list[Utterance]:
    """All languages' sentences. The same files give the same list."""
    found: list[Utterance] = []
    number = 0
    for code in known_locales(root):
        # As messages are read: with English beside every language.
        language = speech((code,), root)
        slots = _slots(root / code / "slots.toml")
        chance = random.Random(f"{_SEED}-{code}")
        for intent, lines in templates(root / code).items():
            for line in lines:
                texts = dict.fromkeys(_fillings(line, slots, language, chance))
                found.extend(Utterance(text, intent.value, number, code) for text in texts)
                number += 1
    return found


def _fillings(
    line: str, slots: Mapping[str, Sequence[str]], language: Language, chance: random.Random
) -> Iterator[str]:
    named = set(SLOT.findall(line))
    if not named:
        yield folded(line, language)
        return
    masked = {**slots, "product": (_MASK_WORD,)}
    for _ in range(_MASKED):
        yield folded(_fill(line, masked, chance), language).replace(_MASK_WORD, PRODUCT)
    for _ in range(_NAMED if "product" in named else 1):
        yield folded(_fill(line, slots, chance), language)


def _fill(line: str, slots: Mapping[str, Sequence[str]], chance: random.Random) -> str:
    return SLOT.sub(lambda slot: chance.choice(slots[slot.group(1)]), line)


def _slots(path: Path) -> Mapping[str, Sequence[str]]:
    try:
        table = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, tomllib.TOMLDecodeError) as error:
        raise LanguageDataError(f"{path}: {error}") from error
    return {name: [str(value) for value in values] for name, values in table.items()}
