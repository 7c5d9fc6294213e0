"""Areas, fronts, sieges, approaches and base of one frame, drawn with matplotlib."""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
import shapely
from matplotlib.axes import Axes
from matplotlib.collections import LineCollection, PathCollection, PolyCollection
from matplotlib.patches import FancyArrowPatch
from matplotlib.path import Path as Outline
from matplotlib.patheffects import withStroke
from shapely.geometry.base import BaseGeometry

from tracker.maps import picture_style as style
from tracker.maps.picture_style import Sides, mix, sides_of, stripe_shares
from tracker.model import BaseShape, LayerFeature, LayerLine, Status

__all__ = ["Sheet", "draw_areas", "draw_base", "draw_lines", "mercator", "outline_of", "river_stretches"]

Floats = npt.NDArray[np.float64]

_MOST_LAT = 85.0
_STRIPE_POINTS = 5.0  # breadth of one stripe of two
_ANGLES = {Status.CONTESTED: 45.0, Status.SHARED: 0.0, Status.ONE_OF: 90.0}  # of the stripes, as on the page


def mercator(lonlat: Floats, shift: float = 0.0) -> Floats:
    """
    Return Web Mercator in degrees: x as longitude, y stretched so that shapes stay true; the page's own projection.

    `shift` is added to western longitudes, so that a region across the antimeridian stays in one piece.
    """
    x = np.where(lonlat[:, 0] < 0, lonlat[:, 0] + shift, lonlat[:, 0])
    lat = np.radians(np.clip(lonlat[:, 1], -_MOST_LAT, _MOST_LAT))
    return np.column_stack([x, np.degrees(np.arcsinh(np.tan(lat)))])


def outline_of(geometry: BaseGeometry, shift: float) -> Outline:
    """Return polygons or lines as one matplotlib path in the plane of the picture."""
    rings = shapely.get_rings(shapely.get_parts(geometry)) if shapely.get_dimensions(geometry) == 2 else None
    pieces = rings if rings is not None else shapely.get_parts(geometry)
    paths = [Outline(mercator(shapely.get_coordinates(piece), shift), closed=rings is not None) for piece in pieces]
    return Outline.make_compound_path(*paths) if paths else Outline(np.empty((0, 2)))


class Sheet:
    """
    One axes with what all drawing on it needs.

    Attributes
    ----------
    per_point
        Degrees of the plane that one point (1/72 inch) covers.
    """

    def __init__(self, axes: Axes, sides: Sides, *, shift: float, per_point: float) -> None:
        self.axes, self.sides, self.shift, self.per_point = axes, sides, shift, per_point

    def fill(self, shapes: Sequence[BaseGeometry], colour: str, order: float, **options: Any) -> PathCollection:
        """Fill shapes in one colour, without outlines."""
        paths = [outline_of(shape, self.shift) for shape in shapes]
        drawn = PathCollection(paths, facecolors=colour, edgecolors="none", linewidths=0, zorder=order, **options)
        self.axes.add_collection(drawn, autolim=False)
        return drawn

    def stroke(self, runs: Iterable[Floats], colour: str, width: float, order: float, dash: Any = "solid") -> None:
        """Draw lines given in lon/lat."""
        self.trace([mercator(run, self.shift) for run in runs], colour, width, order, dash)

    def trace(self, segments: Sequence[Floats], colour: str, width: float, order: float, dash: Any = "solid") -> None:
        """Draw lines given in the plane of the picture."""
        lines = LineCollection(segments, colors=colour, linewidths=width, zorder=order, linestyles=dash)
        self.axes.add_collection(lines, autolim=False)


def draw_base(sheet: Sheet, base: Sequence[BaseShape]) -> None:
    """Draw land and water under the areas; rivers, area lines and borders above them."""
    by_kind: dict[str, list[BaseGeometry]] = {}
    for shape in base:
        if not shape.geometry.is_empty:
            by_kind.setdefault(shape.kind, []).append(shape.geometry)
    sheet.axes.set_facecolor(style.SEA if "land" in by_kind else style.LAND)
    for kind, colour in (("land", style.LAND), ("water", style.WATER)):
        areal = [s for s in by_kind.get(kind, ()) if shapely.get_dimensions(s) == 2]
        if areal:
            sheet.fill(areal, colour, 0.5 if kind == "land" else 0.6)
    for kind, colour, width, dash in (
        ("river", style.RIVER, 1.2, "solid"),
        ("admin1", style.ADMIN, 0.6, (0, (4, 3))),
        ("border", style.BORDER, 1.1, (0, (8, 3, 2, 3))),
    ):
        runs = [shapely.get_coordinates(part) for s in by_kind.get(kind, ()) for part in _line_parts(s)]
        if runs:
            sheet.stroke(runs, colour, width, 3.0, dash)


def draw_areas(sheet: Sheet, features: Sequence[LayerFeature]) -> None:
    """
    Fill every feature by its status, then draw fronts and rims.

    Held: its holder's colour, fainter when less sure; contested, shared and one-of:
    stripes slanted, level and upright; unknown: blank with a dotted rim.
    """
    groups: dict[tuple[str, str], list[LayerFeature]] = {}
    for feature in features:
        if feature.status == Status.UNKNOWN:
            continue
        sides = sides_of(feature)
        if feature.status == Status.HELD and sides:
            colour = sheet.sides.tint(sides[0], feature.confidence)
            groups.setdefault((colour, ""), []).append(feature)
        else:
            _fill_striped(sheet, feature, sides)
    for (colour, _), members in groups.items():
        sheet.fill([f.geometry for f in members], colour, 1.0)
    _draw_edges(sheet, features)


def draw_lines(sheet: Sheet, lines: Sequence[LayerLine]) -> None:
    """Draw sieges as dashed rings with a light halo, and approaches as arrows, in the besieger's colour."""
    for line in lines:
        colour = mix(sheet.sides.colour(line.actor), style.INK, 0.85)
        if line.kind == "siege":
            rings = _rings(sheet, line)
            sheet.trace(rings, style.HALO, 4.4, 4.0)
            sheet.trace(rings, colour, 2.6, 4.1, (0, (2.2, 1.2)))
            continue
        points = mercator(shapely.get_coordinates(line.geometry), sheet.shift)
        if len(points) > 1:
            arrow = FancyArrowPatch(
                tuple(points[0]), tuple(points[-1]), arrowstyle="-|>", mutation_scale=12, linewidth=2.2, color=colour,
                zorder=4.2, shrinkA=0, shrinkB=0, capstyle="round",
                path_effects=[withStroke(linewidth=5.0, foreground=style.HALO)],
            )  # fmt: skip
            sheet.axes.add_patch(arrow)


def _rings(sheet: Sheet, siege: LayerLine) -> list[Floats]:
    """Return the lines of a siege in the plane, as a circle that can be seen where they are too small for it."""
    runs = [mercator(shapely.get_coordinates(part), sheet.shift) for part in _line_parts(siege.geometry)]
    points = np.concatenate(runs)
    least = style.LEAST_RING * sheet.per_point
    if float(np.ptp(points, axis=0).max()) >= least:
        return runs
    turn = np.linspace(0.0, 2 * np.pi, 49)
    middle = (points.min(axis=0) + points.max(axis=0)) / 2
    return [middle + least / 2 * np.column_stack([np.cos(turn), np.sin(turn)])]


def river_stretches(course: Floats, length: float) -> Iterator[tuple[float, float, float, float]]:
    """
    Yield stretches of a course on which a name of some length may stand: x, y, angle in degrees, how far it bends.

    Parameters
    ----------
    course
        (n, 2) in the plane of the picture.
    length
        Of the name, in the same unit; a stretch bends by a third of it at most.
    """
    steps = np.linalg.norm(np.diff(course, axis=0), axis=1)
    along = np.concatenate([[0.0], np.cumsum(steps)])
    for start in np.arange(0.0, along[-1] - length, length / 3):
        at = np.linspace(start, start + length, 9)
        points = np.column_stack([np.interp(at, along, course[:, k]) for k in (0, 1)])
        chord = points[-1] - points[0]
        reach = float(np.hypot(*chord))
        if reach < 0.8 * length:
            continue
        off = (points - points[0]) @ np.array([-chord[1], chord[0]]) / reach
        if float(np.ptp(off)) > length / 3:
            continue
        turn = math.degrees(math.atan2(chord[1], chord[0]))
        turn = turn - 180 if turn > 90 else turn + 180 if turn < -90 else turn
        middle = (points[0] + points[-1]) / 2
        yield float(middle[0]), float(middle[1]), turn, float(np.ptp(off))


def _fill_striped(sheet: Sheet, feature: LayerFeature, sides: Sequence[str]) -> None:
    strong = min(1.0, feature.confidence + 0.25)
    colours = [sheet.sides.tint(side, strong) for side in sides] or [mix(style.BLANK, style.LAND, 0.5)]
    if len(colours) == 1:
        colours.append(style.LAND)
    ground = sheet.fill([feature.geometry], colours[0], 1.0)
    outline = ground.get_paths()[0]
    shares = stripe_shares(feature.fraction, len(colours))
    angle = _ANGLES.get(Status(feature.status), 45.0)
    start = shares[0]
    for colour, share in zip(colours[1:], shares[1:], strict=True):
        bands = _bands(outline, angle, _STRIPE_POINTS * len(colours) * sheet.per_point, start, share)
        drawn = PolyCollection(bands, facecolors=colour, edgecolors="none", linewidths=0, zorder=1.1)
        sheet.axes.add_collection(drawn, autolim=False)
        drawn.set_clip_path(outline, sheet.axes.transData)
        start += share


def _bands(outline: Outline, angle: float, period: float, start: float, share: float) -> list[Floats]:
    """Return parallel bands over an outline's bounds; their phase is that of the whole plane, so neighbours match."""
    corners = outline.get_extents().get_points()
    box = np.array([[x, y] for x in corners[:, 0] for y in corners[:, 1]])
    turn = math.radians(angle)
    along, across = np.array([math.cos(turn), math.sin(turn)]), np.array([-math.sin(turn), math.cos(turn)])
    low, high = (box @ along).min(), (box @ along).max()
    first, last = math.floor((box @ across).min() / period) - 1, math.ceil((box @ across).max() / period) + 1
    out = []
    for k in range(first, last):
        near, far = (k + start) * period, (k + start + share) * period
        out.append(np.array([a * along + c * across for a, c in ((low, near), (high, near), (high, far), (low, far))]))
    return out


def _draw_edges(sheet: Sheet, features: Sequence[LayerFeature]) -> None:
    """Draw each edge once: dark where two sides meet, in its side's colour at a rim, dashed where either is weak."""
    ground = {(f.status, sides_of(f)): k for k, f in enumerate(features)}
    owners: dict[tuple[tuple[float, float], tuple[float, float]], tuple[int, bool, str]] = {}
    fronts: dict[bool, list[Floats]] = {False: [], True: []}
    for feature in features:
        key, weak = ground[feature.status, sides_of(feature)], feature.confidence < style.WEAK
        colour = _rim_colour(sheet.sides, feature)
        for ring in shapely.get_rings(shapely.get_parts(feature.geometry)):
            corners = [tuple(c) for c in shapely.get_coordinates(ring).tolist()]
            for a, b in itertools.pairwise(corners):
                edge = (a, b) if a < b else (b, a)
                other = owners.pop(edge, None)
                if other is None:
                    owners[edge] = (key, weak, colour)
                elif other[0] != key:
                    fronts[weak or other[1]].append(np.array(edge))
    rims: dict[tuple[str, bool], list[Floats]] = {}
    for edge, (_, weak, colour) in owners.items():
        rims.setdefault((colour, weak), []).append(np.array(edge))
    for (colour, weak), runs in sorted(rims.items()):
        dotted = colour == style.BLANK
        dash = (0, (1, 2.4)) if dotted else (0, (4, 3)) if weak else "solid"
        sheet.stroke(_joined(runs), colour, 1.1 if dotted else 0.8, 2.0, dash)
    for weak, runs in fronts.items():
        if runs:
            sheet.stroke(_joined(runs), style.FRONT, 1.3, 2.1, (0, (4, 3)) if weak else "solid")


def _rim_colour(sides: Sides, feature: LayerFeature) -> str:
    if feature.status == Status.UNKNOWN:
        return style.BLANK
    own = sides_of(feature)
    return mix(sides.colour(own[0] if len(own) == 1 else None), style.INK, 0.72)


def _joined(edges: Sequence[Floats]) -> list[Floats]:
    """Return edges joined to runs, so that dashes run on over corners."""
    merged = shapely.line_merge(shapely.multilinestrings(shapely.linestrings(list(edges))))
    return [shapely.get_coordinates(part) for part in shapely.get_parts(merged)]


def _line_parts(geometry: BaseGeometry) -> list[BaseGeometry]:
    lines = shapely.boundary(geometry) if shapely.get_dimensions(geometry) == 2 else geometry
    return [part for part in shapely.get_parts(shapely.get_parts(lines)) if shapely.get_dimensions(part) == 1]
