"""Which figures beside goods say how much, and which are part of their name."""

from collections.abc import Sequence
from decimal import Decimal

from intents.chunks import Chunk
from intents.language import Language
from intents.matching import Found
from intents.names.index import Names
from intents.terms import Kind, Term, measure_key

# From this many base units on (a kilo, a litre), goods are bought by measure; less is a pack's size.
_LOOSE_FROM = 1000


def amounts(
    part: Chunk, group: Sequence[Term], figures: Sequence[Term], names: Names, language: Language
) -> set[str]:
    """The measures that say how much, whatever packs there are: "2 kilos of sugar", "nyanya kilo tatu"."""
    return {
        term.key
        for term in figures
        if (measure := language.measures.get(term.unit or "")) is not None
        and measure.loose
        and (
            term.unit_first
            or _linked(part, group, term, language)
            or _sold_by_one(part, measure_key(Decimal(1), term.unit or "", language), names)
        )
    }


def sizes(
    found: Found,
    part: Chunk,
    group: Sequence[Term],
    figures: Sequence[Term],
    names: Names,
    language: Language,
) -> Sequence[Term]:
    """The figures that may be part of the name. "A kilo of tomatoes" is how much, where a pack is a kilo."""
    family = names.family(found.sku) if found.sku else None
    if family is None or family.kin:
        return figures
    measured = amounts(part, group, figures, names, language)
    return [
        term
        for term in figures
        if not (term.key in measured and (term.unit_first or _linked(part, group, term, language)))
    ]


def _linked(part: Chunk, group: Sequence[Term], term: Term, language: Language) -> bool:
    """Whether "of" stands between a figure and the words."""
    before = group[max(part.places[0] - 1, 0)]
    return before.unit in language.partitives and term.last <= before.first


def _sold_by_one(part: Chunk, one: str, names: Names) -> bool:
    """Whether what is named comes in packs of one kilo or litre."""
    skus = (part.found.sku,) if part.found.sku else part.found.candidates
    families = list({id(f): f for f in (names.family(sku) for sku in skus)}.values())
    if len(families) != 1:
        return False
    packs = [set(kin.keys) for kin in families[0].kin] or [families[0].figures]
    return any(one in keys for keys in packs)


def claimed(
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


def count(
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
    unit = names.family(found.sku).unit if found.sku else None
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
    linked = _linked(part, group, term, language)
    return linked or term.unit_first or (term.value or Decimal(0)) * measure.factor >= _LOOSE_FROM
