"""
Cells in the plane: which ground is nearest to which place, and no further than it reaches.

Settlements share the ground by a Voronoi diagram (shapely's `voronoi_polygons`) of
their footprints: a large town is stood for by its point and a ring of points on
its footprint, so that a village at its edge doesn't halve it. Sites get a disc, cut
where another place's point is nearer. Places on one point share its cell as a pie.
"""

from __future__ import annotations

import math

import numpy as np
import numpy.typing as npt
import shapely
from shapely.geometry.base import BaseGeometry

__all__ = ["MOST_STRETCH", "disc", "met_reaches", "settlement_cells", "site_cells", "wedge"]

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]

QUAD_SEGMENTS = 16  # a disc has 64 corners: 0.5 % short of its area
_RING_FROM_M = 1500.0  # footprints below this are points
_RING_POINTS = 12
_RING_SHARE = 0.75  # of the footprint at which the ring stands
MOST_STRETCH = 2.0  # of its kind's reach: how much further a cell may go to meet its neighbours
_MEETING_SHARE = 0.6  # of the way to a neighbour: past the middle, so that the two share a line and not a point
_MEETS = 3  # nearest neighbours that a cell goes to meet: enough for a band along a road or a river
_SAME_POINT_SHARE = 0.5  # of a settlement's footprint that a site on its very point may take


def disc(xy: Floats, radius: float) -> BaseGeometry:
    """Return a disc of 64 corners about a point of the plane."""
    return shapely.buffer(shapely.Point(xy), radius, quad_segs=QUAD_SEGMENTS)


def wedge(xy: Floats, radius: float, start_deg: float, stop_deg: float) -> BaseGeometry:
    """
    Return the sector of a disc between two directions, clockwise from the plane's y axis.

    Examples
    --------
    >>> round(wedge(np.zeros(2), 1.0, 0.0, 90.0).area, 2)
    0.78
    """
    steps = max(2, math.ceil((stop_deg - start_deg) / 5.625) + 1)
    turns = np.radians(np.linspace(start_deg, stop_deg, steps))
    rim = np.column_stack([np.sin(turns), np.cos(turns)]) * radius + xy
    return shapely.Polygon(np.vstack([xy, rim]))


def met_reaches(xy: Floats, reaches: Floats) -> Floats:
    """
    Return reaches stretched so that near neighbours meet.

    Where reports name places further apart than their kinds' reach, ground between two of them that
    can meet is nearest to one or the other: the line halfway is the best guess at a front.
    A place stretches to its three nearest neighbours, to twice its reach at most; a
    place with no neighbour that near stays the island that it was.

    Parameters
    ----------
    xy
        (n, 2) metres.
    reaches
        (n,) metres.

    Examples
    --------
    >>> met_reaches(np.array([[0.0, 0.0], [30.0, 0.0], [200.0, 0.0]]), np.array([10.0, 10.0, 10.0])).tolist()
    [18.0, 18.0, 10.0]
    """
    if len(xy) < 2:
        return reaches
    points = shapely.points(xy)
    within = MOST_STRETCH * (reaches + reaches.max())
    one, other = shapely.STRtree(points).query(points, predicate="dwithin", distance=within)
    apart = np.linalg.norm(xy[one] - xy[other], axis=1)
    near = (apart > 0) & (apart <= MOST_STRETCH * (reaches[one] + reaches[other]))
    one, apart = one[near], apart[near]
    order = np.lexsort((apart, one))
    one, apart = one[order], apart[order]
    rank = np.arange(len(one)) - np.searchsorted(one, one)
    nearest = rank < _MEETS
    wanted = np.zeros(len(xy))
    np.maximum.at(wanted, one[nearest], apart[nearest] * _MEETING_SHARE)
    return np.clip(wanted, reaches, MOST_STRETCH * reaches)


def settlement_cells(xy: Floats, footprints: Floats, reaches: Floats) -> list[BaseGeometry]:
    """
    Return the cell of each settlement: nearest ground, capped by its reach.

    Parameters
    ----------
    xy
        (n, 2) metres on the snap grid.
    footprints, reaches
        (n,) metres.

    Returns
    -------
    cells
        Polygons that don't overlap (but for rounding), in the order of `xy`; none is empty.
    """
    if len(xy) == 0:
        return []
    spots, owners = np.unique(xy, axis=0, return_inverse=True)
    widest = np.zeros(len(spots))
    np.maximum.at(widest, owners, footprints)
    whole = _voronoi(*_generators(spots, widest), spots=len(spots))
    return _share(whole, xy, owners, reaches)


def site_cells(xy: Floats, radii: Floats, towns: Floats, town_footprints: Floats) -> list[BaseGeometry]:
    """
    Return the cell of each site: its disc, cut where another site or a settlement's point is nearer.

    Parameters
    ----------
    xy, radii
        Sites: (n, 2) metres and (n,) metres.
    towns, town_footprints
        Settlements of the same plane; a site on the very point of one takes no more
        than half of its footprint's radius.
    """
    if len(xy) == 0:
        return []
    spots, inverse = np.unique(np.vstack([xy, towns]), axis=0, return_inverse=True)
    owners, town_spots = inverse[: len(xy)], inverse[len(xy) :]
    cap = np.full(len(spots), np.inf)
    np.minimum.at(cap, town_spots, town_footprints * _SAME_POINT_SHARE)
    whole = _voronoi(spots, np.arange(len(spots)), spots=len(spots))
    return _share(whole, xy, owners, np.minimum(radii, cap[owners]))


def _generators(spots: Floats, footprints: Floats) -> tuple[Floats, Ints]:
    """Return the points that stand for each spot, its own first, and the spot of each point."""
    large = np.flatnonzero(footprints >= _RING_FROM_M)
    if len(large) == 0 or len(spots) == 1:
        return spots, np.arange(len(spots))
    turns = np.arange(_RING_POINTS) * 2 * math.pi / _RING_POINTS
    ring = np.column_stack([np.sin(turns), np.cos(turns)])
    points = np.round(spots[large, None, :] + ring[None] * (footprints[large] * _RING_SHARE)[:, None, None]).reshape(
        -1, 2
    )
    owners = np.repeat(large, _RING_POINTS)
    taken = np.zeros(len(points), dtype=bool)  # too near to another place, which would lose its own ground
    tree = shapely.STRtree(shapely.points(points))
    for near, which in (tree.query(shapely.points(spots), predicate="dwithin", distance=2 * footprints),):
        taken[which[owners[which] != near]] = True
    both = np.vstack([spots, points[~taken]])
    who = np.concatenate([np.arange(len(spots)), owners[~taken]])
    _, first = np.unique(both, axis=0, return_index=True)
    kept = np.sort(first)
    return both[kept], who[kept]


def _voronoi(points: Floats, owners: Ints, *, spots: int) -> list[BaseGeometry | None]:
    """Return the union of the Voronoi cells of each spot's points; None: all the plane (a lone point)."""
    if len(points) == 1:
        return [None]
    around = shapely.box(*points.min(axis=0) - 1e6, *points.max(axis=0) + 1e6)
    cells = shapely.get_parts(shapely.voronoi_polygons(shapely.multipoints(points), extend_to=around, ordered=True))
    order = np.argsort(owners, kind="stable")
    bounds = np.searchsorted(owners[order], np.arange(spots + 1))
    out: list[BaseGeometry | None] = []
    for k in range(spots):
        own = cells[order[bounds[k] : bounds[k + 1]]]
        out.append(own[0] if len(own) == 1 else shapely.union_all(own))
    return out


def _share(whole: list[BaseGeometry | None], xy: Floats, owners: Ints, radii: Floats) -> list[BaseGeometry]:
    """Cap each cell by its place's radius; places on one spot take equal slices of it."""
    counts = np.bincount(owners, minlength=len(whole))
    seen = np.zeros(len(whole), dtype=int)
    shapes = shapely.buffer(shapely.points(xy), radii, quad_segs=QUAD_SEGMENTS)
    for k in np.flatnonzero(counts[owners] > 1):
        spot = owners[k]
        slice_deg = 360.0 / counts[spot]
        shapes[k] = wedge(xy[k], radii[k], slice_deg * seen[spot], slice_deg * (seen[spot] + 1))
        seen[spot] += 1
    if len(whole) == 1:
        return list(shapes)
    return list(shapely.intersection(np.array(whole, dtype=object)[owners], shapes))
