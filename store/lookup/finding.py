"""What of a big shop a message can be about: two statements, each by its trigram index.

The first asks which of the words said, or which that are a few slips away, some name carries. The second
fetches the products that carry them.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias
from uuid import UUID

from sqlalchemy import JSON, TextClause, TextualSelect, Uuid, bindparam, text
from sqlalchemy.orm import Session

from intents.names.likeness import alike_among, slips_among, slips_in
from intents.understanding import Entry, Nearby, Said, VastCatalogue
from store.lookup.keeping import SKU, TOGETHER, loaded
from store.prepared import PREPARED

# Of the products that share a word, so many: as many as the engine would look at.
MOST = 80
# Slips that are looked for in names whose spaces were moved: so many of their letters.
_SLIPS_TOGETHER, _MOST_SLIPS = 0.22, 3

# As LIKE takes it, and how many letters there may be at least and at most.
Pattern: TypeAlias = tuple[str, int, int]

# What an engine calls the elements of a JSON list.
_LISTS: Mapping[str, tuple[str, str, str, str]] = {
    "postgresql": (
        "SELECT value FROM jsonb_array_elements_text(CAST(:{} AS jsonb))",
        "SELECT value ->> 0 AS pattern, CAST(value ->> 1 AS integer) AS least,"
        " CAST(value ->> 2 AS integer) AS most FROM jsonb_array_elements(CAST(:{} AS jsonb))",
        "SELECT CAST(value ->> 0 AS integer) AS place, value ->> 1 AS pattern"
        " FROM jsonb_array_elements(CAST(:{} AS jsonb))",
        'COLLATE "C"',
    ),
    "sqlite": (
        "SELECT value FROM json_each(:{})",
        "SELECT json_extract(value, '$[0]') AS pattern, json_extract(value, '$[1]') AS least,"
        " json_extract(value, '$[2]') AS most FROM json_each(:{})",
        "SELECT json_extract(value, '$[0]') AS place, json_extract(value, '$[1]') AS pattern"
        " FROM json_each(:{})",
        "",
    ),
}


def _texts(engine: str) -> tuple[str, str]:
    """Which words there are, and which products carry them."""
    listed, ranged, paired, bytewise = _LISTS[engine]
    # Each row is fetched by its key: the planner cannot know how few they are, and would read them all.
    words = (
        f"WITH p AS MATERIALIZED ({ranged.format('patterns')})"  # noqa: S608
        " SELECT (SELECT w.word FROM sought_words w WHERE w.shop_id = :shop AND w.word = e.value) AS word"
        f" FROM ({listed.format('exact')}) e"
        " UNION ALL SELECT w.word FROM p JOIN sought_words w ON w.shop_id = :shop AND w.word LIKE p.pattern"
        " AND length(w.word) BETWEEN p.least AND p.most"
    )
    products = (
        f"WITH said AS MATERIALIZED ({paired.format('said')}),"  # noqa: S608
        " hits AS (SELECT DISTINCT s.place, n.sku, n.shortest FROM said s"
        " JOIN sought n ON n.shop_id = :shop AND n.said LIKE s.pattern),"
        " shared AS (SELECT place, sku, shortest, count(*) OVER (PARTITION BY sku) AS much FROM hits),"
        " ranked AS (SELECT sku, row_number() OVER (PARTITION BY place"
        f" ORDER BY much DESC, shortest, sku {bytewise}) AS rank FROM shared),"
        " chosen AS (SELECT DISTINCT sku FROM ranked WHERE rank <= :most)"
        " SELECT (SELECT n.entries FROM sought n WHERE n.shop_id = :shop AND n.sku = c.sku) AS entries"
        " FROM chosen c"
    )
    return words, products


def _statements(words: str, products: str) -> tuple[TextClause, TextualSelect]:
    shop = bindparam("shop", type_=Uuid())
    fetched = text(products).bindparams(shop).columns(entries=JSON())
    return (
        text(words).bindparams(shop).execution_options(**PREPARED),
        fetched.execution_options(**PREPARED),
    )


TEXTS = {engine: _texts(engine) for engine in _LISTS}
_MADE = {engine: _statements(*texts) for engine, texts in TEXTS.items()}


@dataclass(frozen=True)
class VastNames(VastCatalogue):
    """A big shop's names, in one transaction. `whole` are all of its entries."""

    session: Session
    shop_id: UUID
    names_key: str
    whole: Sequence[Entry]

    @property
    def key(self) -> str:
        return self.names_key

    @property
    def entries(self) -> Sequence[Entry]:
        return self.whole

    def near(self, said: Said) -> Nearby:
        words, products = _MADE[self.session.get_bind().dialect.name]
        exact, patterns = _wanted(said)
        asked = {"shop": self.shop_id, "exact": json.dumps(exact), "patterns": json.dumps(patterns)}
        there = frozenset(filter(None, self.session.execute(words, asked).scalars()))
        known = there.intersection((*said.words, *said.figures))
        pairs = list(_pairs(said, there))
        if not pairs:
            return Nearby((), known)
        asked = {"shop": self.shop_id, "said": json.dumps(pairs), "most": MOST}
        found = self.session.execute(products, asked).scalars()
        return Nearby(tuple(loaded(entry) for family in found for entry in family), known)


def _wanted(said: Said) -> tuple[Sequence[str], Sequence[Pattern]]:
    """Words as they are, and patterns of words that they may be."""
    exact = {*said.words, *said.figures, *(TOGETHER + name for name in said.together)}
    exact.update(word for meant in said.translated.values() for word in meant)
    patterns: set[Pattern] = set()
    for word in said.unsure:
        patterns.update(_patterns(word, slips_in(word)))
        exact.update(_swapped(word))
    for name in said.together:
        slips = min(int(len(name) * _SLIPS_TOGETHER), _MOST_SLIPS)
        patterns.update(_patterns(name, slips, TOGETHER))
    return sorted(exact), sorted(patterns)


def _patterns(word: str, slips: int, before: str = "") -> Iterator[Pattern]:
    """Of a word cut into one part more than it has slips, one part is as it should be."""
    parts = _parts(word, slips + 1)
    least, most = (len(before) + len(word) + change for change in (-slips, slips))
    for number, part in enumerate(parts):
        first, last = number == 0, number == len(parts) - 1
        yield f"{before if first else '%'}{part}{'' if last else '%'}", least, most


def _parts(word: str, count: int) -> Sequence[str]:
    """About as long as each other; what is left over goes to those within, which need three letters for a
    trigram where an end needs two."""
    length, more = divmod(len(word), count)
    within = (*range(1, count - 1), 0, count - 1)[:more]
    parts, at = [], 0
    for number in range(count):
        end = at + length + (number in within)
        parts.append(word[at:end])
        at = end
    return parts


def _swapped(word: str) -> Iterator[str]:
    """The word with the two neighbours exchanged between which it is cut in two."""
    if slips_in(word) == 1:
        at = len(_parts(word, 2)[0])
        yield f"{word[: at - 1]}{word[at]}{word[at - 1]}{word[at + 1 :]}"


def _pairs(said: Said, there: frozenset[str]) -> Iterator[tuple[int, str]]:
    """Which pattern is wanted for which of the things said: for a word itself, else what it is in other
    languages, else what it may be misspelt."""
    plain = [word for word in sorted(there) if not word.startswith(TOGETHER)]
    for place, word in enumerate(said.words):
        if word in there:
            meant: Sequence[str] = (word,)
        elif not (meant := [each for each in said.translated.get(word, ()) if each in there]):
            meant = slips_among(word, plain) if word in said.unsure else ()
        yield from ((place, f"% {each} %") for each in meant)
    names = [word.removeprefix(TOGETHER) for word in sorted(there) if word.startswith(TOGETHER)]
    for place, (compact, parts) in enumerate(said.together.items(), len(said.words)):
        if there.issuperset(parts):
            continue
        yield from ((place, f"% {TOGETHER}{name} %") for name in alike_among(compact, names))
    for place, sku in enumerate(said.skus, len(said.words) + len(said.together)):
        yield place, f"% {SKU}{sku.casefold()} %"
