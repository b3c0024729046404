"""How long a way takes: an estimate from the great circle, for want of a table of known times."""

from __future__ import annotations

from math import asin, ceil, cos, radians, sin, sqrt

from pydantic import BaseModel, ConfigDict, Field

EARTH_KM = 6371.0
STEP = 5
"""Minutes an estimate is rounded up to; a finer figure would claim more than is known."""


class Place(BaseModel):
    """A point on the map, in degrees (WGS 84)."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    latitude: float = Field(ge=-90, le=90)
    longitude: float = Field(ge=-180, le=180)


def kilometres(one: Place, other: Place) -> float:
    """Return the great-circle distance, by the haversine formula."""
    north, south = radians(one.latitude), radians(other.latitude)
    across = radians(other.longitude - one.longitude)
    half = sin((south - north) / 2) ** 2 + cos(north) * cos(south) * sin(across / 2) ** 2
    return 2 * EARTH_KM * asin(sqrt(min(1.0, half)))


def minutes_between(one: Place, other: Place, detour: float, speed_kmh: float) -> int:
    """Return the estimated minutes by road, rounded up to five."""
    minutes = kilometres(one, other) * detour / speed_kmh * 60
    return ceil(minutes / STEP - 1e-9) * STEP
