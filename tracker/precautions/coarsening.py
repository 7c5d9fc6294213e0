"""Coordinates on a coarse grid: near enough to tell the area, too far off to tell the building."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import replace

from tracker.model import Claim, Place, PlaceIndex

__all__ = ["CoarsePlaces", "coarse_claim", "coarse_point"]

KM_PER_DEGREE = 111.195  # of a great circle on the sphere of mean radius 6,371.0088 km
_DECIMALS = 6
_EIGHTH_DEG = 45.0  # bearings are kept as one of eight winds


def coarse_point(lon: float, lat: float, km: float) -> tuple[float, float]:
    """
    Return the middle of the grid cell that a point lies in.

    Cells are rows of equal height, each row cut into equal cells at least `km` wide and high;
    the grid hangs on `km` alone, so that every output puts a place in the same cell.

    Parameters
    ----------
    lon, lat
        WGS 84 degrees.
    km
        Least side of a cell.

    Returns
    -------
    lon, lat
        WGS 84 degrees, six decimals.

    Examples
    --------
    >>> coarse_point(40.14, 35.336, 10) == coarse_point(40.15, 35.34, 10)
    True
    """
    rows = max(1, int(180.0 * KM_PER_DEGREE / km))
    height = 180.0 / rows
    row = min(rows - 1, int((lat + 90.0) / height))
    middle = -90.0 + (row + 0.5) * height
    narrow = min(abs(middle) + height / 2, 90.0)  # the edge nearer to the pole, where the cell is narrowest
    columns = max(1, int(360.0 * KM_PER_DEGREE * math.cos(math.radians(narrow)) / km))
    width = 360.0 / columns
    column = min(columns - 1, int((lon + 180.0) / width))
    return round(-180.0 + (column + 0.5) * width, _DECIMALS), round(middle, _DECIMALS)


def coarse_claim(claim: Claim, km: float) -> Claim:
    """Return a claim whose coordinates, distance and bearing are no finer than the grid."""
    place = claim.place
    if place.lon is not None and place.lat is not None:
        lon, lat = coarse_point(place.lon, place.lat, km)
        place = replace(place, lon=lon, lat=lat)
    metres = km * 1000.0
    distance = None if claim.distance_m is None else metres * max(1, round(claim.distance_m / metres))
    bearing = None if claim.bearing_deg is None else _EIGHTH_DEG * round(claim.bearing_deg / _EIGHTH_DEG) % 360.0
    return replace(claim, place=place, distance_m=distance, bearing_deg=bearing)


class CoarsePlaces:
    """
    A place index that knows every place only to the middle of its grid cell.

    Parameters
    ----------
    places
        The index that knows better.
    km
        Least side of a cell.
    """

    def __init__(self, places: PlaceIndex, km: float) -> None:
        self._places = places
        self._km = km

    def get(self, place_id: str) -> Place:
        """Return one place; raise `UnknownPlaceError` when there is none."""
        return self._coarse(self._places.get(place_id))

    def children(self, place_id: str) -> Iterable[Place]:
        """Return the places whose parent is this one, ordered by id."""
        return [self._coarse(child) for child in self._places.children(place_id)]

    def _coarse(self, place: Place) -> Place:
        lon, lat = coarse_point(place.lon, place.lat, self._km)
        return replace(place, lon=lon, lat=lat)
