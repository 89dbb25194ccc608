"""Places on the map in a shop file: [latitude, longitude] in decimal degrees."""

from decimal import Decimal

from flows.ports.delivery import Point
from store.shopfile.table import Table


def read_point(table: Table, key: str) -> Point | None:
    """None where there is none, or after a mistake."""
    value = table.value(key)
    if value is None:
        return None
    if isinstance(value, list) and len(value) == 2:
        north, east = (_degrees(each) for each in value)
        if north is not None and east is not None and abs(north) <= 90 and abs(east) <= 180:
            return Point(north, east)
    table.wrong(key, "must be latitude and longitude, like [0.3476, 32.5825]")
    return None


def _degrees(value: object) -> float | None:
    """To a metre, as it is kept."""
    if isinstance(value, bool) or not isinstance(value, int | Decimal):
        return None
    return round(float(value), 5)
