"""Gazetteer files of the user's own: CSV and TSV tables, GeoJSON and GeoPackage."""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from tracker.errors import GazetteerError
from tracker.places.tables.rows import COLUMNS, REQUIRED, PlaceRow, metres, parse_names, people, read_rows

__all__ = ["read_user_file"]

_PROPERTIES = tuple(column for column in REQUIRED if column not in {"lat", "lon"})
_WGS84 = {"EPSG:4326", "OGC:CRS84", "EPSG:4979"}


def read_user_file(path: Path) -> list[PlaceRow]:
    """
    Read a gazetteer file of the user's own and check it.

    Parameters
    ----------
    path
        ``.csv`` or ``.tsv`` with the columns of `tracker.places.tables.rows`; ``.geojson``,
        ``.json`` or ``.gpkg`` with points (other geometry counts as a point inside
        it) and the same properties but lat and lon. A CRS other than WGS 84 is
        projected.

    Raises
    ------
    GazetteerError
        Naming file and line (or feature): a missing column, a value that can't be,
        an id twice, a point at 0,0, latitude and longitude changed over, places that
        lie in each other, a CRS that is not known.
    """
    if not path.is_file():
        raise GazetteerError("no such file", path=path, cure="Check the name.")
    suffix = path.suffix.lower()
    if suffix in {".csv", ".tsv"}:
        rows: Iterator[PlaceRow] = read_rows(path, source=f"user file {path.name}")
    elif suffix in {".geojson", ".json"}:
        rows = _geojson(path)
    elif suffix == ".gpkg":
        rows = _geopackage(path)
    else:
        raise GazetteerError(
            f"{suffix or 'no suffix'} is no gazetteer format",
            path=path,
            cure="Give a .csv, .tsv, .geojson or .gpkg file.",
        )
    return _checked(rows, path)


def _checked(rows: Iterable[PlaceRow], path: Path) -> list[PlaceRow]:
    seen: dict[str, int] = {}
    kept = []
    for row in rows:
        if row.place_id in seen:
            raise GazetteerError(
                f"the id {row.place_id!r} stands on line {seen[row.place_id]} already",
                path=path, line=row.line, cure="Give each row its own id.",
            )  # fmt: skip
        seen[row.place_id] = row.line
        check_point(row)
        for name in parse_names(row.cell, path=path, line=row.line):
            if not name.text.strip():
                raise GazetteerError("an empty name", path=path, line=row.line, cure="Remove it.")
        kept.append(row)
    _refuse_circles(kept)
    _refuse_changed_over(kept)
    return kept


def _refuse_circles(rows: Sequence[PlaceRow]) -> None:
    """Raise where a place is held by what it holds, however far round."""
    held = {row.place_id: row for row in rows if row.parent}
    sound: set[str] = set()
    for place_id in held:
        below: set[str] = set()
        above = place_id
        while above in held and above not in sound and above not in below:
            below.add(above)
            above = held[above].parent
        if above in below:
            row = held[above]
            lies = "is its own parent" if row.parent == above else f"lies in {row.parent}, which lies in it"
            cure = "Name the place that holds it, or leave the parent empty."
            raise GazetteerError(f"{above} {lies}", path=row.path, line=row.line, cure=cure)
        sound |= below


def _refuse_changed_over(rows: Sequence[PlaceRow]) -> None:
    """Raise where a point lies outside its country and would lie inside with lat and lon changed over."""
    from tracker.places.outlines import Outlines  # noqa: PLC0415  only files that name countries need it

    for row in rows:
        if not row.country or math.isnan(row.lat):
            continue
        inside = Outlines.load().near_country
        if not inside(row.country, row.lon, row.lat) and inside(row.country, row.lat, row.lon):
            raise GazetteerError(
                f"lat {row.lat:g} and lon {row.lon:g} are changed over: {row.country} lies the other way round",
                path=row.path, line=row.line, cure="Latitude is how far north, longitude how far east.",
            )  # fmt: skip


def check_point(row: PlaceRow) -> None:
    """
    Check what can be told from a row alone about its point; rows without one pass.

    Raises
    ------
    GazetteerError
        If latitude or longitude is out of range, or both are 0.
    """
    if math.isnan(row.lat) and math.isnan(row.lon):
        return
    problem, cure = _point_problem(row.lat, row.lon)
    if problem:
        raise GazetteerError(f"{row.place_id}: {problem}", path=row.path, line=row.line, cure=cure)


def _point_problem(lat: float, lon: float) -> tuple[str, str]:
    if math.isnan(lat) or math.isnan(lon):
        return "half a point, lat or lon is empty", "Give both or neither."
    if lat == 0 and lon == 0:
        return "lies at 0,0, where nothing is", "Give its coordinates, or remove the row."
    if abs(lat) > 90 >= abs(lon):
        return f"lat {lat:g} and lon {lon:g} are changed over", "Latitude comes from -90 to 90."
    if abs(lat) > 90 or abs(lon) > 180:
        return f"no point has lat {lat:g} and lon {lon:g}", "Write WGS 84 degrees."
    return "", ""


def _geojson(path: Path) -> Iterator[PlaceRow]:
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        line = getattr(error, "lineno", None)
        raise GazetteerError(f"is no JSON: {error}", path=path, line=line, cure="Mend the file.") from None
    features = data.get("features") if isinstance(data, dict) else None
    if not isinstance(features, list):
        raise GazetteerError("is no GeoJSON FeatureCollection", path=path, cure="Give a FeatureCollection of points.")
    crs = ((data.get("crs") or {}).get("properties") or {}).get("name", "OGC:CRS84")
    places = []
    for number, feature in enumerate(features, start=1):
        properties = feature.get("properties") if isinstance(feature, dict) else None
        if not isinstance(properties, dict) or not feature.get("geometry"):
            raise GazetteerError(f"feature {number} has no properties or no geometry", path=path, cure="Mend it.")
        places.append((number, properties, json.dumps(feature["geometry"])))
    yield from _features(path, places, crs, from_geojson=True)


def _geopackage(path: Path) -> Iterator[PlaceRow]:
    import pyogrio  # noqa: PLC0415  heavy, and seldom asked for

    try:
        meta, ids, geometries, columns = pyogrio.raw.read(path, return_fids=True)
    except (pyogrio.errors.DataSourceError, pyogrio.errors.DataLayerError, ValueError) as error:
        raise GazetteerError(f"is no GeoPackage ({error})", path=path, cure="Check the file.") from None
    fields = [str(field) for field in meta["fields"]]
    places = [
        (int(number), {field: column[row] for field, column in zip(fields, columns, strict=True)}, geometries[row])
        for row, number in enumerate(ids)
    ]
    yield from _features(path, places, meta["crs"], from_geojson=False)


def _features(
    path: Path, places: list[tuple[int, dict[str, Any], Any]], crs: str | None, *, from_geojson: bool
) -> Iterator[PlaceRow]:
    import shapely  # noqa: PLC0415  as above

    project = _projection(crs, path)
    for number, properties, geometry in places:
        missing = [column for column in _PROPERTIES if _blank(properties.get(column))]
        if missing:
            raise GazetteerError(
                f"feature {number} has no {', '.join(map(repr, missing))}",
                path=path, line=number, cure=f"Features need the properties {', '.join(_PROPERTIES)}.",
            )  # fmt: skip
        try:
            shape = shapely.from_geojson(geometry) if from_geojson else shapely.from_wkb(geometry)
        except shapely.errors.GEOSException as error:
            raise GazetteerError(f"feature {number} has no geometry: {error}", path=path, cure="Mend it.") from None
        if shape is None or shape.is_empty:
            raise GazetteerError(f"feature {number} has an empty geometry", path=path, line=number, cure="Remove it.")
        point = shape if shape.geom_type == "Point" else shapely.point_on_surface(shape)
        lon, lat = project(point.x, point.y)
        cells = {key: "" if _blank(value) else str(value) for key, value in properties.items() if key in COLUMNS}
        yield _row_of(cells, lon, lat, path, number)


def _row_of(cells: dict[str, str], lon: float, lat: float, path: Path, number: int) -> PlaceRow:
    try:
        population = float(cells.get("population") or 0)
        lengths = {name: float(cells[name]) for name in ("radius_m", "precision_m") if cells.get(name)}
    except ValueError as error:
        raise GazetteerError(f"feature {number}: {error}", path=path, line=number, cure="Write a number.") from None
    lengths = {name: metres(length, name, str(path), number) for name, length in lengths.items()}
    return PlaceRow(
        place_id=cells["place_id"],
        name=cells["name"],
        lat=lat,
        lon=lon,
        feature=cells["feature"],
        country=cells.get("country", ""),
        admin1=cells.get("admin1", ""),
        parent=cells.get("parent", ""),
        population=people(population, str(path), number),
        radius_m=lengths.get("radius_m"),
        precision_m=lengths.get("precision_m"),
        cell=cells.get("names", ""),
        source=cells.get("source") or f"user file {path.name}",
        path=str(path),
        line=number,
    )


def _projection(crs: str | None, path: Path) -> Any:
    """Return what turns x, y of a CRS into lon, lat."""
    if crs in _WGS84:
        return lambda x, y: (x, y)
    import pyproj  # noqa: PLC0415  as above

    try:
        if not crs:
            raise pyproj.exceptions.CRSError("the file names none")
        change = pyproj.Transformer.from_crs(pyproj.CRS.from_user_input(crs), "OGC:CRS84", always_xy=True)
    except pyproj.exceptions.ProjError as error:
        reason = str(error).partition(":")[0]
        raise GazetteerError(
            f"unknown CRS {crs!r} ({reason})", path=path, cure="Save it in EPSG:4326, or name the CRS in the file."
        ) from None
    return change.transform


def _blank(value: Any) -> bool:
    return value is None or value == "" or (isinstance(value, float | np.floating) and math.isnan(value))
