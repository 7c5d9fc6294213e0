"""
Local equal-area planes: where cells are made, and the way back to the globe.

A plane is Lambert's azimuthal equal-area projection about the middle of the
places it serves, so that distances near them are true (scale error below 2.5 %
within 25° of the middle: Snyder 1987, USGS PP 1395, p. 182) and neither pole nor
antimeridian is special until the way back, where polygons are cut at both
(RFC 7946, 3.1.9).
"""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
import pyproj
import shapely
from shapely.geometry.base import BaseGeometry

__all__ = ["Plane", "group_places"]

Floats = npt.NDArray[np.float64]

EARTH_M = 6371007.2  # radius of the sphere with the area of WGS 84
ONE_PLANE_DEG = 25.0  # places within this of their middle share one plane
GRID_M = 1.0  # snap grid of the planes
_DECIMALS = 6  # of a degree on the way back: 0.11 m
_SEGMENT_DEG = 0.05  # long straight edges are cut to this before they are projected
_FAR_DEG = 85.0  # ground further than this from the middle is left out of a plane
_PIECE_DEG = 10
_WINDOW_DEG = 80.0  # windows wider than this, or nearer to a pole than the rest to 90, are not worth a cut
_MARGIN_DEG = 0.5
_SEAM_LON = 179.9  # polygons that come nearer to the antimeridian, or half of it to a pole, are looked at singly
_SEAM_DEG = 2e-5  # a vertex this near to the antimeridian lies on it
_POLE_DEG = 2e-5


class Plane:
    """
    One local plane in metres.

    Parameters
    ----------
    lon, lat
        WGS 84 degrees of the middle.
    """

    def __init__(self, lon: float, lat: float) -> None:
        self.middle = (lon, lat)
        text = f"+proj=laea +lat_0={lat:.4f} +lon_0={lon:.4f} +datum=WGS84 +units=m"
        self._there = pyproj.Transformer.from_crs("EPSG:4326", text, always_xy=True)
        self._back = pyproj.Transformer.from_crs(text, "EPSG:4326", always_xy=True)

    def points(self, lonlat: Floats) -> Floats:
        """Return (n, 2) metres for (n, 2) degrees lon/lat, on the snap grid."""
        x, y = self._there.transform(lonlat[:, 0], lonlat[:, 1])
        snapped: Floats = np.round(np.column_stack([x, y]) / GRID_M) * GRID_M
        return snapped

    def degrees(self, xy: Floats) -> Floats:
        """Return (n, 2) degrees lon/lat for (n, 2) metres."""
        lon, lat = self._back.transform(xy[:, 0], xy[:, 1])
        return np.column_stack([lon, lat])

    def north(self, lonlat: Floats) -> Floats:
        """Return, for each point, the direction of true north in the plane: degrees clockwise from its y axis."""
        step = np.where(lonlat[:, 1] < 89.9, 0.01, -0.01)
        x0, y0 = self._there.transform(lonlat[:, 0], lonlat[:, 1])
        x1, y1 = self._there.transform(lonlat[:, 0], lonlat[:, 1] + step)
        turn = np.degrees(np.arctan2(np.subtract(x1, x0), np.subtract(y1, y0)))
        bearings: Floats = np.where(step > 0, turn, turn + 180.0)
        return bearings

    def polygons(self, geometry: BaseGeometry, within: BaseGeometry | None = None) -> BaseGeometry:
        """
        Project polygons in lon/lat into the plane; faulty ones are mended, far ones left out.

        Parameters
        ----------
        geometry
            Polygons in lon/lat.
        within
            What of the plane is of interest: what lies outside its bounds may be left out, which saves
            projecting all of a large country for a town.

        Returns
        -------
        projected
            A valid polygon or multipolygon, empty when nothing near is left.
        """
        if within is not None and not within.is_empty:
            geometry = self._around(geometry, within)
        near = []
        for part in shapely.get_parts(_areal(geometry)):
            near += [part] if self._near(part) else self._near_pieces(part)
        if not near:
            return shapely.MultiPolygon()
        projected = [shapely.transform(shapely.segmentize(part, _SEGMENT_DEG), self._forward) for part in near]
        return _areal(shapely.union_all([_areal(part) for part in projected], grid_size=GRID_M))

    def to_globe(self, polygons: Sequence[BaseGeometry]) -> list[BaseGeometry]:
        """
        Bring polygons of the plane that don't cross the seam lines back to lon/lat.

        Vertices are rounded to 1e-6 degrees; those on the antimeridian get the sign of
        their polygon's side, those at a pole are spread along it.
        """
        there = shapely.transform(np.array(polygons, dtype=object), lambda xy: np.round(self.degrees(xy), _DECIMALS))
        globe = shapely.orient_polygons(there)
        west, south, east, north = shapely.bounds(there).T
        special = (west < -_SEAM_LON) | (east > _SEAM_LON) | (south < -_SEAM_LON / 2) | (north > _SEAM_LON / 2)
        for k in np.flatnonzero(special).tolist():
            side = self.degrees(shapely.get_coordinates(shapely.point_on_surface(polygons[k])))[0, 0]
            globe[k] = self._globe_polygon(polygons[k], float(side))
        return list(globe)

    def seams(self, within: BaseGeometry) -> list[BaseGeometry]:
        """
        Return the lines at which polygons must be cut to be written in lon/lat.

        The antimeridian, and beside a pole the meridian of Greenwich too, as far as
        they come near `within` (plane coordinates); usually there are none.
        """
        lats = np.linspace(-90, 90, 18001)
        lines = []
        for lon in (180.0, 0.0):
            xy = np.column_stack(self._there.transform(np.full_like(lats, lon), lats))
            if lon == 0.0:
                xy = xy[np.abs(lats) > 85.0]
                halves = [xy[: len(xy) // 2], xy[len(xy) // 2 :]]
            else:
                halves = [xy]
            for half in halves:
                finite = half[np.isfinite(half).all(axis=1)]
                if len(finite) > 1:
                    lines.append(shapely.linestrings(finite))
        poles = shapely.points(np.column_stack(self._there.transform([0.0, 0.0], [-90.0, 90.0])))
        has_pole = bool(np.any(shapely.dwithin(poles[np.isfinite(shapely.get_x(poles))], within, 1.0)))
        wanted = lines if has_pole else lines[:1]
        cut = [shapely.intersection(line, shapely.box(*shapely.bounds(within)).buffer(1000)) for line in wanted]
        return [line for line in cut if not line.is_empty and shapely.intersects(line, within)]

    def _forward(self, lonlat: Floats) -> Floats:
        return np.column_stack(self._there.transform(lonlat[:, 0], lonlat[:, 1]))

    def _around(self, geometry: BaseGeometry, within: BaseGeometry) -> BaseGeometry:
        """Return the polygons of a geometry that come near a part of the plane, large ones cut; all across a seam."""
        west, south, east, north = within.bounds
        grid = np.stack(np.meshgrid(np.linspace(west, east, 17), np.linspace(south, north, 17)), axis=-1)
        lonlat = self.degrees(grid.reshape(-1, 2))
        low, high = lonlat.min(axis=0), lonlat.max(axis=0)
        if not np.isfinite(lonlat).all() or high[0] - low[0] > _WINDOW_DEG or np.abs(lonlat[:, 1]).max() > _WINDOW_DEG:
            return geometry
        margin = _MARGIN_DEG + (high - low) / 8  # twice what lies between two points of the grid
        (west, south), (east, north) = low - margin, high + margin
        window = shapely.box(west, south, east, north)
        parts = shapely.get_parts(shapely.get_parts(geometry))
        bounds = shapely.bounds(parts)
        parts = parts[(bounds[:, :2] <= (east, north)).all(axis=1) & (bounds[:, 2:] >= (west, south)).all(axis=1)]
        cut = shapely.is_valid(parts) & ~shapely.covered_by(parts, window)
        # cut into short edges first, as all are before they are projected: so the cut moves no other point
        parts[cut] = shapely.intersection(shapely.segmentize(parts[cut], _SEGMENT_DEG), window)
        return shapely.GeometryCollection(list(parts))

    def _near(self, part: BaseGeometry) -> bool:
        unit = _unit(shapely.get_coordinates(part)) @ _unit(np.array([self.middle]))[0]
        return bool(np.degrees(np.arccos(np.clip(unit, -1, 1))).max() < _FAR_DEG)

    def _near_pieces(self, part: BaseGeometry) -> list[BaseGeometry]:
        """Return those pieces of a polygon, cut at every tenth degree, that are near as a whole."""
        west, south, east, north = (math.floor(edge / _PIECE_DEG) for edge in part.bounds)
        windows = [
            shapely.box(x * _PIECE_DEG, y * _PIECE_DEG, (x + 1) * _PIECE_DEG, min((y + 1) * _PIECE_DEG, 90.0))
            for x in range(west, east + 1)
            for y in range(south, north + 1)
        ]
        wanted = [window for window in windows if self._near(window)]
        cut = [_areal(piece) for piece in shapely.intersection(wanted, part)] if wanted else []
        return [piece for piece in shapely.get_parts(cut) if not piece.is_empty]

    def _globe_polygon(self, polygon: BaseGeometry, side: float) -> BaseGeometry:
        rings = [polygon.exterior, *polygon.interiors]
        done = [self._globe_ring(shapely.get_coordinates(ring), side) for ring in rings]
        return shapely.orient_polygons(shapely.Polygon(done[0], done[1:]))

    def _globe_ring(self, xy: Floats, side: float) -> Floats:
        lonlat = self.degrees(xy)
        seam = np.abs(np.abs(lonlat[:, 0]) - 180.0) * np.cos(np.radians(lonlat[:, 1])) < _SEAM_DEG
        lonlat[seam, 0] = math.copysign(180.0, side)
        polar = np.abs(lonlat[:, 1]) > 90.0 - _POLE_DEG
        if polar.any():
            lonlat = _spread_poles(lonlat, polar)
        return np.round(lonlat, _DECIMALS)


def group_places(lonlat: Floats, radii_m: Floats) -> list[npt.NDArray[np.int64]]:
    """
    Split places into groups that can be drawn each in its own plane.

    Parameters
    ----------
    lonlat
        (n, 2) degrees.
    radii_m
        How far each place reaches.

    Returns
    -------
    groups
        Indices, each group ascending. One group when all lie within 25° of their middle;
        else places whose reaches touch stay together, and no reach crosses from group to group.
    """
    if len(lonlat) == 0:
        return []
    units = _unit(lonlat)
    if _spread(units) <= ONE_PLANE_DEG:
        return [np.arange(len(lonlat))]
    roots = _linked(units, radii_m / EARTH_M)
    return [np.flatnonzero(roots == root) for root in np.unique(roots)]


def middle_of(lonlat: Floats) -> tuple[float, float]:
    """Return the middle (lon, lat) of points on the sphere."""
    x, y, z = _unit(lonlat).mean(axis=0)
    return math.degrees(math.atan2(y, x)), math.degrees(math.atan2(z, math.hypot(x, y)))


def _unit(lonlat: Floats) -> Floats:
    lon, lat = np.radians(lonlat[:, 0]), np.radians(lonlat[:, 1])
    return np.column_stack([np.cos(lat) * np.cos(lon), np.cos(lat) * np.sin(lon), np.sin(lat)])


def _spread(units: Floats) -> float:
    """Return the angle in degrees between the middle and the point furthest from it."""
    middle = units.mean(axis=0)
    length = float(np.linalg.norm(middle))
    if length < 1e-9:
        return 180.0
    return float(np.degrees(np.arccos(np.clip(units @ (middle / length), -1, 1))).max())


def _linked(units: Floats, radii: Floats) -> npt.NDArray[np.int64]:
    """Return for each point the lowest index of the chain of touching reaches that it belongs to."""
    parent = np.arange(len(units))

    def root(i: int) -> int:
        while parent[i] != i:
            parent[i] = parent[parent[i]]
            i = int(parent[i])
        return i

    order = np.argsort(units[:, 2], kind="stable")  # sweep by latitude: only neighbours in z can touch
    z = units[order, 2]
    widest = 2 * float(radii.max())
    for k, i in enumerate(order):
        stop = int(np.searchsorted(z, z[k] + widest, side="right"))
        others = order[k + 1 : stop]
        chords = np.linalg.norm(units[others] - units[i], axis=1)
        for j in others[chords <= radii[others] + radii[i]]:
            low, high = sorted((root(int(i)), root(int(j))))
            parent[high] = low
    return np.array([root(i) for i in range(len(units))])


def _spread_poles(lonlat: Floats, polar: npt.NDArray[np.bool_]) -> Floats:
    """Replace each vertex at a pole by two, at the longitudes of its neighbours."""
    ring, at_pole = lonlat[:-1], polar[:-1]
    out: list[tuple[float, float]] = []
    for k, (lon, lat) in enumerate(ring):
        if at_pole[k]:
            top = math.copysign(90.0, lat)
            out += [(float(ring[k - 1][0]), top), (float(ring[(k + 1) % len(ring)][0]), top)]
        else:
            out.append((float(lon), float(lat)))
    return np.array([*out, out[0]])


def _areal(geometry: BaseGeometry) -> BaseGeometry:
    """Return the polygons of a geometry, mended; an empty multipolygon when there are none."""
    if not geometry.is_valid:
        geometry = shapely.make_valid(geometry, method="structure", keep_collapsed=False)
    kept = [p for p in shapely.get_parts(shapely.get_parts(geometry)) if p.geom_type == "Polygon" and not p.is_empty]
    return kept[0] if len(kept) == 1 else shapely.MultiPolygon(kept)
