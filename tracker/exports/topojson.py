"""
TopoJSON: areas and lines made of arcs, each border between neighbours written once.

Format: https://github.com/topojson/topojson-specification. Coordinates are whole millionths of a
degree from a corner, each arc's points as steps from the point before.
"""

from __future__ import annotations

import itertools
import json
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from tracker.exports.geojson import DECIMALS, feature_object, line_object
from tracker.files import written_whole
from tracker.model import Layer

__all__ = ["write_topojson"]

_SCALE = 10**DECIMALS
Point = tuple[int, int]


def write_topojson(layer: Layer, path: str | Path) -> Path:
    """
    Write the areas, sieges and approaches of a layer as one TopoJSON file and return its path.

    Objects `areas` and `lines` hold the features of the GeoJSON with the same ids, properties and
    coordinates. A border that two areas share, on the same day or not, stands in the file once.

    Raises
    ------
    OutputError
        If it can't be written; nothing is left half-written.
    """
    target = Path(path)
    text = json.dumps(_topology(layer), ensure_ascii=False, allow_nan=False, separators=(",", ":"))
    with written_whole(target) as temporary:
        temporary.write_bytes(f"{text}\n".encode("utf-8", "replace"))
    return target


def _topology(layer: Layer) -> dict[str, Any]:
    areas = [feature_object(f) for f in layer.features]
    lines = [line_object(n) for n in layer.lines]
    arcs = _Arcs(_lines_of(told["geometry"]) for told in (*areas, *lines))
    objects = {
        "areas": {"type": "GeometryCollection", "geometries": [_geometry(told, arcs) for told in areas]},
        "lines": {"type": "GeometryCollection", "geometries": [_geometry(told, arcs) for told in lines]},
    }
    west, south, east, north = arcs.box()
    return {
        "type": "Topology",
        **({"notes": list(layer.notes)} if layer.notes else {}),
        "bbox": [west / _SCALE, south / _SCALE, east / _SCALE, north / _SCALE],
        "transform": {"scale": [1 / _SCALE, 1 / _SCALE], "translate": [west / _SCALE, south / _SCALE]},
        "objects": objects,
        "arcs": [_steps(arc, (west, south)) for arc in arcs.kept],
    }


def _geometry(told: dict[str, Any], arcs: _Arcs) -> dict[str, Any]:
    geometry = told["geometry"]
    return {
        "type": geometry["type"],
        "id": told["id"],
        "properties": told["properties"],
        "arcs": _over_lines(geometry["coordinates"], arcs),
    }


def _over_lines(coordinates: Any, arcs: _Arcs) -> list[Any]:
    """Return the same nesting with arcs in place of each line or ring."""
    if isinstance(coordinates[0][0], int | float):
        return arcs.of(_points(coordinates))
    return [_over_lines(part, arcs) for part in coordinates]


def _lines_of(geometry: dict[str, Any]) -> Iterator[list[Point]]:
    def down(part: Any) -> Iterator[list[Point]]:
        if isinstance(part[0][0], int | float):
            yield _points(part)
        else:
            for inner in part:
                yield from down(inner)

    yield from down(geometry["coordinates"])


def _points(line: Sequence[Sequence[float]]) -> list[Point]:
    return [(round(x * _SCALE), round(y * _SCALE)) for x, y in line]


def _steps(arc: Sequence[Point], corner: Point) -> list[list[int]]:
    steps, (x, y) = [], corner
    for px, py in arc:
        steps.append([px - x, py - y])
        x, y = px, py
    return steps


class _Arcs:
    """
    The arcs of all lines and rings: cut where lines meet or part, each kept once.

    Parameters
    ----------
    shapes
        The lines and rings of each shape.
    """

    def __init__(self, shapes: Iterable[Iterator[list[Point]]]) -> None:
        self.kept: list[tuple[Point, ...]] = []
        self._numbers: dict[tuple[Point, ...], int] = {}
        self._neighbours: dict[Point, tuple[Point, Point] | None] = {}
        for lines in shapes:
            for line in lines:
                self._look_at(line)

    def of(self, line: list[Point]) -> list[int]:
        """Return the numbers of the arcs that make a line; one below zero, counted from -1, runs backwards."""
        closed = line[0] == line[-1]
        if closed:
            line = self._turned(line)
        cuts = [0, *(n for n in range(1, len(line) - 1) if self._neighbours[line[n]] is None), len(line) - 1]
        return [self._number(tuple(line[a : b + 1])) for a, b in itertools.pairwise(cuts)]

    def box(self) -> tuple[int, int, int, int]:
        """Return west, south, east and north of all points; zeros without any."""
        xs, ys = [x for x, _ in self._neighbours], [y for _, y in self._neighbours]
        return (min(xs), min(ys), max(xs), max(ys)) if xs else (0, 0, 0, 0)

    def _look_at(self, line: list[Point]) -> None:
        """Note each point's neighbours; None stands for a point where lines part, and for the ends of open lines."""
        closed = line[0] == line[-1]
        inner = line[:-1] if closed else line
        for n, point in enumerate(inner):
            if not closed and n in (0, len(inner) - 1):
                self._neighbours[point] = None
                continue
            one, other = inner[n - 1], inner[(n + 1) % len(inner)]
            pair = (one, other) if one <= other else (other, one)
            if self._neighbours.setdefault(point, pair) != pair:
                self._neighbours[point] = None

    def _turned(self, ring: list[Point]) -> list[Point]:
        """Return a ring that begins where lines part, else at its least point: the same ring is then the same arc."""
        inner = ring[:-1]
        partings = [n for n, point in enumerate(inner) if self._neighbours[point] is None]
        start = partings[0] if partings else inner.index(min(inner))
        return [*inner[start:], *inner[: start + 1]]

    def _number(self, arc: tuple[Point, ...]) -> int:
        if arc in self._numbers:
            return self._numbers[arc]
        back = arc[::-1]
        if back in self._numbers:
            return ~self._numbers[back]
        self._numbers[arc] = len(self.kept)
        self.kept.append(arc)
        return self._numbers[arc]
