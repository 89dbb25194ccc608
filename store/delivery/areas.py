"""Areas by the names that people write, and by where they are."""

import re
import unicodedata
from collections.abc import Iterator, Sequence

from rapidfuzz import fuzz
from rapidfuzz.distance import JaroWinkler

from flows.ports.delivery import Area, Point
from store.delivery.distance import straight_km
from store.delivery_terms import DeliveryTerms
from store.terms import Zone

# Out of 100. A misspelt name ("Kamwocha") scores about 82, another place of the same town under 75.
NEAR = 78.0
SURE_BY = 9.0
MOST_NEAR = 4
# Who stands further from the middle of an area than this stands in another one.
FARTHEST_KM = 5.0
# A pin further from every area is a slip of the finger, or a phone that did not know where it was.
BEYOND_KM = 100.0


def nearest(text: str, zones: Sequence[Zone], terms: DeliveryTerms | None = None) -> Sequence[Area]:
    """The areas that `text` names: one when sure, up to four when several are near. With `terms`, also by
    what else they are called."""
    words = _folded(text).split()
    scored: list[tuple[float, Area]] = []
    for area in _areas(zones):
        known = terms.known(area.name) if terms else None
        names = (area.name, *(known.also if known else ()))
        score = max(_score(words, _folded(name)) for name in names)
        if score >= NEAR:
            scored.append((score, area))
    scored.sort(key=lambda pair: -pair[0])
    if not scored:
        return ()
    best = scored[0][0]
    close = [area for score, area in scored if best - score < SURE_BY]
    return tuple(close[:MOST_NEAR])


def around(point: Point, zones: Sequence[Zone], terms: DeliveryTerms) -> Area | None:
    """The area whose middle is nearest, with the point; None where none is near."""
    far = _distances(point, zones, terms)
    if not far:
        return None
    km, area = min(far, key=lambda pair: pair[0])
    return Area(area.name, area.zone, point) if km <= FARTHEST_KM else None


def beyond(point: Point, zones: Sequence[Zone], terms: DeliveryTerms) -> bool:
    """Whether no area is anywhere near. An area that is on no map might be."""
    far = _distances(point, zones, terms)
    all_known = len(far) == sum(1 for _ in _areas(zones))
    return bool(far) and all_known and min(km for km, _ in far) > BEYOND_KM


def _distances(
    point: Point, zones: Sequence[Zone], terms: DeliveryTerms
) -> list[tuple[float, Area]]:
    """Kilometres from the middle of each area that is on the map."""
    return [
        (straight_km(point, known.at), area)
        for area in _areas(zones)
        if (known := terms.known(area.name)) is not None and known.at is not None
    ]


def _areas(zones: Sequence[Zone]) -> Iterator[Area]:
    return (Area(name, zone.name) for zone in zones for name in zone.names)


def _folded(text: str) -> str:
    plain = unicodedata.normalize("NFKD", text.casefold())
    kept = "".join(c for c in plain if not unicodedata.combining(c))
    return " ".join(re.findall(r"[^\W_]+", kept))


def _score(words: Sequence[str], name: str) -> float:
    """How well the best run of as many words as the name has says it, out of 100."""
    size = len(name.split())
    starts = range(max(len(words) - size, 0) + 1)
    return max((_alike(" ".join(words[i : i + size]), name) for i in starts), default=0.0)


def _alike(heard: str, name: str) -> float:
    """Half edit distance, half common beginning: people misspell the ends of names."""
    if not heard:
        return 0.0
    return (fuzz.ratio(heard, name) + 100 * JaroWinkler.similarity(heard, name)) / 2
