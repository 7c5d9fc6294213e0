"""
The fixed mosaic under all layers of a span: small tiles, laid once, owned by states day by day.

All outlines that ever matter (cells, sites, parts, areas, the region, the seams of
the globe) are noded together on a 1 m grid and polygonized. The tiles between them
share their corners, so whichever tiles a day's states take, their unions can't
overlap or leave a gap, and areas add up.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import shapely
from shapely.geometry.base import BaseGeometry

from tracker.layers.areas import geodesic_km2
from tracker.layers.cells import disc, settlement_cells, site_cells
from tracker.layers.extents import Tier, footprint_m, near_m, reach_m, tier_of, yields_to_parent
from tracker.layers.parts import Anatomy
from tracker.layers.plane import GRID_M, Plane, group_places, middle_of
from tracker.model import Place

__all__ = ["Ground", "Mosaic", "Tile", "lay_mosaic"]

Floats = npt.NDArray[np.float64]

_LONGEST_EDGE_M = 2500.0  # longer edges would stray from their straight lines in lon/lat by more than the grid
_CORE_SHARE = 0.85  # of the cell's furthest corner: parts never eat a whole place


@dataclass(frozen=True, slots=True)
class Ground:
    """
    A place that bears states, as the mosaic needs it.

    Attributes
    ----------
    evidence
        Strongest confidence of its states, 0 to 1.
    anatomy
        Its parts, None when only the whole place is ever spoken of.
    quarters
        Located parts: name to (lon, lat, radius in metres).
    near
        Whether any state speaks of the place alone and not of the country around.
    """

    place: Place
    evidence: float = 1.0
    anatomy: Anatomy | None = None
    quarters: Mapping[str, tuple[float, float, float]] = field(default_factory=dict)
    near: bool = False

    @property
    def reach(self) -> float:
        """Radius in metres of all ground that the place may take (areas aside)."""
        return reach_m(self.place, self.evidence)


class Tile(NamedTuple):
    """
    One face of the mosaic as one place sees it.

    `direction` (degrees clockwise from north) and `share` (of the core's radius) say where
    it lies in the place; `far` tiles are the country around it; `rivals` are the places that
    take it while they have a state.
    """

    face: int
    direction: float
    share: float
    quarters: frozenset[str]
    rivals: tuple[str, ...]
    far: bool = False


@dataclass(slots=True)
class Mosaic:
    """
    All tiles.

    Attributes
    ----------
    faces
        Polygons in lon/lat, WGS 84.
    areas_km2
        Geodesic area of each face.
    tiles
        What each place may take, by place id; places without ground are absent.
    cores
        (lon, lat, radius in metres) of each place's core, by place id; none for areas.
    """

    faces: list[BaseGeometry] = field(default_factory=list)
    areas_km2: list[float] = field(default_factory=list)
    tiles: dict[str, list[Tile]] = field(default_factory=dict)
    cores: dict[str, tuple[float, float, float]] = field(default_factory=dict)

    def add(self, faces: Sequence[BaseGeometry]) -> int:
        """Append faces and return the index of the first."""
        first = len(self.faces)
        self.faces += faces
        self.areas_km2 += [geodesic_km2(face) for face in faces]
        return first


def lay_mosaic(
    grounds: Sequence[Ground],
    *,
    region: BaseGeometry | None = None,
    outline: Callable[[Place], BaseGeometry | None] = lambda _: None,
) -> Mosaic:
    """
    Lay the tiles for all places that ever bear a state.

    Parameters
    ----------
    grounds
        One for each place, ordered by place id.
    region
        Polygons in lon/lat to clip to, None for no clip.
    outline
        Gives the polygons in lon/lat of an administrative area, None when it has none.
    """
    mosaic = Mosaic()
    spots = [g for g in grounds if tier_of(g.place) is not Tier.AREA]
    shapes = {g.place.place_id: outline(g.place) for g in grounds if tier_of(g.place) is Tier.AREA}
    areas = [g for g in grounds if shapes.get(g.place.place_id) is not None]
    both = spots + areas
    lonlat = np.array([[g.place.lon, g.place.lat] for g in both], dtype=float).reshape(-1, 2)
    radii = np.array([g.reach for g in spots] + [_radius_of(shapes[g.place.place_id]) for g in areas])
    for group in group_places(lonlat, radii):
        members = [both[i] for i in group]
        plane = Plane(*middle_of(lonlat[group]))
        _Bench(plane, members, {k: s for k, s in shapes.items() if s is not None}, region).lay(mosaic)
    return mosaic


class _Bench:
    """The work on one plane: cells first, then lines, then tiles."""

    def __init__(
        self,
        plane: Plane,
        grounds: Sequence[Ground],
        outlines: Mapping[str, BaseGeometry],
        region: BaseGeometry | None,
    ) -> None:
        self.plane = plane
        self.grounds = sorted(grounds, key=lambda g: (tier_of(g.place), g.place.place_id))
        self.tiers = np.array([tier_of(g.place) for g in self.grounds])
        lonlat = np.array([[g.place.lon, g.place.lat] for g in self.grounds])
        self.xy = plane.points(lonlat)
        self.north = plane.north(lonlat)
        self.cells = self._cells(outlines)
        if region is not None:
            clip = plane.polygons(region)
            shapely.prepare(clip)
            self.cells = list(shapely.intersection(self.cells, clip, grid_size=None))
        self.radii = np.array([self._core_radius(i) for i in range(len(self.grounds))])
        self._order_areas()

    def lay(self, mosaic: Mosaic) -> None:
        """Cut the plane into faces and give them to their places."""
        faces = self._faces()
        if not faces:
            return
        spots = shapely.point_on_surface(faces)
        stacks = self._stacks(spots)
        kept = [k for k, stack in enumerate(stacks) if stack]
        if not kept:
            return
        first = mosaic.add(self.plane.to_globe([faces[k] for k in kept]))
        at = shapely.get_coordinates(spots)
        for n, k in enumerate(kept):
            self._give(mosaic, first + n, stacks[k], at[k])
        for i, ground in enumerate(self.grounds):
            if self.tiers[i] != Tier.AREA and ground.place.place_id in mosaic.tiles:
                mosaic.cores[ground.place.place_id] = (ground.place.lon, ground.place.lat, float(self.radii[i]))

    def _cells(self, outlines: Mapping[str, BaseGeometry]) -> list[BaseGeometry]:
        sites, towns = self.tiers == Tier.SITE, self.tiers == Tier.SETTLEMENT
        prints = np.array([footprint_m(g.place) for g in self.grounds])
        reaches = np.array([g.reach for g in self.grounds])
        return [
            *site_cells(self.xy[sites], prints[sites], self.xy[towns], prints[towns]),
            *settlement_cells(self.xy[towns], prints[towns], reaches[towns]),
            *(self.plane.polygons(outlines[g.place.place_id]) for g in self.grounds if tier_of(g.place) is Tier.AREA),
        ]

    def _core_radius(self, i: int) -> float:
        cell = self.cells[i]
        if cell.is_empty:
            return 0.0
        if self.tiers[i] == Tier.AREA:
            self.xy[i] = shapely.get_coordinates(shapely.centroid(cell))[0]
            return float(np.sqrt(cell.area / np.pi))
        furthest = float(np.linalg.norm(shapely.get_coordinates(cell) - self.xy[i], axis=1).max())
        return min(footprint_m(self.grounds[i].place), _CORE_SHARE * furthest)

    def _order_areas(self) -> None:
        """Put smaller areas before larger, so that a district is carved out of its province."""
        where = [i for i in range(len(self.grounds)) if self.tiers[i] == Tier.AREA]
        ranked = sorted(where, key=lambda i: (self.cells[i].area, self.grounds[i].place.place_id))
        order = [i for i in range(len(self.grounds)) if self.tiers[i] != Tier.AREA] + ranked
        self.grounds = [self.grounds[i] for i in order]
        self.cells = [self.cells[i] for i in order]
        self.xy, self.north, self.radii = self.xy[order], self.north[order], self.radii[order]

    def _faces(self) -> list[BaseGeometry]:
        lines = [shapely.boundary(c) for c in self.cells if not c.is_empty]
        if not lines:
            return []
        for i in range(len(self.grounds)):
            lines += self._part_lines(i)
        lines += self.plane.seams(shapely.box(*shapely.total_bounds(self.cells)))
        noded = shapely.union_all(shapely.segmentize(lines, _LONGEST_EDGE_M), grid_size=GRID_M)
        return list(shapely.get_parts(shapely.polygonize([noded])))

    def _part_lines(self, i: int) -> list[BaseGeometry]:
        ground, cell = self.grounds[i], self.cells[i]
        drawn = []
        if ground.near and self.tiers[i] == Tier.SETTLEMENT:
            drawn.append(shapely.boundary(disc(self.xy[i], near_m(ground.place))))
        if ground.anatomy is not None:
            drawn += self._anatomy_lines(i, ground.anatomy)
        if not drawn or cell.is_empty:
            return []
        return [line for line in shapely.intersection(drawn, cell) if not line.is_empty]

    def _anatomy_lines(self, i: int, anatomy: Anatomy) -> list[BaseGeometry]:
        ground, cell, radius = self.grounds[i], self.cells[i], self.radii[i]
        area = self.tiers[i] == Tier.AREA
        rings = [r for r in anatomy.rings() if not (area and r == 1.0)]
        drawn = [shapely.boundary(disc(self.xy[i], radius * share)) for share in rings]
        if cell.is_empty:
            return []
        length = radius if not area else 2 * float(np.ptp(shapely.get_coordinates(cell), axis=0).sum())
        for direction in anatomy.directions():
            turn = np.radians(direction + self.north[i])
            end = self.xy[i] + length * np.array([np.sin(turn), np.cos(turn)])
            drawn.append(shapely.linestrings([self.xy[i], end]))
        for lon, lat, own in ground.quarters.values():
            drawn.append(shapely.boundary(disc(self.plane.points(np.array([[lon, lat]]))[0], own)))
        return drawn

    def _stacks(self, spots: Sequence[BaseGeometry]) -> list[list[int]]:
        """Return, for each face, the places whose cells it lies in: site, settlement, then areas."""
        tree = shapely.STRtree(self.cells)
        found: list[list[int]] = [[] for _ in spots]
        for face, cell in zip(*tree.query(spots, predicate="intersects").tolist(), strict=True):
            found[face].append(cell)
        out = []
        for owners in found:
            stack: list[int] = []
            for i in sorted(owners):
                if self.tiers[i] == Tier.AREA or not stack or self.tiers[stack[-1]] != self.tiers[i]:
                    stack.append(i)
            out.append(stack)
        return out

    def _give(self, mosaic: Mosaic, face: int, stack: Sequence[int], at: Floats) -> None:
        """Enter one face under every place that may take it, with the places that come first."""
        rivals: list[str] = []
        for i in stack:
            ground = self.grounds[i]
            direction, share, quarters = self._lie(i, at)
            mosaic.tiles.setdefault(ground.place.place_id, []).append(
                Tile(face, direction, share, quarters, tuple(rivals), self._far(i, at))
            )
            if self.tiers[i] == Tier.SITE and not yields_to_parent(ground.place):
                return
            rivals.append(ground.place.place_id)

    def _far(self, i: int, at: Floats) -> bool:
        ground = self.grounds[i]
        if not ground.near or self.tiers[i] != Tier.SETTLEMENT:
            return False
        return float(np.hypot(*(at - self.xy[i]))) > near_m(ground.place)

    def _lie(self, i: int, at: Floats) -> tuple[float, float, frozenset[str]]:
        """Return where a spot lies in a place: direction, share of the core's radius, located quarters."""
        ground = self.grounds[i]
        if ground.anatomy is None:
            return 0.0, 0.0, frozenset()
        dx, dy = at - self.xy[i]
        direction = (float(np.degrees(np.arctan2(dx, dy))) - float(self.north[i])) % 360
        share = float(np.hypot(dx, dy)) / max(float(self.radii[i]), GRID_M)
        if self.tiers[i] == Tier.AREA:
            share = min(share, 1.0)
        inside = frozenset(
            name
            for name, (lon, lat, own) in ground.quarters.items()
            if float(np.linalg.norm(self.plane.points(np.array([[lon, lat]]))[0] - at)) < own
        )
        return direction, share, inside


def _radius_of(shape: BaseGeometry | None) -> float:
    """Return half the diagonal of a shape's bounds in metres, rounded up: how far an area may reach."""
    if shape is None or shape.is_empty:
        return 0.0
    west, south, east, north = shape.bounds
    return float(np.hypot(east - west, north - south)) * 111_320.0
