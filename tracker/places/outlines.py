"""Shapes of countries, admin-1 areas and rivers: to clip layers to, and to give maps their bearings."""

from __future__ import annotations

import json
import lzma
from collections import defaultdict
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Any, NamedTuple

import shapely
from shapely.geometry import box
from shapely.geometry.base import BaseGeometry

from tracker.errors import UnknownPlaceError, UsageError
from tracker.model import BaseShape
from tracker.resources import data_path

__all__ = ["TOLERANCE_DEG", "Outlines"]

# How far outside its country's outline a point may lie, in degrees. Outlines are true to 1 km; harbours,
# islets and border posts lie outside of them, and GeoNames and Natural Earth draw some borders apart.
TOLERANCE_DEG = 0.25
_AREAS = "area_shapes.geojsonl.xz"
_WATERS = "water_shapes.geojsonl.xz"


class _Line(NamedTuple):
    """A packed feature: what it is, where it lies, and its text, read when it is asked for."""

    properties: dict[str, Any]
    bounds: tuple[float, float, float, float]
    text: str


class Outlines:
    """
    Shapes in WGS 84 (lon, lat), true to about 1 km; made by `load`.

    Areas are Natural Earth's, put to the GeoNames admin-1 areas whose towns they hold.
    """

    def __init__(self, areas: Sequence[_Line], waters: Sequence[_Line]) -> None:
        self._areas = {line.properties["place_id"]: line for line in areas if line.properties["place_id"]}
        self._waters = waters
        self._lines = [line for line in areas if line.properties["feature"] != "ADM2"]
        self._parts: dict[str, list[_Line]] = defaultdict(list)
        for line in areas:
            if line.properties["feature"] != "ADM2":
                self._parts[line.properties["country"]].append(line)
        self.country = lru_cache(maxsize=512)(self._country)
        self.admin1 = lru_cache(maxsize=512)(self._area)

    @classmethod
    def load(cls) -> Outlines:
        """Load the shipped shapes."""
        return _loaded()

    def _country(self, code: str) -> BaseGeometry:
        """
        Return the land of a country.

        Parameters
        ----------
        code
            ISO 3166-1 alpha-2.

        Raises
        ------
        UsageError
            If there is no shape of such a country.
        """
        if code not in self._parts:
            raise UsageError(f"no outline of a country {code!r}. Write its ISO 3166-1 code, such as SY.")
        return shapely.union_all([_shape(line) for line in self._parts[code]])

    def _area(self, place_id: str) -> BaseGeometry:
        """
        Return the land of an admin-1 area, or of an admin-2 area that has a shape.

        Raises
        ------
        UnknownPlaceError
            If no shape belongs to the id.
        """
        if place_id not in self._areas:
            raise UnknownPlaceError(place_id)
        return _shape(self._areas[place_id])

    def near_country(self, code: str, lon: float, lat: float) -> bool:
        """Tell whether a point lies in a country or within `TOLERANCE_DEG` of it; False without an outline."""
        if code not in self._parts:
            return False
        return bool(shapely.dwithin(self.country(code), shapely.Point(lon, lat), TOLERANCE_DEG))

    def country_at(self, lon: float, lat: float) -> str | None:
        """Return the code of the country whose land holds a point, None at sea."""
        point = shapely.Point(lon, lat)
        near = (line for line in self._lines if _meet(line.bounds, (lon, lat, lon, lat)))
        return next((line.properties["country"] for line in near if _shape(line).intersects(point)), None)

    def areas(self) -> list[str]:
        """Return the ids of the areas that have a shape, in order."""
        return sorted(self._areas)

    def countries(self) -> list[str]:
        """Return the codes of the countries that have a shape, in order."""
        return sorted(self._parts)

    def names(self, codes: Iterable[str]) -> list[str]:
        """Return the names of countries, in the order of their codes; codes without a name are left out."""
        return [_country_names()[code] for code in codes if code in _country_names()]

    def region(self, codes: Iterable[str]) -> BaseGeometry:
        """Return the land of several countries together; codes without a shape add nothing."""
        return shapely.union_all([self.country(code) for code in sorted(set(codes)) if code in self._parts])

    def base_shapes(self, bounds: tuple[float, float, float, float]) -> list[BaseShape]:
        """
        Return what gives bearings inside some bounds, clipped to them.

        Parameters
        ----------
        bounds
            (min lon, min lat, max lon, max lat).

        Returns
        -------
        shapes
            Land (one shape a country, under its name), then water, rivers, admin-1 lines and
            borders: the order in which they are drawn.
        """
        window = box(*bounds)
        land: list[BaseShape] = []
        inner: list[BaseShape] = []
        borders: list[BaseShape] = []
        for code in sorted(self._parts):
            near = [line for line in self._parts[code] if _meet(line.bounds, bounds)]
            if not near:
                continue
            clipped = [_clip(_shape(line), window) for line in near]
            land += _shapes("land", _country_names().get(code, code), shapely.union_all(clipped))
            for line, shape in zip(near, clipped, strict=True):
                inner += _shapes("admin1", line.properties["name"], _edge(shape, window))
            borders += _shapes("border", code, _edge(shapely.union_all(clipped), window))
        waters = [
            shape
            for line in self._waters
            if _meet(line.bounds, bounds)
            for shape in _shapes(line.properties["kind"], line.properties["name"] or None, _clip(_shape(line), window))
        ]
        return land + sorted(waters, key=lambda shape: shape.kind != "water") + inner + borders


@lru_cache(maxsize=1)
def _loaded() -> Outlines:
    return Outlines(_lines(_AREAS), _lines(_WATERS))


@lru_cache(maxsize=1)
def _country_names() -> dict[str, str]:
    """Return the names of countries by ISO 3166-1 code."""
    rows = data_path("gazetteer", "countries.tsv").read_text(encoding="utf-8").splitlines()
    columns = rows[0].split("\t")
    code, name = columns.index("country"), columns.index("name")
    return {cells[code]: cells[name] for cells in (row.split("\t") for row in rows[1:])}


def _lines(name: str) -> list[_Line]:
    text = lzma.decompress(data_path("gazetteer", name).read_bytes()).decode("utf-8")
    lines = []
    for line in text.splitlines():
        head, _, geometry = line.rpartition(',"geometry":')
        properties = json.loads(head + "}")
        lines.append(_Line(properties["properties"], tuple(properties["bbox"]), geometry[:-1]))
    return lines


def _shape(line: _Line) -> BaseGeometry:
    return shapely.from_geojson(line.text)


def _clip(shape: BaseGeometry, window: BaseGeometry) -> BaseGeometry:
    if not shapely.is_valid(shape):
        shape = shapely.make_valid(shape)
    kept = shapely.get_parts(shapely.intersection(shape, window))
    alike = [part for part in kept if shapely.get_dimensions(part) == shapely.get_dimensions(shape)]
    return shapely.union_all(alike)  # without the points and lines where a shape only touches the window


def _edge(shape: BaseGeometry, window: BaseGeometry) -> BaseGeometry:
    """Return the outline of a clipped area without the cuts along the window."""
    shape = shapely.union_all([part for part in shapely.get_parts(shape) if part.geom_type == "Polygon"])
    if shape.is_empty:
        return shape
    return shapely.line_merge(shapely.difference(shapely.boundary(shape), shapely.boundary(window)))


def _shapes(kind: str, name: str | None, shape: BaseGeometry) -> list[BaseShape]:
    return [] if shape.is_empty else [BaseShape(kind=kind, name=name, geometry=shape)]


def _meet(one: tuple[float, float, float, float], other: tuple[float, float, float, float]) -> bool:
    return one[0] <= other[2] and other[0] <= one[2] and one[1] <= other[3] and other[1] <= one[3]
