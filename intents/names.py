"""A shop's names made ready for comparing: families of a product and its variants, found by their words."""

import string
from collections import OrderedDict, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from threading import Lock

from rapidfuzz import process
from rapidfuzz.distance import OSA

from intents.folding import tidy, tokenise
from intents.language import Language
from intents.terms import name_keys
from intents.understanding import Catalogue, Entry

_CATALOGUES = 256
_WORDS = 4096
# A slip in a word's first letter is rarer than one within it.
_FIRST_LETTER = 0.1
_SHORT, _LONG = 4, 8
_LETTERS = string.ascii_lowercase


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

    def apart(self) -> set[str]:
        """All that sets its variants apart."""
        return set().union(*(kin.keys for kin in self.kin))


def is_figure(key: str) -> bool:
    """Whether a key is a number or a size, which compare exactly."""
    return ":" in key or key[:1].isdigit()


def _name(keys: Sequence[str], sku: str) -> Name:
    words = tuple(key for key in keys if not is_figure(key))
    return Name(words, frozenset(key for key in keys if is_figure(key)), "".join(words), sku)


def has_figure(word: str) -> bool:
    """Whether there is a digit in it: then one slip makes another thing of it."""
    return any(character.isdigit() for character in word)


class Names:
    """The index of one catalogue in one shop's languages. Reading it from several threads is safe."""

    def __init__(self, entries: Sequence[Entry], language: Language) -> None:
        self.families: dict[str, Family] = {}
        self.whole: dict[tuple[str, ...], set[str]] = defaultdict(set)
        self.by_word: dict[str, set[str]] = defaultdict(set)
        self.by_compact: dict[str, set[str]] = defaultdict(set)
        self.family_of: dict[str, str] = {}
        self._language = language
        for entry in entries:
            self._add(entry)
        self._finish()
        self.single = frozenset(words[0] for words in self.whole if len(words) == 1)
        self._known = list(self.by_word)
        self._compacts = list(self.by_compact)
        self._slips: OrderedDict[str, Mapping[str, float]] = OrderedDict()
        self._lock = Lock()

    def knows(self, key: str) -> bool:
        """Whether some name or variant carries exactly this word, number or size."""
        return key in self.by_word

    def is_name(self, keys: Sequence[str]) -> bool:
        """Whether these words are a whole name or alias."""
        return tuple(keys) in self.whole

    def like(self, word: str) -> Mapping[str, float]:
        """The catalogue's words that this one may be, with how alike they are: 1 for the same."""
        if word in self.by_word:
            return {word: 1.0}
        with self._lock:
            if word in self._slips:
                self._slips.move_to_end(word)
                return self._slips[word]
        found = self._compare(word)
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
        for name, likeness, _ in process.extract(
            compact, self._compacts, scorer=OSA.normalized_similarity, score_cutoff=0.82, limit=5
        ):
            for sku in self.by_compact[name]:
                found[sku] = max(found.get(sku, 0.0), likeness)
        return found

    def _compare(self, word: str) -> Mapping[str, float]:
        """Words within one slip, or two in a long word. Figures, short and everyday words compare exactly."""
        if has_figure(word) or len(word) < _SHORT or word in self._language.familiar:
            return {}
        slips = 2 if len(word) >= _LONG else 1
        found: dict[str, float] = {}
        for other, distance, _ in process.extract(
            word, self._known, scorer=OSA.distance, score_cutoff=slips, limit=8
        ):
            if has_figure(other) or len(other) < _SHORT - 1:
                continue
            likeness = 1 - distance / max(len(word), len(other))
            found[other] = likeness - (_FIRST_LETTER if other[0] != word[0] else 0)
        return found

    def _add(self, entry: Entry) -> None:
        top = entry.parent or entry.sku
        family = self.families.setdefault(top, Family(top))
        self.family_of[entry.sku] = top
        if entry.parent is None:
            family.unit = entry.unit
        else:
            keys = {key for word in entry.words for key in self._keys(word)}
            family.kin.append(Kin(entry.sku, frozenset(keys)))
        for index, text in enumerate((entry.name, *entry.aliases)):
            if not index and entry.parent is not None:
                # A variant is called what its product is called; its own words tell it apart.
                continue
            if said := self._keys(text):
                family.names.append(_name(said, entry.sku))

    def _finish(self) -> None:
        for family in self.families.values():
            if not family.names:
                family.names.append(_name(self._keys(family.sku), family.sku))
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

    def _keys(self, text: str) -> tuple[str, ...]:
        return name_keys(tokenise(tidy(text), self._language), self._language)


class Shelf:
    """The indexes of the catalogues in use, the least recently used forgotten first."""

    def __init__(self, size: int = _CATALOGUES) -> None:
        self._size = size
        self._kept: OrderedDict[tuple[str, tuple[str, ...]], Names] = OrderedDict()
        self._lock = Lock()

    def names(self, catalogue: Catalogue, locales: tuple[str, ...], language: Language) -> Names:
        """The catalogue's index, made once for each of its keys."""
        key = (catalogue.key, locales)
        with self._lock:
            if key in self._kept:
                self._kept.move_to_end(key)
                return self._kept[key]
        made = Names(catalogue.entries, language)
        with self._lock:
            self._kept[key] = made
            if len(self._kept) > self._size:
                self._kept.popitem(last=False)
        return made
