"""Where in a message goods are named: the words that are left when everything else is taken out."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from rapidfuzz import process
from rapidfuzz.distance import OSA

from intents.language import Language
from intents.matching import NOTHING, SURE, Found, find
from intents.names.index import Names
from intents.terms import Kind, Term, is_figure

_LONGEST_RUN = 10
_LONGEST_NAME = 4
# A run that fits one product this well is not taken apart into several.
_ONE_THING = 0.8
# A misspelt word is believed to be goods unless it is clearly nearer to an everyday word.
_CLOSE_CALL = 0.1


@dataclass(frozen=True, slots=True)
class Chunk:
    """Words that may name one thing, as places in the list of terms, and what they mean by themselves."""

    places: tuple[int, ...]
    words: tuple[str, ...]
    found: Found


def chunks(terms: Sequence[Term], names: Names, language: Language) -> list[Chunk]:
    """The chunks of one group of terms, in order."""
    return [
        chunk
        for run in _runs(terms, names, language)
        for chunk in _split(run, terms, names, language)
    ]


def _runs(terms: Sequence[Term], names: Names, language: Language) -> list[list[int]]:
    """Runs of words that may be goods. A figure that some product carries does not end a run."""
    plain = [_may_name(term, names, language) for term in terms]
    runs: list[list[int]] = []
    current: list[int] = []
    for place, term in enumerate(terms):
        if term.kind is Kind.WORD and (plain[place] or _in_name(term, names, language)):
            current.append(place)
        elif current and _links(place, terms, plain, names, language):
            continue
        elif not (current and term.kind in (Kind.NUMBER, Kind.MEASURE) and names.knows(term.key)):
            runs.append(current)
            current = []
    runs.append(current)
    return [part for run in runs for part in _trim(run, plain, terms, names, language.familiar)]


def _links(
    place: int, terms: Sequence[Term], plain: Sequence[bool], names: Names, language: Language
) -> bool:
    """Whether a little word stands inside a name: "huile DE palme", "lotion YA cocoa"."""
    if terms[place].unit not in language.partitives or place + 1 >= len(terms):
        return False
    return plain[place + 1] or _in_name(terms[place + 1], names, language)


def _trim(
    run: list[int],
    plain: Sequence[bool],
    terms: Sequence[Term],
    names: Names,
    familiar: Collection[str],
) -> list[list[int]]:
    """Everyday words count where goods stand beside them, or where they are a whole name."""
    if run and names.is_name([terms[place].key for place in run]):
        return [run]
    liked = [place for place in run if names.like(terms[place].key)]
    if not any(plain[place] for place in liked):
        run = [place for place in run if plain[place]]
    else:
        while terms[run[0]].unit in familiar and run[0] not in liked:
            run = run[1:]
        while terms[run[-1]].unit in familiar and run[-1] not in liked:
            run = run[:-1]
    return [run[at : at + _LONGEST_RUN] for at in range(0, len(run), _LONGEST_RUN)]


def _may_name(term: Term, names: Names, language: Language) -> bool:
    """Whether a word is none of those that surround wishes, nor a misspelling of one."""
    if term.kind is not Kind.WORD or term.unit in language.carriers:
        return False
    if names.knows(term.key):
        return True
    if term.unit in language.units:
        # "Eggs tray": what they are counted in.
        return False
    if len(term.key) < 4:
        return True
    likeness = max(names.like(term.key).values(), default=0.0)
    near = process.extractOne(
        term.unit, language.carriers, scorer=OSA.normalized_similarity, score_cutoff=0.79
    )
    return near is None or likeness >= near[1] - _CLOSE_CALL


def _in_name(term: Term, names: Names, language: Language) -> bool:
    return term.unit not in language.function and names.knows(term.key)


def _split(
    run: Sequence[int], terms: Sequence[Term], names: Names, language: Language
) -> list[Chunk]:
    """One thing, or several named in a row without a comma."""
    words = [terms[place].key for place in run]
    whole = find(names, words, _figures_within(run, terms), language.familiar)
    known = sum(bool(names.like(word)) for word in words)
    linked = any(term.unit in language.partitives for term in terms[run[0] : run[-1]])
    if len(words) > 1 and whole.score < _ONE_THING and known > 1 and not linked:
        parts = _best_parts(words, names, language)
        kin = {id(names.family(found.sku or found.candidates[0])) for _, _, found in parts}
        if len(parts) > 1 and len(kin) > 1:
            return [_chunk(run[a:b], words[a:b], found) for a, b, found in parts]
    return [_chunk(run, words, whole)]


def _best_parts(
    words: Sequence[str], names: Names, language: Language
) -> list[tuple[int, int, Found]]:
    """The cut that fits most words to products. Words that fit nothing are left out of it."""
    best: list[tuple[float, list[tuple[int, int, Found]]]] = [(0.0, [])]
    for end in range(1, len(words) + 1):
        choice = best[end - 1]
        for start in range(max(0, end - _LONGEST_NAME), end):
            found = find(names, words[start:end], (), language.familiar)
            score = best[start][0] + found.score * (end - start)
            if found.score >= SURE and score > choice[0]:
                choice = (score, [*best[start][1], (start, end, found)])
        best.append(choice)
    return best[-1][1]


def _figures_within(run: Sequence[int], terms: Sequence[Term]) -> list[str]:
    inside = terms[run[0] : run[-1] + 1]
    return [term.key for term in inside if is_figure(term.key)]


def _chunk(places: Sequence[int], words: Sequence[str], found: Found = NOTHING) -> Chunk:
    return Chunk(tuple(places), tuple(words), found)
