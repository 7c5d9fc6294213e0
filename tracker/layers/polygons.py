"""Users' own polygons from files: regions to clip to, administrative units."""

from __future__ import annotations

from pathlib import Path

import pyogrio
import shapely
from shapely.geometry.base import BaseGeometry

from tracker.errors import InputError

__all__ = ["read_polygons"]

_CURE = "Give polygons in longitude and latitude (EPSG:4326), e.g. GeoJSON or a GeoPackage."


def read_polygons(path: str | Path) -> list[BaseGeometry]:
    """
    Read the polygons of a file, in its order: GeoJSON, GeoPackage, Shapefile or whatever GDAL reads.

    Returns
    -------
    polygons
        Valid polygons and multipolygons, WGS 84 lon/lat; another declared CRS is
        reprojected. Empty geometries are left out; a bow-tie is mended to both its wings.

    Raises
    ------
    InputError
        If the file is missing, can't be read, holds no polygon, or lies outside lon/lat.
    """
    source = str(path)
    if not Path(path).is_file():
        raise InputError("no such file", path=source, cure="Check the name.")
    try:
        frame = pyogrio.read_dataframe(path)
    except (pyogrio.errors.DataSourceError, pyogrio.errors.DataLayerError, ValueError, RuntimeError):
        raise InputError("no file of polygons", path=source, cure=_CURE) from None
    shapes = frame.geometry if "geometry" in frame.columns else None
    if shapes is None:
        raise InputError("no polygon in it", path=source, cure=_CURE)
    if shapes.crs is not None and shapes.crs.to_epsg() != 4326:
        shapes = shapes.to_crs(4326)
    kept = [s for s in shapes if s is not None and not s.is_empty and shapely.get_dimensions(s) == 2]
    if not kept:
        raise InputError("no polygon in it", path=source, cure=_CURE)
    west, south, east, north = shapely.total_bounds(kept)
    if not (-180.0 <= west <= east <= 180.0 and -90.0 <= south <= north <= 90.0):
        raise InputError(f"bounds {west:g}, {south:g}, {east:g}, {north:g} are no degrees", path=source, cure=_CURE)
    return [_mended(shape) for shape in kept]


def _mended(shape: BaseGeometry) -> BaseGeometry:
    return shape if shape.is_valid else shapely.make_valid(shape, method="structure", keep_collapsed=False)
