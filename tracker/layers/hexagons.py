"""H3 hexagons in the plane (Uber's H3, https://h3geo.org; needs the extra ``hexagons``)."""

from __future__ import annotations

import importlib
from collections.abc import Sequence
from typing import Any

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from tracker.errors import MissingToolError, UsageError
from tracker.layers.plane import Plane

__all__ = ["hexagon_centres", "hexagon_lines"]

_MOST = 2_000_000  # hexagons: more would take gigabytes
_SAMPLES = 0.8  # of a cell's edge: how densely ground is sampled for the cells that it touches


def hexagon_lines(plane: Plane, cells: Sequence[BaseGeometry], resolution: int) -> list[BaseGeometry]:
    """
    Return the outlines of all H3 cells whose centres lie in some ground of the plane, and of those at its edge.

    Raises
    ------
    MissingToolError
        If h3 is not installed.
    UsageError
        If there would be more than two million cells.
    """
    h3 = _h3()
    edge = float(h3.average_hexagon_edge_length(resolution, unit="m"))
    ground = shapely.union_all([shapely.buffer(cell, edge) for cell in cells if not cell.is_empty])
    if ground.area / (edge**2 * 2.598) > _MOST:
        raise UsageError(f"H3 resolution {resolution} is too fine for this much ground. Take a lower one.")
    found: set[str] = set()
    step = edge * _SAMPLES
    for part in shapely.get_parts(ground):
        west, south, east, north = part.bounds
        x, y = np.meshgrid(np.arange(west, east + step, step), np.arange(south, north + step, step))
        inside = shapely.contains_xy(part, x.ravel(), y.ravel())
        lonlat = plane.degrees(np.column_stack([x.ravel()[inside], y.ravel()[inside]]))
        found.update(h3.latlng_to_cell(lat, lon, resolution) for lon, lat in lonlat.tolist())
    rings = []
    for cell in sorted(found):
        corners = np.array([(lon, lat) for lat, lon in h3.cell_to_boundary(cell)])
        xy = plane.points(corners)
        rings.append(shapely.linestrings(np.vstack([xy, xy[:1]])))
    return rings


def hexagon_centres(plane: Plane, spots: Sequence[BaseGeometry], resolution: int) -> list[BaseGeometry]:
    """Return, for points of the plane, the centres of the H3 cells that they lie in."""
    h3 = _h3()
    lonlat = plane.degrees(shapely.get_coordinates(spots))
    centres = [h3.cell_to_latlng(h3.latlng_to_cell(lat, lon, resolution)) for lon, lat in lonlat.tolist()]
    return list(shapely.points(plane.points(np.array([(lon, lat) for lat, lon in centres]))))


def _h3() -> Any:
    try:
        return importlib.import_module("h3")
    except ModuleNotFoundError:
        cure = "Install the extra: pip install 'ground-control-tracker[hexagons]'."
        raise MissingToolError("h3", cure) from None
