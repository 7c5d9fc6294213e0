"""One frame of a picture: map, title, date, legend, scale, sources."""

from __future__ import annotations

import datetime as dt
import math
import textwrap
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any, TypeAlias

import numpy as np
import shapely
from matplotlib.axes import Axes
from matplotlib.collections import PolyCollection
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import FancyArrowPatch, Rectangle
from matplotlib.patheffects import withStroke

from tracker.layers import Holding, area_by_actor, area_series, features_on
from tracker.maps import picture_style as style
from tracker.maps.framing import first_shown, main_bounds
from tracker.maps.picture_chart import draw_chart
from tracker.maps.picture_ground import Sheet, draw_areas, draw_base, draw_lines, mercator, river_stretches
from tracker.maps.picture_style import PictureOptions, Sides, mix, sides_of, source_names
from tracker.maps.safe import visible_text
from tracker.maps.shapes import lon_shift
from tracker.model import Actor, BaseShape, Layer, LayerFeature, Status

__all__ = ["Plate"]

_DPI = 100
_LEFT, _BOTTOM, _WIDTH, _HEIGHT = 0.015, 0.085, 0.735, 0.815  # of the map within the picture
_PAD = 0.06
_LEAST_SPAN_DEG = 0.25
_LEAST_CHART = 0.12  # of the picture's height: a lower chart can't be read
_RANKS = {"PPLC": 0, "PPLA": 1, "PPLA2": 2, "PPL": 3, "PPLA3": 3, "PPLX": 5, "PPLL": 5}
_CLOSE_DEG = 0.6  # width of the map below which quarters and hamlets have symbols and names of their own
_STATUS_WORDS = {
    "contested": "contested", "shared": "held jointly", "one_of": "one of several sides", "unknown": "holder not known",
}  # fmt: skip


Box: TypeAlias = tuple[float, float, float, float]


class Plate:
    """
    What all frames of one layer have in common: bounds, colours, base.

    Parameters
    ----------
    layer
        A day or a span.
    actors
        Names and colours by actor id.
    base
        Land, water, rivers and borders, drawn under and over the areas.
    title
        Plain text.
    """

    def __init__(
        self,
        layer: Layer,
        *,
        actors: Mapping[str, Actor],
        base: Sequence[BaseShape],
        title: str,
        options: PictureOptions,
    ) -> None:
        self.layer, self.base, self.title, self.options = layer, base, title, options
        self.sides = Sides(actors, layer)
        self.shift = lon_shift(feature.point for feature in layer.features)
        self.window = self._window()
        self.series = area_series(layer) if layer.on is None else []

    def draw(self, on: dt.date | None) -> Figure:
        """Return one frame; None draws all features, which suits a layer without dates."""
        options = self.options
        figure = Figure(figsize=(options.width_px / _DPI, options.height_px / _DPI), dpi=_DPI, facecolor="white")
        axes = figure.add_axes((_LEFT, _BOTTOM, _WIDTH, _HEIGHT))
        west, south, east, north = self.window
        axes.set_xlim(west, east)
        axes.set_ylim(south, north)
        axes.set_xticks([])
        axes.set_yticks([])
        for spine in axes.spines.values():
            spine.set_color(style.BORDER)
        features = self.layer.features if on is None else features_on(self.layer, on)
        lines = [
            line
            for line in self.layer.lines
            if on is None or ((line.start is None or line.start <= on) and (line.end is None or on < line.end))
        ]
        points = options.width_px * _WIDTH * 72 / _DPI
        sheet = Sheet(axes, self.sides, shift=self.shift, per_point=(east - west) / points)
        draw_base(sheet, self.base)
        draw_areas(sheet, features)
        draw_lines(sheet, lines)
        self._rivers(sheet, self._places(sheet, features))
        self._scale(sheet)
        self._words(figure, on, features)
        foot = _Legend(self, figure).draw(area_by_actor(self.layer, on), features, {line.kind for line in lines})
        room = _BOTTOM + _HEIGHT * foot - 0.06
        if len(self.series) > 1 and room - _BOTTOM > _LEAST_CHART:
            low = _BOTTOM + 0.03
            chart = figure.add_axes((0.805, low, 0.18, min(room - low, 0.24)))
            draw_chart(chart, self.series, self.sides, on=on, first=first_shown(self.layer), small=True)
        return figure

    def _window(self) -> tuple[float, float, float, float]:
        """Return the bounds in the plane of the picture, padded and widened to the shape of its map."""
        given = self.options.bounds
        if given is not None:
            corners = mercator(np.array([[given[0], given[1]], [given[2], given[3]]]), self.shift)
        elif self.layer.features or self.layer.lines:
            shown = tuple(f for f in self.layer.features if f.feature is None or not f.feature.startswith("ADM"))
            bounds = main_bounds(replace(self.layer, features=shown or self.layer.features))
            west, south, east, north = bounds or shapely.total_bounds([line.geometry for line in self.layer.lines])
            corners = mercator(np.array([[west, south], [east, north]], dtype=float), self.shift)
        else:
            corners = np.array([[-180.0, -70.0], [180.0, 85.0]])
        (west, south), (east, north) = corners.min(axis=0), corners.max(axis=0)
        width = max(east - west, _LEAST_SPAN_DEG) * (1 + 2 * _PAD)
        height = max(north - south, _LEAST_SPAN_DEG) * (1 + 2 * _PAD)
        shape = (self.options.width_px * _WIDTH) / (self.options.height_px * _HEIGHT)
        width, height = max(width, height * shape), max(height, width / shape)
        x, y = (west + east) / 2, (south + north) / 2
        return x - width / 2, y - height / 2, x + width / 2, y + height / 2

    def _rivers(self, sheet: Sheet, taken: list[Box]) -> None:
        """Write each river's name once along its course, where it is straight, near the middle and free."""
        west, south, east, north = self.window
        middle, points = np.array([(west + east) / 2, (south + north) / 2]), 8.6
        ways: dict[str, list[tuple[float, float, float, float, float]]] = {}
        for shape in self.base:
            if shape.kind != "river" or not shape.name:
                continue
            name = visible_text(shape.name)
            length = len(name) * points * 0.62 * sheet.per_point
            for part in shapely.get_parts(shapely.line_merge(shape.geometry)):
                course = mercator(shapely.get_coordinates(part), self.shift)
                for x, y, turn, bend in river_stretches(course, length):
                    if west + length < x < east - length and south + length / 2 < y < north - length / 2:
                        score = float(np.hypot(*(middle - (x, y)))) + 4 * bend
                        ways.setdefault(name, []).append((score, x, y, turn, bend))
        for name, found in sorted(ways.items()):
            half = len(name) * points * 0.31 * sheet.per_point
            for _, x, y, turn, bend in sorted(found):
                away = (points * 0.75) * sheet.per_point + bend / 2
                at = np.array([x - math.sin(math.radians(turn)) * away, y + math.cos(math.radians(turn)) * away])
                dx = abs(math.cos(math.radians(turn))) * half + points * 0.4 * sheet.per_point
                dy = abs(math.sin(math.radians(turn))) * half + points * 0.5 * sheet.per_point
                if _free((at[0] - dx, at[1] - dy, at[0] + dx, at[1] + dy), taken):
                    _write(
                        sheet.axes, at[0], at[1], name, size=points, va="center", ha="center", halo=True, zorder=6,
                        rotation=turn, rotation_mode="anchor", style="italic", color=style.RIVER_NAME,
                    )  # fmt: skip
                    break

    def _places(self, sheet: Sheet, features: Sequence[LayerFeature]) -> list[Box]:
        """Draw a symbol for each place and as many names as fit without touching; return where names stand."""
        places: dict[str, list[LayerFeature]] = {}
        for feature in features:
            places.setdefault(feature.place_id, []).append(feature)
        order = sorted(places, key=lambda p: (_RANKS.get(places[p][0].feature or "", 4), -_reports(places[p]), p))
        taken: list[Box] = []
        west, south, east, north = self.window
        named = 0
        shrunk = max(0.4, min(1.0, (120 / max(len(order), 1)) ** 0.5))
        for place_id in order:
            own = places[place_id]
            rank = _RANKS.get(own[0].feature or "", 4)
            if (own[0].feature or "").startswith("ADM") or (rank > 4 and east - west > _CLOSE_DEG):
                continue
            ((x, y),) = mercator(np.array([own[0].point]), self.shift)
            if not (west <= x <= east and south <= y <= north):
                continue
            size = (6.0 if (own[0].feature or "").startswith("PPLA") else 4.6) * shrunk
            self._symbol(sheet, x, y, own, size)
            text = visible_text(own[0].name)
            if named < self.options.labels and _label(sheet, (x, y), text, size, taken, chief=rank < 2):
                named += 1
        return taken

    def _symbol(self, sheet: Sheet, x: float, y: float, own: Sequence[LayerFeature], size: float) -> None:
        known = [f for f in own if f.status != Status.UNKNOWN]
        sides = list(dict.fromkeys(side for f in known for side in sides_of(f)))
        marker = "s" if own[0].feature in _SQUARE else "D" if own[0].feature in _DIAMOND else "o"
        colours = [mix(self.sides.colour(side), style.INK, 0.88) for side in sides] or [style.HALO]
        sheet.axes.plot(
            x, y, marker, markersize=size, color=colours[0], markeredgecolor=style.INK if known else style.QUIET,
            markeredgewidth=0.9, zorder=5, fillstyle="left" if len(colours) > 1 else "full",
            markerfacecoloralt=colours[-1],
        )  # fmt: skip

    def _scale(self, sheet: Sheet) -> None:
        """Draw a scale bar, true at the middle latitude of the map."""
        west, south, east, north = self.window
        lat = math.degrees(math.atan(math.sinh(math.radians((south + north) / 2))))
        km_per_degree = 111.32 * math.cos(math.radians(lat))
        wanted = (east - west) * km_per_degree / 5
        step = 10 ** math.floor(math.log10(wanted))
        length = max(k * step for k in (1, 2, 5) if k * step <= wanted)
        x, y = west + (east - west) * 0.02, south + (north - south) * 0.025
        tick = (north - south) * 0.008
        stop = x + length / km_per_degree
        bar = np.array([[x, y + tick], [x, y], [stop, y], [stop, y + tick]])
        for colour, width in ((style.HALO, 4.0), (style.INK, 1.4)):
            sheet.axes.add_line(Line2D(bar[:, 0], bar[:, 1], color=colour, linewidth=width, zorder=7))
        text = f"{length:g} km"
        _write(sheet.axes, (x + stop) / 2, y + tick * 1.4, text, size=8, ha="center", va="bottom", halo=True)

    def _words(self, figure: Figure, on: dt.date | None, features: Sequence[LayerFeature]) -> None:
        options = self.options
        chars = options.width_px / 7.0
        _put(figure, _LEFT, 0.955, _cut(visible_text(self.title), int(chars * 0.5)), size=17, weight="bold")
        if options.subtitle:
            _put(
                figure,
                _LEFT,
                0.92,
                _cut(visible_text(options.subtitle), int(chars * 0.75)),
                size=10.5,
                color=style.QUIET,
            )
        if on is not None:
            _put(figure, 0.765, 0.955, f"{on.day} {on:%B %Y}", size=17, weight="bold")
        if self.layer.known_by is not None:
            _put(figure, 0.765, 0.922, f"as known by {self.layer.known_by}", size=9, color=style.QUIET)
        sources = list(options.sources) if options.sources is not None else source_names(self.layer, features)[:12]
        told = f"Sources: {'; '.join(map(visible_text, sources))}." if sources else ""
        # Three lines: what a reader must know comes first, a long list of sources is cut.
        words = " ".join(filter(None, (*map(visible_text, self.layer.notes), options.doubt, told)))
        note = textwrap.wrap(words, int(chars * 1.27), max_lines=3, placeholder=" …")
        _put(figure, _LEFT, 0.067, "\n".join(note), size=7.8, color=style.QUIET, va="top")


class _Legend:
    """The column at the right: sides with their areas, then forms."""

    def __init__(self, plate: Plate, figure: Figure) -> None:
        self._plate, self._sides = plate, plate.sides
        self._axes = figure.add_axes((0.765, _BOTTOM, 0.225, _HEIGHT))
        self._axes.set_axis_off()
        self._axes.set_xlim(0, 1)
        self._axes.set_ylim(0, 1)
        self._y = 0.985
        self._row = 0.034

    def draw(self, held: Mapping[str, Holding], features: Sequence[LayerFeature], kinds: set[str]) -> float:
        """Write a row for each side and each form that the frame shows; return where the last ends, as a share."""
        self._head("Who holds it", "km²")
        for key, holding in held.items():
            if key not in _STATUS_WORDS:
                self._swatch(self._sides.tint(key, 0.9), mix(self._sides.colour(key), style.INK, 0.72))
                self._text(self._sides.name(key), holding)
        for key, holding in held.items():
            if key in _STATUS_WORDS:
                self._striped(key, features)
                self._text(_STATUS_WORDS[key], holding)
        if not held:
            self._text("no state on this day", None)
        self._y -= self._row * 0.5
        self._head("How it is drawn", "")
        self._forms(features, kinds)
        return self._y

    def _forms(self, features: Sequence[LayerFeature], kinds: set[str]) -> None:
        side = next((sides_of(f)[0] for f in features if sides_of(f)), None)
        colour = self._sides.colour(side)
        for confidence, words in ((0.95, "on good evidence"), (0.25, "on thin evidence")):
            face, edge = mix(colour, style.LAND, 0.3 + 0.48 * confidence), mix(colour, style.INK, 0.72)
            self._swatch(face, edge, dashed=confidence < style.WEAK)
            self._text(words, None)
        if "siege" in kinds:
            self._line(style.INK, (0, (2.2, 1.2)), 2.6)
            self._text("besieged, in the besieger's colour", None)
        if "approach" in kinds:
            y = self._y - self._row * 0.35
            arrow = FancyArrowPatch(
                (0.0, y), (0.1, y), arrowstyle="-|>", mutation_scale=10, linewidth=2, color=style.INK
            )
            self._axes.add_patch(arrow)
            self._text("on its way there", None)
        self._line(style.FRONT, "solid", 1.3)
        self._text("where two sides meet", None)
        self._swatch(style.LAND, style.LAND)
        self._text("blank: no report speaks of it", None)

    def _head(self, left: str, right: str) -> None:
        _write(self._axes, 0, self._y, left, size=10.5, weight="bold", va="top")
        _write(self._axes, 1, self._y, right, size=9, va="top", ha="right", color=style.QUIET)
        self._y -= self._row * 1.1

    def _swatch(self, face: str, edge: str, *, dashed: bool = False) -> None:
        box = Rectangle(
            (0, self._y - self._row * 0.72), 0.1, self._row * 0.68, facecolor=face, edgecolor=edge, linewidth=0.9,
            linestyle=(0, (4, 3)) if dashed else "solid",
        )  # fmt: skip
        self._axes.add_patch(box)

    def _striped(self, key: str, features: Sequence[LayerFeature]) -> None:
        if key == "unknown":
            box = Rectangle((0, self._y - self._row * 0.72), 0.1, self._row * 0.68, facecolor=style.LAND,
                            edgecolor=style.BLANK, linewidth=1.1, linestyle=(0, (1, 2.4)))  # fmt: skip
            self._axes.add_patch(box)
            return
        sides = next((sides_of(f) for f in features if f.status == key and len(sides_of(f)) > 1), ())
        colours = [self._sides.tint(side, 0.9) for side in sides[:2]] or [style.BLANK]
        if len(colours) == 1:
            colours.append(style.LAND)
        self._swatch(colours[0], mix(style.NO_SIDE, style.INK, 0.72))
        low, high = self._y - self._row * 0.72, self._y - self._row * 0.04
        slant = {"contested": 0.02, "shared": 0.0, "one_of": 0.0}[key]
        if key == "shared":
            middle = [(0, low), (0.1, low), (0.1, (low + high) / 2), (0, (low + high) / 2)]
            bands = [middle]
        else:
            bands = [
                [(x, low), (x + 0.02, low), (x + 0.02 + slant, high), (x + slant, high)]
                for x in (0.0, 0.04, 0.08 - slant)
            ]
        self._axes.add_collection(PolyCollection(bands, facecolors=colours[1], edgecolors="none"), autolim=False)

    def _line(self, colour: str, dash: Any, width: float) -> None:
        y = self._y - self._row * 0.38
        self._axes.add_line(Line2D([0, 0.1], [y, y], color=colour, linewidth=width, linestyle=dash))

    def _text(self, words: str, holding: Holding | None) -> None:
        middle = self._y - self._row * 0.38
        lines = textwrap.wrap(words, 24 if holding else 34)[:2] or [""]
        _write(self._axes, 0.13, middle, _cut("\n".join(lines), 60), size=9, va="center")
        if holding is not None:
            _write(self._axes, 1, middle, _thousands(holding.km2), size=9, va="center", ha="right")
        self._y -= self._row * (1.0 if len(lines) == 1 else 1.35)


_SQUARE = frozenset({"AIRB", "MILB", "INSM", "FT", "AIRP", "AIRF", "NVB"})
_DIAMOND = frozenset({"OILF", "OILR", "OILW", "GASF", "DAM", "BDG", "PSH", "RFNR", "MN", "BLDG", "CRSG", "FY"})


def _reports(features: Sequence[LayerFeature]) -> int:
    return max(f.n_reports for f in features)


def _thousands(km2: float) -> str:
    return f"{km2:,.0f}" if km2 >= 10 else f"{km2:.1f}"


def _cut(text: str, most: int) -> str:
    return text if len(text) <= most else text[: max(most - 1, 1)] + "…"


def _label(sheet: Sheet, at: tuple[float, float], name: str, size: float, taken: list[Box], *, chief: bool) -> bool:
    """Write a name beside its place, inside the map and where no other stands; return whether it was written."""
    x, y = at
    points = 9.6 if chief else 8.2
    wide = len(name) * points * (0.62 if chief else 0.56) * sheet.per_point
    high = points * 1.15 * sheet.per_point
    gap = (size / 2 + 2.0) * sheet.per_point
    above, below = y + gap + high / 2, y - gap - high / 2
    (west, east), (south, north) = sheet.axes.get_xlim(), sheet.axes.get_ylim()
    spots = [(x + gap, y), (x - gap - wide, y), (x - wide / 2, above), (x - wide / 2, below), (x + gap, above)]
    for left, middle in [*spots, (x - gap - wide, above), (x + gap, below), (x - gap - wide, below)]:
        box = (left, middle - high / 2, left + wide, middle + high / 2)
        inside = west <= box[0] and box[2] <= east and south <= box[1] and box[3] <= north
        if inside and _free(box, taken):
            weight = "bold" if chief else "normal"
            _write(sheet.axes, left, middle, name, size=points, va="center", halo=True, zorder=6, weight=weight)
            return True
    return False


def _free(box: Box, taken: list[Box]) -> bool:
    """Take a box unless it touches another that is taken; return whether it was free."""
    if any(box[0] < t[2] and t[0] < box[2] and box[1] < t[3] and t[1] < box[3] for t in taken):
        return False
    taken.append(box)
    return True


def _write(axes: Axes, x: float, y: float, text: str, *, halo: bool = False, **options: Any) -> None:
    """Write text as it stands: no mathematics, whatever dollar signs a report brought."""
    options.setdefault("color", style.INK)
    size = options.pop("size")
    written = axes.text(x, y, text, fontsize=size, parse_math=False, clip_on=halo, **options)
    if halo:
        written.set_path_effects([withStroke(linewidth=2.2, foreground=style.HALO)])


def _put(figure: Figure, x: float, y: float, text: str, **options: Any) -> None:
    options.setdefault("color", style.INK)
    size = options.pop("size")
    figure.text(x, y, text, fontsize=size, parse_math=False, **options)
