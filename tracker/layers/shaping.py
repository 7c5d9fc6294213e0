"""Shared lines, smoothed and thinned: every tile on both sides follows."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
import shapely
from shapely.geometry.base import BaseGeometry

from tracker.layers.method import LayerMethod
from tracker.layers.plane import GRID_M

__all__ = ["shaped", "without_fragments"]

Floats = npt.NDArray[np.float64]
Bools = npt.NDArray[np.bool_]

_ON_KEPT_M = 2.0


def shaped(noded: BaseGeometry, method: LayerMethod, kept: Sequence[BaseGeometry]) -> list[BaseGeometry]:
    """
    Return the faces between noded lines, their arcs smoothed and thinned as the method says.

    Arcs run from node to node; nodes stay where they are. When smoothing would make
    arcs cross, it is done with fewer rounds, at worst not at all.

    Parameters
    ----------
    kept
        Lines that stay as they are: the region's border, the seams of the globe.
    """
    plain = list(shapely.get_parts(shapely.polygonize([noded])))
    faces = plain
    for rounds in range(method.smoothing, 0, -1):
        smooth = _smoothed(noded, rounds, kept)
        if len(smooth) == len(plain) and shapely.coverage_is_valid(smooth):
            faces = smooth
            break
    if method.simplify_m > 0 and faces:
        thinned = list(shapely.coverage_simplify(faces, method.simplify_m, simplify_boundary=not kept))
        if shapely.coverage_is_valid(thinned) and all(shapely.is_valid(thinned)):
            faces = thinned
    return faces


def without_fragments(faces: Sequence[BaseGeometry], stacks: Sequence[list[int]], least_km2: float) -> list[list[int]]:
    """
    Return the stacks with small detached fragments given to their neighbours.

    A fragment is a piece of the ground that a place comes first on, not touching the
    rest along a line and smaller than `least_km2`; the largest piece of each place stays.
    A fragment with no neighbour stays too.
    """
    out = [list(stack) for stack in stacks]
    tree = shapely.STRtree(faces)
    first: dict[int, list[int]] = {}
    for k, stack in enumerate(stacks):
        if stack:
            first.setdefault(stack[0], []).append(k)
    for place in sorted(first):
        pieces = _pieces(faces, first[place])
        pieces.sort(key=lambda piece: (-sum(faces[k].area for k in piece), piece))
        for piece in pieces[1:]:
            if sum(faces[k].area for k in piece) < least_km2 * 1e6:
                heir = _heir(faces, stacks, tree, piece)
                for k in piece:
                    out[k] = list(stacks[heir]) if heir is not None else out[k]
    return out


def _pieces(faces: Sequence[BaseGeometry], members: Sequence[int]) -> list[list[int]]:
    """Return the groups of faces that hang together along lines."""
    if len(members) == 1:
        return [list(members)]
    union = shapely.coverage_union_all([faces[k] for k in members])
    parts = shapely.get_parts(union)
    if len(parts) == 1:
        return [list(members)]
    spots = shapely.point_on_surface([faces[k] for k in members])
    _, where = shapely.STRtree(parts).query(spots, predicate="intersects")
    return [[members[n] for n in np.flatnonzero(where == part).tolist()] for part in range(len(parts))]


def _heir(
    faces: Sequence[BaseGeometry], stacks: Sequence[list[int]], tree: shapely.STRtree, piece: Sequence[int]
) -> int | None:
    """Return the face outside a piece, with an owner, that shares the longest line with it."""
    whole = shapely.coverage_union_all([faces[k] for k in piece])
    near = [k for k in tree.query(whole, predicate="intersects").tolist() if k not in piece and stacks[k]]
    lengths = [(float(shapely.length(shapely.intersection(whole, faces[k]))), -int(k)) for k in near]
    longest, negative = max(lengths, default=(0.0, 0))
    return -negative if longest > 0 else None


def _smoothed(noded: BaseGeometry, rounds: int, kept: Sequence[BaseGeometry]) -> list[BaseGeometry]:
    arcs = shapely.get_parts(shapely.line_merge(noded))
    still = shapely.union_all(list(kept)) if kept else shapely.GeometryCollection()
    shapely.prepare(still)
    cut = []
    for arc in arcs:
        xy = shapely.get_coordinates(arc)
        fixed = shapely.dwithin(shapely.points(xy), still, _ON_KEPT_M)
        for _ in range(rounds):
            xy, fixed = _corners_cut(xy, fixed, closed=bool(shapely.is_closed(arc)))
        cut.append(shapely.linestrings(np.round(xy / GRID_M) * GRID_M))
    alone = shapely.union_all(cut, grid_size=GRID_M)
    return list(shapely.get_parts(shapely.polygonize([alone])))


def _corners_cut(xy: Floats, fixed: Bools, *, closed: bool) -> tuple[Floats, Bools]:
    """Cut corners a quarter of the way along their edges; fixed ones stay, and the ends of what is no ring."""
    ring = xy[:-1] if closed else xy
    stays = fixed[:-1].copy() if closed else fixed.copy()
    if not closed:
        stays[[0, -1]] = True
    before, after = np.roll(ring, 1, axis=0), np.roll(ring, -1, axis=0)
    pairs = np.stack([0.75 * ring + 0.25 * before, 0.75 * ring + 0.25 * after], axis=1)
    pairs[stays] = ring[stays, None, :]
    keep = np.column_stack([np.ones(len(ring), dtype=bool), ~stays]).ravel()
    corners, flags = pairs.reshape(-1, 2)[keep], np.repeat(stays, 2)[keep]
    if closed:
        return np.vstack([corners, corners[:1]]), np.append(flags, flags[0])
    return corners, flags
