"""[[zones]]: where a shop delivers to, what that costs, and what the places are called."""

from collections.abc import Sequence

from store.delivery_terms import KnownArea
from store.shopfile.points import read_point
from store.shopfile.product_section import Once
from store.shopfile.table import Table
from store.terms import Zone

LONGEST = 40


def read_zones(
    tables: Sequence[Table], currency: str
) -> tuple[tuple[Zone, ...], tuple[KnownArea, ...]]:
    """Zones, and the areas of which more than the name is written. An area belongs to one zone only."""
    once = Once()
    zones: list[Zone] = []
    known: list[KnownArea] = []
    for table in tables:
        name = table.needed("name", longest=LONGEST)
        once.claim(table, "name", "zone", name)
        areas = _areas(table, once)
        zone = Zone(
            name,
            tuple(area.name for area in areas),
            table.amount("fee", currency),
            table.text("eta", longest=30),
            table.amount("per_km", currency),
            table.amount("minimum", currency),
        )
        if zone.fee is not None and zone.per_km is not None:
            table.wrong("per_km", "there is a fee too: write one of both")
        if zone.minimum is not None and zone.per_km is None:
            table.wrong("minimum", "belongs to per_km, which is not written")
        zones.append(zone)
        known.extend(area for area in areas if area.also or area.at)
        table.close()
    return tuple(zones), tuple(known)


def _areas(table: Table, once: Once) -> Sequence[KnownArea]:
    """Each a name, or a table of name, also and at."""
    value = table.value("areas")
    if value is None:
        return ()
    if not isinstance(value, list):
        table.wrong("areas", "must be a list of names, or of tables with a name")
        return ()
    found: dict[str, KnownArea] = {}
    for place, each in enumerate(value):
        key = f"areas[{place}]"
        area = _area(table, key, each)
        if area is None or area.name in found:
            continue
        for name in (area.name, *area.also):
            once.claim(table, key, "area", name)
        found[area.name] = area
    return tuple(found.values())


def _area(table: Table, key: str, each: object) -> KnownArea | None:
    if isinstance(each, str):
        name = " ".join(each.split())
        return KnownArea(name) if name else None
    if not isinstance(each, dict):
        table.wrong(key, "must be a name, or a table with a name")
        return None
    inner = table.inner(key, each)
    area = KnownArea(
        inner.needed("name", longest=LONGEST), inner.texts("also"), read_point(inner, "at")
    )
    inner.close()
    return area if area.name else None
