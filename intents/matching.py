"""Which product a few words mean: scores over a catalogue's names, then sizes and variants exactly."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from heapq import nsmallest

from rapidfuzz import fuzz

from intents.names.families import Family, Kin, Name
from intents.names.index import Names
from intents.names.likeness import TRANSLATED, has_figure

SURE = 0.7
"""From this score on, the best product is what was meant, unless another is as near."""

MAYBE = 0.42
"""From this score on, a product is worth asking about."""

_ASKED = 0.69
_NEAR = 0.06
_MOST_CANDIDATES = 8
_MOST_FAMILIES = 80
# Part of the score that only a name said in full gets.
_IN_FULL = 0.15
# What a word weighs that people say in any sentence, against one that may be a name.
_FAMILIAR = 0.3


@dataclass(frozen=True, slots=True)
class Found:
    """`sku` is None when nothing fits, or several do (`candidates`). `claimed` figures name, not count."""

    sku: str | None
    candidates: tuple[str, ...] = ()
    score: float = 0.0
    claimed: frozenset[str] = frozenset()


NOTHING = Found(None)


@dataclass(frozen=True, slots=True)
class _Fit:
    family: Family
    sku: str
    score: float
    order: float


def find(
    names: Names, words: Sequence[str], figures: Collection[str], familiar: Collection[str]
) -> Found:
    """What these words mean, given the numbers and sizes said next to them."""
    fits = _fits(names, words, figures, familiar)
    if not fits or fits[0].score < MAYBE:
        return NOTHING
    best = fits[0].score
    near = [fit for fit in fits if fit.score >= best - _NEAR]
    fitting = [fit for fit in near if _claims(fit.family, figures)]
    near = fitting or near
    if best < SURE:
        return Found(None, _skus(near), best)
    if len(near) > 1:
        agreed = [fit for fit in near if not _at_odds(fit.family, figures)]
        if len(agreed) != 1 or not _sizes(figures):
            return Found(None, _skus(near), best, _claimed(near, figures))
        near = agreed
    return _variant(near[0], _meant(names, words), figures)


def _fits(
    names: Names, words: Sequence[str], figures: Collection[str], familiar: Collection[str]
) -> list[_Fit]:
    """All products that share a word with the mention, best first."""
    alike = {word: names.like(word) for word in words}
    run_together = _run_together(names, words, alike)
    skus = set(_nearest(names, alike)) | run_together.keys()
    fits = []
    for sku in sorted(skus):
        family = names.families[sku]
        fit = _fit(family, words, alike, figures, familiar)
        whole = run_together.get(sku, 0.0)
        if whole > fit.score:
            fit = _Fit(family, fit.sku, whole, fit.order)
        fits.append(fit)
    return sorted(fits, key=lambda fit: (-fit.score, -fit.order, fit.sku))


def _run_together(
    names: Names, words: Sequence[str], alike: Mapping[str, Mapping[str, float]]
) -> Mapping[str, float]:
    """Names that fit with their spaces moved. Only looked for where some word is not known as it stands."""
    strange = [word for word, known in alike.items() if 1.0 not in known.values()]
    if not strange or any(has_figure(word) for word in strange):
        return {}
    return names.run_together("".join(words))


def _nearest(names: Names, alike: Mapping[str, Mapping[str, float]]) -> Sequence[str]:
    """The products that share most with the words; of those that share as much, the shorter names."""
    shared: dict[str, float] = {}
    for known in alike.values():
        best: dict[str, float] = {}
        for key, likeness in known.items():
            for sku in names.by_word[key]:
                best[sku] = max(best.get(sku, 0.0), likeness)
        for sku, likeness in best.items():
            shared[sku] = shared.get(sku, 0.0) + likeness
    if len(shared) <= _MOST_FAMILIES:
        return list(shared)
    return nsmallest(
        _MOST_FAMILIES, shared, key=lambda sku: (-shared[sku], names.families[sku].shortest, sku)
    )


def _fit(
    family: Family,
    words: Sequence[str],
    alike: Mapping[str, Mapping[str, float]],
    figures: Collection[str],
    familiar: Collection[str],
) -> _Fit:
    """How well the words fit: the share that the family knows, and more for a name said in full."""
    known = family.words | family.apart()
    weights = [_FAMILIAR if w in familiar and not alike[w] else 1.0 for w in words]
    hits = [max((s for key, s in alike[w].items() if key in known), default=0.0) for w in words]
    share = sum(w * h for w, h in zip(weights, hits, strict=True)) / sum(weights)
    name = max(family.names, key=lambda n: (_full(n, alike, figures), _likeness(n, words)))
    full = _full(name, alike, figures)
    score = share * (1 - _IN_FULL + _IN_FULL * full)
    if not full and TRANSLATED in hits:
        # "Mafuta" is oil, but not surely this shop's hair oil.
        score = min(score, _ASKED)
    return _Fit(family, name.sku, score, _likeness(name, words))


def _full(name: Name, alike: Mapping[str, Mapping[str, float]], figures: Collection[str]) -> bool:
    """Whether all of the name was said. A size may be left out, a model number may not."""
    if any(":" not in figure and figure not in figures for figure in name.figures):
        return False
    return all(any(word in known for known in alike.values()) for word in name.words)


def _likeness(name: Name, words: Sequence[str]) -> float:
    """0 to 1: whole strings and sets of words, half and half."""
    said, called = " ".join(words), " ".join(name.words)
    return (fuzz.ratio(said, called) + fuzz.token_set_ratio(said, called)) / 200


def _meant(names: Names, words: Sequence[str]) -> Sequence[str]:
    """The words as the catalogue has them: as they were said, or in its language ("njano" is "yellow")."""
    known = (names.like(word).items() for word in words)
    return [key for each in known for key, likeness in each if likeness >= TRANSLATED]


def _variant(fit: _Fit, words: Sequence[str], figures: Collection[str]) -> Found:
    """The product's variant that the figures and words name; the product itself when they name none."""
    family = fit.family
    apart = family.apart()
    said = {key for key in (*words, *figures) if key in apart}
    claimed = frozenset(f for f in figures if f in apart or f in family.figures)
    if said:
        kin = [k for k in family.kin if said <= k.keys] or [k for k in family.kin if said & k.keys]
        if len(kin) == 1 and said <= kin[0].keys:
            return Found(kin[0].sku, (), fit.score, claimed)
        return Found(None, _kin(kin), fit.score, claimed)
    if _at_odds(family, figures):
        return Found(None, _kin(family.kin) or (family.sku,), fit.score, _sizes(figures))
    return Found(fit.sku, (), fit.score, claimed)


def _claims(family: Family, figures: Collection[str]) -> bool:
    """Whether one of the figures is in the family's names or tells its variants apart."""
    apart = family.apart()
    return any(figure in family.figures or figure in apart for figure in figures)


def _claimed(fits: Sequence[_Fit], figures: Collection[str]) -> frozenset[str]:
    return frozenset(f for f in figures if any(_claims(fit.family, [f]) for fit in fits))


def _at_odds(family: Family, figures: Collection[str]) -> bool:
    """Whether a size was said that the family does not come in, though it comes in sizes of that sort."""
    own = family.figures | family.apart()
    sorts = {key.partition(":")[0] for key in own if ":" in key}
    return any(
        figure.partition(":")[0] in sorts and figure not in own for figure in _sizes(figures)
    )


def _sizes(figures: Collection[str]) -> frozenset[str]:
    return frozenset(figure for figure in figures if ":" in figure)


def _skus(fits: Sequence[_Fit]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(fit.sku for fit in fits))[:_MOST_CANDIDATES]


def _kin(kin: Sequence[Kin]) -> tuple[str, ...]:
    return tuple(each.sku for each in kin)[:_MOST_CANDIDATES]
