"""Goods mentioned in a message, each with its quantity and unit."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from intents.chunks import Chunk, chunks
from intents.folding import Token
from intents.language import Language
from intents.matching import MAYBE, Found, find
from intents.names import Names
from intents.terms import Kind, Term
from intents.understanding import Item

# From this many base units on (a kilo, a litre), goods are bought by measure; less is a pack's size.
_LOOSE_FROM = 1000
_FIGURES = (Kind.NUMBER, Kind.MEASURE)


@dataclass(frozen=True, slots=True)
class Mention:
    """An item, the tokens that it takes with its quantity, and those of its name.

    A size that leads the name ("5kg rice") is not counted to the name here, as it may be a quantity.
    """

    item: Item
    first: int
    last: int
    name_first: int
    name_last: int
    words: tuple[str, ...]
    score: float


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
        for part in parts:
            figures = [group[place] for place, owner in owners.items() if owner is part]
            mentions.found.append(_mention(text, tokens, part, group, figures, names, language))
        mentions.loose += [
            term
            for place, term in enumerate(group)
            if term.kind in _FIGURES and place not in owners
        ]
    mentions.found = _joined(mentions.found)
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
    families = (names.families[names.family_of.get(sku, sku)] for sku in skus)
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
    claimed = _claimed(found, part, group, figures)
    counted = _count(found, claimed, part, group, figures, names, language)
    said = [group[place] for place in part.places] + claimed
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


def _unit(part: Chunk, group: Sequence[Term], language: Language) -> Term | None:
    """ "bag" of "bag of rice", where no number says how many."""
    for term in reversed(group[: part.places[0]]):
        if term.kind is Kind.UNIT:
            return term
        if term.kind is not Kind.WORD or term.unit not in language.linkers:
            break
    return None


def _claimed(
    found: Found, part: Chunk, group: Sequence[Term], figures: Sequence[Term]
) -> list[Term]:
    """The figures that are part of a name: of two alike the one nearer to the words, once each."""
    first, last = group[part.places[0]].first, group[part.places[-1]].last
    nearest = sorted(figures, key=lambda t: min(abs(t.last - first), abs(t.first - last)))
    chosen: dict[str, Term] = {}
    for term in nearest:
        if term.key in found.claimed and not term.article:
            chosen.setdefault(term.key, term)
    return list(chosen.values())


def _count(
    found: Found,
    claimed: Sequence[Term],
    part: Chunk,
    group: Sequence[Term],
    figures: Sequence[Term],
    names: Names,
    language: Language,
) -> Term | None:
    """The figure that says how many: a number rather than a measure, anything rather than "a"."""
    left = [term for term in figures if term not in claimed and not term.marked]
    numbers = [term for term in left if term.kind is Kind.NUMBER]
    if numbers:
        return min(numbers, key=lambda term: term.article)
    unit = names.families[names.family_of.get(found.sku, found.sku)].unit if found.sku else None
    loose = [term for term in left if _is_loose(term, unit, part, group, language)]
    return loose[0] if loose else None


def _is_loose(
    term: Term, unit: str | None, part: Chunk, group: Sequence[Term], language: Language
) -> bool:
    """Whether a measure says how much, rather than which pack."""
    measure = language.measures.get(term.unit or "")
    if measure is None or not measure.loose:
        return False
    sold = language.measures.get((unit or "").casefold())
    if sold is not None and sold.dimension == measure.dimension:
        return True
    before = group[max(part.places[0] - 1, 0)]
    linked = term.last <= before.first and before.unit in language.partitives
    return linked or (term.value or Decimal(0)) * measure.factor >= _LOOSE_FROM


def _joined(found: Sequence[Mention]) -> list[Mention]:
    """Neighbours that mean the same thing are one mention ("cream of wheat")."""
    joined: list[Mention] = []
    for mention in found:
        before = joined[-1] if joined else None
        same = before is not None and before.item.sku and before.item.sku == mention.item.sku
        if before and same and before.item.quantity is None and mention.item.quantity is None:
            continue
        joined.append(mention)
    return joined
