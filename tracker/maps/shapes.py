"""
Geometries as a page carries them: each once, on a grid, as differences.

Coordinates are WGS 84 degrees, (lon, lat), rounded to a grid so fine that no
reader sees it. Neighbours that share a border share its rounded vertices too,
so a coverage stays one.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np
import numpy.typing as npt
import shapely
from shapely.geometry.base import BaseGeometry

from tracker.errors import InputError
from tracker.maps.varints import pack_signed, pack_unsigned

__all__ = ["ShapeTable", "lon_shift", "pack_points"]

_FINE = 5  # decimals of a degree: 1.1 m at the equator
_COARSE = 4  # 11 m, a third of a pixel at zoom 12
_MANY_VERTICES = 40_000  # above this the page is drawn at country scale, where 11 m can't be seen


class ShapeTable:
    """
    Geometries numbered in the order in which they first come.

    Equal geometries get the same number. `lon_shift` is added to negative
    longitudes, so that a region across the antimeridian stays in one piece.
    """

    def __init__(self, *, shift: float = 0.0) -> None:
        self._shift = shift
        self._shapes: list[BaseGeometry] = []
        self._by_object: dict[int, tuple[BaseGeometry, int]] = {}  # the object kept, so that its id stays its own
        self._by_bytes: dict[bytes, int] = {}

    def __len__(self) -> int:
        """Return how many different geometries there are."""
        return len(self._shapes)

    def add(self, geometry: BaseGeometry | None, label: str) -> int:
        """
        Return the number of a geometry, a new one if it wasn't there.

        Parameters
        ----------
        label
            What the geometry belongs to, for the message when it is faulty.

        Raises
        ------
        InputError
            If a coordinate is not a number or lies outside the globe.
        """
        shape = shapely.Polygon() if geometry is None else geometry
        known = self._by_object.get(id(shape))
        if known is not None:
            return known[1]
        packed = shapely.to_wkb(shape, output_dimension=2)
        number = self._by_bytes.setdefault(packed, len(self._shapes))
        if number == len(self._shapes):
            _check(shape, label)
            self._shapes.append(shape)
        self._by_object[id(shape)] = (shape, number)
        return number

    def packed(self) -> dict[str, object]:
        """
        Return the table for the page.

        ``step`` is the grid in degrees; ``rings`` counts rings or paths per
        geometry, ``sizes`` vertices per ring; ``xy`` holds the differences
        from each vertex to the next, over all rings.
        """
        coordinates, ring_of, shape_of_ring = _rings(self._shapes)
        decimals = _FINE if len(coordinates) <= _MANY_VERTICES else _COARSE
        grid = _on_grid(coordinates, decimals, self._shift)
        grid, sizes = _without_repeats(grid, ring_of, len(shape_of_ring))
        kept = sizes > 0
        rings = np.bincount(shape_of_ring[kept], minlength=len(self._shapes))
        steps = np.diff(grid, axis=0, prepend=np.zeros((1, 2), dtype=np.int64))
        return {
            "step": 10.0**-decimals,
            "rings": pack_unsigned(rings),
            "sizes": pack_unsigned(sizes[kept]),
            "xy": pack_signed(steps),
        }


def pack_points(points: Sequence[tuple[float, float]], shift: float) -> dict[str, object]:
    """Return (lon, lat) points for the page, as differences on the fine grid."""
    array = np.asarray(points, dtype=float).reshape(-1, 2)
    if not np.isfinite(array).all():
        raise InputError("a place has a point that is no number", cure="Give every place a longitude and a latitude.")
    grid = _on_grid(array, _FINE, shift)
    return {"step": 10.0**-_FINE, "xy": pack_signed(np.diff(grid, axis=0, prepend=np.zeros((1, 2), dtype=np.int64)))}


def lon_shift(points: Iterable[tuple[float, float]]) -> float:
    """
    Return 360 if points lie closer together once western longitudes are moved round the globe, else 0.

    Examples
    --------
    >>> lon_shift([(179.0, -17.0), (-179.0, -16.0)])
    360.0
    >>> lon_shift([(-74.0, 40.0), (40.0, 35.0)])
    0.0
    """
    lons = np.array([lon for lon, _ in points], dtype=float)
    if not lons.size:
        return 0.0
    moved = np.where(lons < 0, lons + 360.0, lons)
    return 360.0 if np.ptp(moved) < np.ptp(lons) and np.ptp(lons) > 180.0 else 0.0


def _check(shape: BaseGeometry, label: str) -> None:
    coordinates = shapely.get_coordinates(shape)
    if coordinates.size and not (abs(coordinates) <= (360.0, 90.0)).all():  # false for what is no number, too
        raise InputError(
            f"the geometry of {label} has coordinates that are no longitude and latitude",
            cure="Give WGS 84 degrees, longitude first.",
        )


def _rings(
    shapes: Sequence[BaseGeometry],
) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.intp], npt.NDArray[np.intp]]:
    """Return all coordinates, the ring of each, and the shape of each ring; shells anticlockwise, holes clockwise."""
    array = np.array(shapes, dtype=object)
    parts, shape_of_part = shapely.get_parts(array, return_index=True)
    parts, inner = shapely.get_parts(parts, return_index=True)  # collections hold multi-geometries
    shape_of_part = shape_of_part[inner]
    kinds = shapely.get_type_id(parts)
    areal = kinds == shapely.GeometryType.POLYGON
    rings, part_of_ring = shapely.get_rings(shapely.orient_polygons(parts[areal]), return_index=True)
    paths = (kinds == shapely.GeometryType.LINESTRING) | (kinds == shapely.GeometryType.LINEARRING)
    lines = np.concatenate([rings, parts[paths]])
    shape_of_line = np.concatenate([shape_of_part[areal][part_of_ring], shape_of_part[paths]])
    order = np.argsort(shape_of_line, kind="stable")
    coordinates, ring_of = shapely.get_coordinates(lines[order], return_index=True)
    return coordinates, ring_of, shape_of_line[order].astype(np.intp)


def _on_grid(coordinates: npt.NDArray[np.float64], decimals: int, shift: float) -> npt.NDArray[np.int64]:
    moved = coordinates.copy()
    if shift:
        moved[:, 0] += np.where(moved[:, 0] < 0, shift, 0.0)
    grid: npt.NDArray[np.int64] = np.rint(moved * 10**decimals).astype(np.int64)
    return grid


def _without_repeats(
    grid: npt.NDArray[np.int64], ring_of: npt.NDArray[np.intp], n_rings: int
) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
    """Drop vertices that fall on the one before, and rings of which fewer than two vertices are left."""
    if not len(grid):
        return grid, np.zeros(n_rings, dtype=np.int64)
    same_ring = np.r_[False, ring_of[1:] == ring_of[:-1]]
    repeated = np.r_[False, (grid[1:] == grid[:-1]).all(axis=1)] & same_ring
    sizes = np.bincount(ring_of[~repeated], minlength=n_rings)
    long_enough = sizes >= 2
    keep = ~repeated & long_enough[ring_of]
    return grid[keep], np.where(long_enough, sizes, 0)
