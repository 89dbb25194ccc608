"""Test messages that are too near to what the engine learned from, or to one another.

`python -m intents.evaluation.duplicates` prints their ids and what they are near to, never the other
text: whoever writes test messages does not read the training data.
"""

import argparse
import json
import sys
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np
from rapidfuzz import fuzz, process

from intents.errors import IntentsError
from intents.folding import PRODUCT, folded
from intents.language import Language
from intents.language_files import LOCALES, known_locales
from intents.templates import templates
from intents.utterances import utterances

TOO_NEAR = 85.0
_AT_ONCE = 2000
SETS = Path("tests/nlu/test")
OTHERS = Path("tests/nlu/dev")
_PLAIN = Language("und")


class Text(NamedTuple):
    """A text and where it stands: an id, or a sentence of the training data."""

    place: str
    text: str


class Near(NamedTuple):
    """Two texts that are too alike. `alike` is RapidFuzz's ratio, 0 to 100."""

    id: str
    other: str
    alike: float


def messages(folder: Path) -> list[Text]:
    """All messages of the sets in a folder; none where there is no such folder."""
    found = []
    for path in sorted(folder.glob("*.jsonl")):
        for line in path.read_text(encoding="utf-8").split("\n"):
            if line.strip():
                row = json.loads(line)
                found.append(Text(row["id"], _plain(row["text"])))
    return found


def training(root: Path = LOCALES) -> list[Text]:
    """Everything the classifier learns from: the templates as written, and as filled. The place is
    the sentence's number in its file, blank lines and comments not counted."""
    places, found = [], {}
    for code in known_locales(root):
        for intent, lines in templates(root / code).items():
            for number, line in enumerate(lines, 1):
                places.append(f"{code}/{intent.value}:{number}")
                found[_plain(line)] = places[-1]
    for each in utterances(root):
        found.setdefault(_plain(each.text.replace(PRODUCT, " ")), places[each.template])
    return [Text(place, text) for text, place in found.items()]


def near(tested: Sequence[Text], others: Sequence[Text]) -> Iterator[Near]:
    """The nearest of `others` for each tested text that has one too near."""
    texts = [other.text for other in others]
    if not texts:
        return
    for start in range(0, len(tested), _AT_ONCE):
        part = tested[start : start + _AT_ONCE]
        scores = process.cdist(
            [each.text for each in part], texts, scorer=fuzz.ratio, score_cutoff=TOO_NEAR, workers=2
        )
        best = np.argmax(scores, axis=1)
        for row, column in enumerate(best):
            if scores[row, column] >= TOO_NEAR:
                yield Near(part[row].place, others[column].place, float(scores[row, column]))


def near_one_another(tested: Sequence[Text]) -> Iterator[Near]:
    """Pairs of tested texts, the later one first."""
    texts = [each.text for each in tested]
    scores = process.cdist(texts, texts, scorer=fuzz.ratio, score_cutoff=TOO_NEAR, workers=2)
    for one, other in zip(*np.nonzero(np.tril(scores, -1)), strict=True):
        yield Near(tested[one].place, tested[other].place, float(scores[one, other]))


def duplicates(sets: Path, others: Path, root: Path = LOCALES) -> Sequence[Near]:
    """Everything that is too near in the sets of a folder."""
    tested = messages(sets)
    known = [*training(root), *messages(others)]
    return [*near(tested, known), *near_one_another(tested)]


def _plain(text: str) -> str:
    return folded(text, _PLAIN)


def main(arguments: Iterable[str] | None = None) -> int:
    """The command line. Exits with 1 where something is too near."""
    parser = argparse.ArgumentParser(prog="python -m intents.evaluation.duplicates")
    parser.add_argument("--sets", type=Path, default=SETS, metavar="DIR")
    parser.add_argument("--dev", type=Path, default=OTHERS, metavar="DIR")
    parser.add_argument("--locales", type=Path, default=LOCALES, metavar="DIR")
    options = parser.parse_args(None if arguments is None else list(arguments))
    try:
        found = duplicates(options.sets, options.dev, options.locales)
    except (IntentsError, OSError, ValueError) as error:
        print(error, file=sys.stderr)
        return 2
    for each in found:
        print(f"{each.id}\t{each.other}\t{each.alike:.0f}")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
