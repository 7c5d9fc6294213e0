"""Areas on the ellipsoid, and who holds how much of them when."""

from __future__ import annotations

import pyproj
import shapely
from shapely.geometry.base import BaseGeometry

__all__ = ["geodesic_km2"]

_GEOD = pyproj.Geod(ellps="WGS84")


def geodesic_km2(geometry: BaseGeometry) -> float:
    """
    Return the area in km² of polygons in lon/lat on the WGS 84 ellipsoid (Karney 2013).

    Examples
    --------
    >>> import shapely
    >>> round(geodesic_km2(shapely.box(0, 0, 1, 1)))
    12309
    """
    if geometry.is_empty:
        return 0.0
    return float(abs(_GEOD.geometry_area_perimeter(shapely.orient_polygons(geometry))[0])) / 1e6
