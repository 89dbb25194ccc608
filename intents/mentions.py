"""Goods mentioned in a message, each with its quantity and unit."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from intents.chunks import Chunk, chunks
from intents.folding import Token
from intents.language import Language
from intents.matching import MAYBE, Found, find
from intents.mention import Mention
from intents.names.index import Names
from intents.neighbours import joined, kinds_apart
from intents.quantities import amounts, claimed, count, sizes
from intents.terms import Kind, Term, singular
from intents.understanding import Item

_FIGURES = (Kind.NUMBER, Kind.MEASURE)


@dataclass(slots=True)
class Mentions:
    """What a message mentions, and the figures that stand with nothing."""

    found: list[Mention] = field(default_factory=list)
    loose: list[Term] = field(default_factory=list)


def read_mentions(
    text: str, tokens: Sequence[Token], terms: Sequence[Term], names: Names, language: Language
) -> Mentions:
    """All mentions in order. `terms` are those of `tokens`, and these of the tidied `text`."""
    mentions = Mentions()
    for group in _groups(terms):
        parts = chunks(group, names, language)
        if any(part.found.score >= MAYBE for part in parts):
            # Beside goods that the shop knows, words that fit nothing are no goods.
            parts = [p for p in parts if p.found.score >= MAYBE or _counted(p, group)]
        owners = _owners(parts, group, names, language)
        read = [
            _mention(
                text, tokens, part, group,
                [group[place] for place, owner in owners.items() if owner is part],
                names, language,
            )
            for part in parts
        ]  # fmt: skip
        mentions.found += joined(read, names)
        mentions.loose += [
            term
            for place, term in enumerate(group)
            if term.kind in _FIGURES and place not in owners
        ]
    mentions.found = kinds_apart(mentions.found, names)
    return mentions


def _groups(terms: Sequence[Term]) -> list[list[Term]]:
    groups: list[list[Term]] = [[]]
    for term in terms:
        if term.kind is Kind.BREAK:
            groups.append([])
        else:
            groups[-1].append(term)
    return [group for group in groups if group]


def _counted(part: Chunk, group: Sequence[Term]) -> bool:
    """Whether a number stands right before the words: "3 flobbers"."""
    before = part.places[0] - 1
    return before >= 0 and group[before].kind is Kind.NUMBER


def _owners(
    parts: Sequence[Chunk], group: Sequence[Term], names: Names, language: Language
) -> dict[int, Chunk]:
    """The chunk that each figure belongs to, by the figure's place in the group."""
    figures = [place for place, term in enumerate(group) if term.kind in _FIGURES]
    leading = bool(figures and parts and figures[0] < parts[0].places[0])
    owners: dict[int, Chunk] = {}
    for place in figures:
        near = [part for part in parts if _touches(place, part, group, language)]
        claiming = [part for part in near if _carries(part, group[place].key, names)]
        near = claiming if len(claiming) == 1 else near
        if near:
            after = [part for part in near if part.places[0] > place]
            owners[place] = after[0] if after and (leading or len(near) == 1) else near[0]
    return owners


def _touches(place: int, part: Chunk, group: Sequence[Term], language: Language) -> bool:
    """Whether nothing but figures, units and little words stands between a figure and a chunk."""
    little = language.linkers | language.numbers.articles
    first, last = part.places[0], part.places[-1]
    between = group[place + 1 : first] if place < first else group[last + 1 : place]
    return all(term.kind in (*_FIGURES, Kind.UNIT) or term.unit in little for term in between)


def _carries(part: Chunk, figure: str, names: Names) -> bool:
    """Whether a product that the chunk may mean has this figure in its name or variants."""
    skus = (part.found.sku,) if part.found.sku else part.found.candidates
    families = (names.family(sku) for sku in skus)
    return any(figure in family.figures or figure in family.apart() for family in families)


def _mention(
    text: str,
    tokens: Sequence[Token],
    part: Chunk,
    group: Sequence[Term],
    figures: Sequence[Term],
    names: Names,
    language: Language,
) -> Mention:
    keys = {term.key for term in figures if not term.article and not term.marked}
    found = find(names, part.words, keys, language.familiar) if keys else part.found
    unit = _unit(part, group, language)
    if unit is not None and names.knows(unit.key):
        # "1 bar soap": what looks like a unit may be part of the name.
        named = find(names, (unit.key, *part.words), keys, language.familiar)
        if named.score > found.score or (named.sku and not found.sku):
            found = named
    found = _by_unit(part, figures, keys, found, names, language)
    if found.sku is None and (measured := amounts(part, group, figures, names, language)):
        # No pack of that size: then it is how much of it.
        found = _either(find(names, part.words, keys - measured, language.familiar), found)
    naming = claimed(found, part, group, sizes(found, part, group, figures, names, language))
    counted = count(found, naming, part, group, figures, names, language)
    said = [group[place] for place in part.places] + naming
    first, last = min(t.first for t in said), max(t.last for t in said)
    every = [*said, *figures, *([unit] if unit else [])]
    return Mention(
        item=Item(
            mention=text[tokens[first].start : tokens[last - 1].end],
            sku=found.sku,
            quantity=counted.value if counted else None,
            unit=counted.unit if counted else (unit.unit if unit else None),
            candidates=found.candidates,
        ),
        first=min(t.first for t in every),
        last=max(t.last for t in every),
        name_first=group[part.places[0]].first,
        name_last=last,
        words=part.words,
        score=found.score,
    )


def _by_unit(
    part: Chunk,
    figures: Sequence[Term],
    keys: set[str],
    found: Found,
    names: Names,
    language: Language,
) -> Found:
    """ "2 sacks of rice", where the seller calls the 25 kg a sack of rice."""
    for term in figures:
        called = (singular(term.unit or "", language), *part.words)
        if term.kind is Kind.NUMBER and term.unit and names.is_name(called):
            named = find(names, called, keys, language.familiar)
            return named if named.sku else found
    return found


def _either(found: Found, otherwise: Found) -> Found:
    return found if found.sku or found.candidates else otherwise


def _unit(part: Chunk, group: Sequence[Term], language: Language) -> Term | None:
    """ "bag" of "bag of rice", where no number says how many."""
    for term in reversed(group[: part.places[0]]):
        if term.kind is Kind.UNIT:
            return term
        if term.kind is not Kind.WORD or term.unit not in language.linkers:
            break
    return None
