"""How alike words are: misspelt, said in another language, or with their spaces moved."""

import re
from collections.abc import Collection, Sequence

from rapidfuzz import process
from rapidfuzz.distance import OSA

from intents.language import Language
from intents.language_files import called, elisions
from intents.terms import singular

TRANSLATED = 0.95
"""How alike a word and its translation are. No slip in a word leaves it as near."""
# In letters: shorter words compare exactly, and longer ones may have two slips.
SHORTEST_MISSPELT, _LONG = 4, 7
# Names with their spaces moved are taken for the same from here on.
ALIKE = 0.82
# More than the index itself would take of those that are as near.
_MOST_LIKE = 12
_FIGURE = re.compile(r"\d")


def has_figure(word: str) -> bool:
    """Whether there is a digit in it: then one slip makes another thing of it."""
    return _FIGURE.search(word) is not None


def slips_in(word: str) -> int:
    """In how many letters a word may be misspelt and still be known."""
    return 2 if len(word) >= _LONG else 1


def may_be_misspelt(word: str, familiar: Collection[str]) -> bool:
    """Figures, short and everyday words compare exactly."""
    return not has_figure(word) and len(word) >= SHORTEST_MISSPELT and word not in familiar


def translations(word: str, language: Language) -> tuple[str, ...]:
    """The keys of what a word is in another language, or without a little word glued to it: "riz" where
    rice is sold, "d'huile" where "huile" is.
    """
    bare = (word.removeprefix(glued) for glued in elisions() if word.startswith(glued))
    said = [word, *(rest for rest in bare if len(rest) >= SHORTEST_MISSPELT)]
    meant = [english for each in said for english in called().get(each, ())]
    # Some languages would cut more off what is singular already: "bean" where Hausa is spoken.
    cut = (singular(each, language) for each in (*said, *meant))
    return tuple(dict.fromkeys((*cut, *meant)))


def slips_among(word: str, others: Collection[str]) -> Sequence[str]:
    """Those that the word may be, misspelt, the nearest first."""
    scored = process.extract(
        word, others, scorer=OSA.distance, score_cutoff=slips_in(word), limit=_MOST_LIKE
    )
    return [other for other, _, _ in scored]


def alike_among(compact: str, others: Collection[str]) -> Sequence[str]:
    """Those that may be the same name, when spaces are left out of both, the most alike first."""
    scored = process.extract(
        compact, others, scorer=OSA.normalized_similarity, score_cutoff=ALIKE, limit=_MOST_LIKE
    )
    return [other for other, _, _ in scored]
