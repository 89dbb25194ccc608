"""Places on the map as rows keep them."""

from typing import Protocol

from flows.ports.delivery import Point


class Placed(Protocol):
    """A row with a latitude and a longitude."""

    latitude: float | None
    longitude: float | None


def point_of(row: Placed) -> Point | None:
    """Where it is, None where nobody has shown it."""
    if row.latitude is None or row.longitude is None:
        return None
    return Point(row.latitude, row.longitude)


def degrees(point: Point | None) -> tuple[float | None, float | None]:
    """Latitude and longitude for a row."""
    return (point.latitude, point.longitude) if point else (None, None)
