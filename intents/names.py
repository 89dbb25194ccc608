"""A shop's names made ready for comparing: families of a product and its variants, found by their words."""

import re
import string
from collections import OrderedDict, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from threading import Lock

from rapidfuzz import process
from rapidfuzz.distance import OSA

from intents.folding import tidy, tokenise
from intents.language import Language
from intents.language_files import called, elisions, speech
from intents.terms import name_keys, singular
from intents.understanding import Catalogue, Entry, Keyed

TRANSLATED = 0.95
"""How alike a word and its translation are. No slip in a word leaves it as near."""

_CATALOGUES = 256
_WORDS = 4096
# A slip in a word's first letter is rarer than one within it.
_FIRST_LETTER = 0.1
_SHORT, _LONG = 4, 7
# Names with their spaces moved are taken for the same from here on.
_ALIKE = 0.82
_BRIEF = 5
# More than the index itself would take of those that are as near.
_MOST_LIKE = 12
_LETTERS = string.ascii_lowercase
_FIGURE = re.compile(r"\d")


@dataclass(frozen=True, slots=True)
class Name:
    """One name or alias. `words` without figures; `figures` are its numbers and sizes; `sku` is meant."""

    words: tuple[str, ...]
    figures: frozenset[str]
    compact: str
    sku: str


@dataclass(frozen=True, slots=True)
class Kin:
    """One variant: the words and sizes that set it apart."""

    sku: str
    keys: frozenset[str]


@dataclass(slots=True)
class Family:
    """A product and its variants. `figures` and `words` are all that any of its names carries."""

    sku: str
    names: list[Name] = field(default_factory=list)
    kin: list[Kin] = field(default_factory=list)
    words: set[str] = field(default_factory=set)
    figures: set[str] = field(default_factory=set)
    unit: str | None = None

    @property
    def shortest(self) -> int:
        """Words in its shortest name."""
        return min(len(name.words) for name in self.names)

    def apart(self) -> set[str]:
        """All that sets its variants apart."""
        return set().union(*(kin.keys for kin in self.kin))


def is_figure(key: str) -> bool:
    """Whether a key is a number or a size, which compare exactly."""
    return ":" in key or key[:1].isdigit()


def _name(keys: Sequence[str], sku: str) -> Name:
    words = tuple(key for key in keys if not is_figure(key))
    return Name(words, frozenset(key for key in keys if is_figure(key)), "".join(words), sku)


def _by_length(words: Iterable[str]) -> Mapping[int, Sequence[str]]:
    """Words in groups of one length: no other can be within a few slips."""
    groups: dict[int, list[str]] = {}
    for word in words:
        groups.setdefault(len(word), []).append(word)
    return groups


def has_figure(word: str) -> bool:
    """Whether there is a digit in it: then one slip makes another thing of it."""
    return _FIGURE.search(word) is not None


def slips_in(word: str) -> int:
    """In how many letters a word may be misspelt and still be known."""
    return 2 if len(word) >= _LONG else 1


def may_be_misspelt(word: str, familiar: Collection[str]) -> bool:
    """Figures, short and everyday words compare exactly."""
    return not has_figure(word) and len(word) >= _SHORT and word not in familiar


def translations(word: str, language: Language) -> tuple[str, ...]:
    """The keys of what a word is in another language, or without a little word glued to it: "riz" where
    rice is sold, "d'huile" where "huile" is.
    """
    bare = (word.removeprefix(glued) for glued in elisions() if word.startswith(glued))
    said = [word, *(rest for rest in bare if len(rest) >= _SHORT)]
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
        compact, others, scorer=OSA.normalized_similarity, score_cutoff=_ALIKE, limit=_MOST_LIKE
    )
    return [other for other, _, _ in scored]


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
        lengths = range(int(len(compact) * _ALIKE), int(len(compact) / _ALIKE) + 2)
        near = [name for length in lengths for name in self._compacts.get(length, ())]
        for name, likeness, _ in process.extract(
            compact, near, scorer=OSA.normalized_similarity, score_cutoff=_ALIKE, limit=5
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
            if has_figure(other) or len(other) < _SHORT:
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
        family.names.extend(_name(said, entry.sku) for said in ready.names)

    def _finish(self) -> None:
        for family in self.families.values():
            if not family.names:
                family.names.append(_name(_keys(family.sku, self._language), family.sku))
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


def keyed(entry: Entry, language: Language) -> Keyed:
    """An entry made ready for comparing."""
    # A variant is called what its product is called; its own words tell it apart.
    texts = entry.aliases if entry.parent is not None else (entry.name, *entry.aliases)
    names = tuple(keys for text in texts if (keys := _keys(text, language)))
    apart = {key for word in entry.words for key in _keys(word, language)}
    # "Spark 20 256": what is only described in a measure is named by its figure as well.
    apart |= {key for word in entry.words for key in _bare(word, language)}
    return Keyed(names, tuple(sorted(apart)) if entry.parent is not None else ())


def _keys(text: str, language: Language) -> tuple[str, ...]:
    return name_keys(tokenise(tidy(text), language), language)


def _bare(text: str, language: Language) -> tuple[str, ...]:
    """The figure of a size that goods are not sold by: "256" of "256GB"."""
    tokens = tokenise(tidy(text), language)
    if len(tokens) != 2 or not tokens[0].word.isdigit():
        return ()
    measure = language.measures.get(tokens[1].word)
    return (tokens[0].word,) if measure is not None and not measure.loose else ()


class Shelf:
    """The indexes of the catalogues in use, the least recently used forgotten first."""

    def __init__(self, size: int = _CATALOGUES) -> None:
        self._size = size
        self._kept: OrderedDict[tuple[str, tuple[str, ...]], Names] = OrderedDict()
        self._lock = Lock()

    def names(self, catalogue: Catalogue, locales: tuple[str, ...]) -> Names:
        """The catalogue's index in its shop's languages, made once for each of its keys."""
        key = (catalogue.key, locales)
        with self._lock:
            if key in self._kept:
                self._kept.move_to_end(key)
                return self._kept[key]
        made = Names(catalogue.entries, speech(locales))
        with self._lock:
            self._kept[key] = made
            if len(self._kept) > self._size:
                self._kept.popitem(last=False)
        return made
