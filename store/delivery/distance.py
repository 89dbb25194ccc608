"""How far it is by road, as far as that can be told without a map."""

from decimal import Decimal
from math import asin, cos, radians, sin, sqrt

from flows.ports.delivery import Point

# The earth's mean radius (IUGG).
EARTH_KM = 6371.0088


def straight_km(one: Point, other: Point) -> float:
    """Along a great circle, by the haversine formula."""
    north = radians(other.latitude - one.latitude)
    east = radians(other.longitude - one.longitude)
    both = cos(radians(one.latitude)) * cos(radians(other.latitude))
    half = sin(north / 2) ** 2 + both * sin(east / 2) ** 2
    return 2 * EARTH_KM * asin(min(1.0, sqrt(half)))


def road_km(one: Point, other: Point, factor: int) -> Decimal:
    """To 100 m, so that money is reckoned from a plain number. `factor` is in hundredths."""
    return (Decimal(straight_km(one, other)) * factor / 100).quantize(Decimal("0.1"))
