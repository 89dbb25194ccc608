"""One catalogue's names, found by their words: as written, misspelt, translated or run together."""

import string
from collections import OrderedDict, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from threading import Lock

from rapidfuzz import process
from rapidfuzz.distance import OSA

from intents.language import Language
from intents.names.families import Family, Kin, name_of
from intents.names.keying import keyed, keys_of
from intents.names.likeness import (
    ALIKE,
    SHORTEST_MISSPELT,
    TRANSLATED,
    has_figure,
    may_be_misspelt,
    slips_in,
    translations,
)
from intents.understanding import Entry

_WORDS = 4096
# A slip in a word's first letter is rarer than one within it.
_FIRST_LETTER = 0.1
_BRIEF = 5
_LETTERS = string.ascii_lowercase


class Names:
    """The index of one catalogue in one shop's languages. Reading it from several threads is safe.

    `known` are keys that are carried by names which are not among the entries, as only a part of a big
    shop's are."""

    def __init__(
        self, entries: Sequence[Entry], language: Language, known: frozenset[str] = frozenset()
    ) -> None:
        self.families: dict[str, Family] = {}
        self.whole: dict[tuple[str, ...], set[str]] = defaultdict(set)
        self.by_word: dict[str, set[str]] = defaultdict(set)
        self.by_compact: dict[str, set[str]] = defaultdict(set)
        self.family_of: dict[str, str] = {}
        self._language = language
        self._elsewhere = known
        for entry in entries:
            self._add(entry)
        self._finish()
        self.single = frozenset(words[0] for words in self.whole if len(words) == 1)
        self._known = _by_length(self.by_word)
        self._compacts = _by_length(self.by_compact)
        self._slips: OrderedDict[str, Mapping[str, float]] = OrderedDict()
        self._lock = Lock()

    def knows(self, key: str) -> bool:
        """Whether some name or variant carries exactly this word, number or size."""
        return key in self.by_word or key in self._elsewhere

    def family(self, sku: str) -> Family:
        """The product of a sku, or of the variant that it is."""
        return self.families[self.family_of.get(sku, sku)]

    def is_name(self, keys: Sequence[str]) -> bool:
        """Whether these words are a whole name or alias."""
        return tuple(keys) in self.whole

    def like(self, word: str) -> Mapping[str, float]:
        """The catalogue's words that this one may be, with how alike they are: 1 for the same."""
        with self._lock:
            if word in self._slips:
                self._slips.move_to_end(word)
                return self._slips[word]
        found = self._translated(word)
        if word in self.by_word or word in self._elsewhere:
            found = {**found, word: 1.0}
        found = found or self._compare(word)
        with self._lock:
            self._slips[word] = found
            if len(self._slips) > _WORDS:
                self._slips.popitem(last=False)
        return found

    def run_together(self, compact: str) -> Mapping[str, float]:
        """Families with a name that is alike when all spaces are left out ("cocacola", "blue bandd")."""
        if len(compact) < 5:
            return {}
        found: dict[str, float] = {}
        lengths = range(int(len(compact) * ALIKE), int(len(compact) / ALIKE) + 2)
        near = [name for length in lengths for name in self._compacts.get(length, ())]
        for name, likeness, _ in process.extract(
            compact, near, scorer=OSA.normalized_similarity, score_cutoff=ALIKE, limit=5
        ):
            for sku in self.by_compact[name]:
                found[sku] = max(found.get(sku, 0.0), likeness)
        return found

    def _translated(self, word: str) -> Mapping[str, float]:
        """The catalogue's words that this one stands for."""
        keys = translations(word, self._language)
        return {key: TRANSLATED for key in keys if key in self.by_word}

    def _compare(self, word: str) -> Mapping[str, float]:
        """Words within one slip, or two in a long word."""
        if not may_be_misspelt(word, self._language.familiar):
            return {}
        slips = slips_in(word)
        found: dict[str, float] = {}
        lengths = range(len(word) - slips, len(word) + slips + 1)
        near = [other for length in lengths for other in self._known.get(length, ())]
        for other, distance, _ in process.extract(
            word, near, scorer=OSA.distance, score_cutoff=slips, limit=8
        ):
            if has_figure(other) or len(other) < SHORTEST_MISSPELT:
                continue
            likeness = 1 - distance / max(len(word), len(other))
            found[other] = likeness - (_FIRST_LETTER if other[0] != word[0] else 0)
            if len(word) <= _BRIEF and other[:2] != word[:2] and sorted(other) != sorted(word):
                # "Atata" is not surely "amata".
                found[other] -= _FIRST_LETTER
        return found

    def _add(self, entry: Entry) -> None:
        top = entry.parent or entry.sku
        family = self.families.setdefault(top, Family(top))
        self.family_of[entry.sku] = top
        ready = entry.keyed or keyed(entry, self._language)
        if entry.parent is None:
            family.unit = entry.unit
        else:
            family.kin.append(Kin(entry.sku, frozenset(ready.apart)))
        family.names.extend(name_of(said, entry.sku) for said in ready.names)

    def _finish(self) -> None:
        for family in self.families.values():
            if not family.names:
                family.names.append(name_of(keys_of(family.sku, self._language), family.sku))
            for name in family.names:
                family.words.update(name.words)
                family.figures.update(name.figures)
                self.whole[name.words].add(family.sku)
                if len(name.compact) > 4:
                    self.by_compact[name.compact].add(family.sku)
            # "A 14" is the A14, and no 14 pieces of it.
            family.figures.update(
                word[1:].strip(_LETTERS) for word in family.words if has_figure(word)
            )
            for key in family.words | family.figures | family.apart():
                self.by_word[key].add(family.sku)


def _by_length(words: Iterable[str]) -> Mapping[int, Sequence[str]]:
    """Words in groups of one length: no other can be within a few slips."""
    groups: dict[int, list[str]] = {}
    for word in words:
        groups.setdefault(len(word), []).append(word)
    return groups
