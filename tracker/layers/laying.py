"""
The work of laying a mosaic: from places to tiles, on one plane at a time.

All outlines that ever matter (cells, sites, parts, areas, the region, the seams of
the globe) are noded together on a 1 m grid and polygonized; the tiles between them
share their corners.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import numpy as np
import numpy.typing as npt
import shapely
from shapely.geometry.base import BaseGeometry

from tracker.layers.cells import MOST_STRETCH, disc, met_reaches, settlement_cells, site_cells
from tracker.layers.extents import Tier, footprint_m, near_m, tier_of, yields_to_parent
from tracker.layers.hexagons import hexagon_centres, hexagon_lines
from tracker.layers.method import NEAREST, LayerMethod
from tracker.layers.mosaic import Ground, Mosaic, Tile
from tracker.layers.parts import Anatomy
from tracker.layers.plane import GRID_M, Plane, group_places, middle_of
from tracker.layers.shaping import shaped, without_fragments
from tracker.model import Place

__all__ = ["lay_mosaic"]

Floats = npt.NDArray[np.float64]

_LONGEST_EDGE_M = 2500.0  # longer edges would stray from their straight lines in lon/lat by more than the grid
_CORE_SHARE = 0.85  # of the cell's furthest corner: parts never eat a whole place


def lay_mosaic(
    grounds: Sequence[Ground],
    *,
    region: BaseGeometry | None = None,
    outline: Callable[[Place], BaseGeometry | None] = lambda _: None,
    method: LayerMethod = NEAREST,
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
    method
        How the ground between places is shared out.
    """
    mosaic = Mosaic()
    spots = [g for g in grounds if tier_of(g.place) is not Tier.AREA]
    shapes = {g.place.place_id: outline(g.place) for g in grounds if tier_of(g.place) is Tier.AREA}
    areas = [g for g in grounds if shapes.get(g.place.place_id) is not None]
    both = spots + areas
    lonlat = np.array([[g.place.lon, g.place.lat] for g in both], dtype=float).reshape(-1, 2)
    own = [g.reach * MOST_STRETCH for g in spots]
    if method.kind == "units":
        own = [max(r, *(_radius_of(unit) for unit in method.units)) if method.units else r for r in own]
    radii = np.array(own + [_radius_of(shapes[g.place.place_id]) for g in areas])
    for group in group_places(lonlat, radii):
        members = [both[i] for i in group]
        plane = Plane(*middle_of(lonlat[group]))
        _Bench(plane, members, {k: s for k, s in shapes.items() if s is not None}, region, method).lay(mosaic)
    return mosaic


class _Bench:
    """The work on one plane: cells first, then lines, then tiles."""

    def __init__(
        self,
        plane: Plane,
        grounds: Sequence[Ground],
        outlines: Mapping[str, BaseGeometry],
        region: BaseGeometry | None,
        method: LayerMethod,
    ) -> None:
        self.plane, self.method = plane, method
        self.grounds = sorted(grounds, key=lambda g: (tier_of(g.place), g.place.place_id))
        self.tiers = np.array([tier_of(g.place) for g in self.grounds])
        lonlat = np.array([[g.place.lon, g.place.lat] for g in self.grounds])
        self.xy = plane.points(lonlat)
        self.north = plane.north(lonlat)
        self.cells = self._cells(outlines)
        self.clip = None if region is None else plane.polygons(region, within=shapely.GeometryCollection(self.cells))
        if self.clip is not None:
            shapely.prepare(self.clip)
            self.cells = list(shapely.intersection(self.cells, self.clip))
        self.seats = self.xy  # for hexagons the centre of the one that holds the place's point
        self.radii = np.array([self._core_radius(i) for i in range(len(self.grounds))])
        self._order_areas()

    def lay(self, mosaic: Mosaic) -> None:
        """Cut the plane into faces and give them to their places."""
        faces = self._faces()
        if not faces:
            return
        spots = shapely.point_on_surface(faces)
        if self.method.kind == "hexagons":
            spots = hexagon_centres(self.plane, spots, self.method.resolution)
        stacks = self._stacks(spots)
        if self.method.kind == "hexagons":
            self._seat(spots, stacks)
            nearest = shapely.STRtree(spots).nearest(shapely.points(self.xy))
            self.seats = shapely.get_coordinates([spots[k] for k in nearest])
        if self.method.least_km2 > 0:
            stacks = without_fragments(faces, stacks, self.method.least_km2)
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
        reaches[towns] = met_reaches(self.xy[towns], reaches[towns])
        chiefs: dict[int, BaseGeometry] = {}
        if self.method.kind == "units":
            chiefs = self._chiefs([self.plane.polygons(unit) for unit in self.method.units])
            minor = [i for i in np.flatnonzero(towns) if i not in chiefs]
            reaches[minor] = prints[minor]
        cells = [
            *site_cells(self.xy[sites], prints[sites], self.xy[towns], prints[towns]),
            *settlement_cells(self.xy[towns], prints[towns], reaches[towns]),
            *(self.plane.polygons(outlines[g.place.place_id]) for g in self.grounds if tier_of(g.place) is Tier.AREA),
        ]
        return [chiefs.get(i, cell) for i, cell in enumerate(cells)]

    def _chiefs(self, units: Sequence[BaseGeometry]) -> dict[int, BaseGeometry]:
        """
        Return the unit of each chief settlement, and put chiefs last among the settlements.

        The chief is a unit's most populous settlement with a state, then the best
        evidenced; a settlement belongs to the smallest unit that holds its point.
        """
        towns = np.flatnonzero(self.tiers == Tier.SETTLEMENT)
        members: dict[int, list[int]] = {}
        for i in towns:
            holding = [k for k, unit in enumerate(units) if shapely.intersects_xy(unit, *self.xy[i])]
            if holding:
                members.setdefault(min(holding, key=lambda k: (units[k].area, k)), []).append(int(i))
        rank = {
            i: (-self.grounds[i].place.population, -self.grounds[i].evidence, i)
            for own in members.values()
            for i in own
        }
        chief_of = {min(own, key=rank.__getitem__): units[k] for k, own in members.items()}
        order = [
            *np.flatnonzero(self.tiers == Tier.SITE),
            *(i for i in towns if i not in chief_of),
            *(i for i in towns if i in chief_of),
            *np.flatnonzero(self.tiers == Tier.AREA),
        ]
        self.grounds = [self.grounds[i] for i in order]
        self.xy, self.north = self.xy[order], self.north[order]
        return {n: chief_of[i] for n, i in enumerate(order) if i in chief_of}

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
        if self.method.kind == "hexagons":
            lines = hexagon_lines(self.plane, self.cells, self.method.resolution)
        else:
            for i in range(len(self.grounds)):
                lines += self._part_lines(i)
        seams = self.plane.seams(shapely.box(*shapely.total_bounds(lines)))
        noded = shapely.union_all(shapely.segmentize([*lines, *seams], _LONGEST_EDGE_M), grid_size=GRID_M)
        kept = [*seams] if self.clip is None else [*seams, shapely.boundary(self.clip)]
        return shaped(noded, self.method, kept)

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

    def _seat(self, spots: Sequence[BaseGeometry], stacks: list[list[int]]) -> None:
        """Give a place in which no hexagon's centre lies that of its own point, unless another is seated there."""
        seated = {i for stack in stacks for i in stack[:1]} | {i for stack in stacks for i in stack if self.tiers[i]}
        tree = shapely.STRtree(spots)
        taken: set[int] = set()
        for i, cell in enumerate(self.cells):
            if i in seated or cell.is_empty:
                continue
            k = int(tree.nearest(shapely.Point(self.xy[i])))
            if k not in taken:
                taken.add(k)
                stacks[k] = [i, *(j for j in stacks[k] if self.tiers[j] > self.tiers[i])]

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
        if not ground.near or self.tiers[i] != Tier.SETTLEMENT or bool((at == self.seats[i]).all()):
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
