"""Villages from OpenStreetMap and airfields from airportsdata, each put to the admin-1 area it lies in."""

from __future__ import annotations

import csv
import gzip
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from tracker.errors import GazetteerError
from tracker.places.names.folding import exact_key
from tracker.places.tables.rows import PlaceRow

__all__ = ["airfield_rows", "osm_rows", "put_to_areas"]

OSM_FILE = "osm_places.csv.gz"
# Known faults of the table: (country, name, lat, lon) and the name that belongs there.
_OSM_CORRECTIONS = {("SY", "Mayadin", "35.7557", "39.61062"): "Ma'dan"}
_OSM_FEATURES = {"city": "PPL", "town": "PPL", "village": "PPL"}
_MILITARY = re.compile(r"\b(air ?base|afb|air force|army|military|naval|raf|marine corps|jrb|nas)\b", re.IGNORECASE)
# Countries whose list is mostly private strips; there only airfields with an IATA code are taken.
_STRIPS = frozenset({"US", "CA", "AU"})
# Airfields that airportsdata lists under the sovereign state, by the start of their ICAO code.
_TERRITORIES = {("US", "air-tj"): "PR", ("US", "air-ti"): "VI"}
_NEAR_DEG = 0.5  # a coast drawn to 1 km leaves harbour towns and islets outside: the nearest area takes them
UNSAFE = set("\t\n\r|@[]")


def osm_rows(table: Path) -> list[PlaceRow]:
    """
    Return the rows of the OpenStreetMap table, ordered by id.

    The table has no OpenStreetMap ids: an id is made of country, name and
    position, ``osm:sy-ash-shula-3518-3982``.
    """
    try:
        with gzip.open(table, "rt", encoding="utf-8", newline="") as lines:
            listed = list(csv.DictReader(lines))
    except OSError as error:
        raise GazetteerError(f"can't be read ({error})", path=table, cure="See data/gazetteer/README.md.") from None
    rows: dict[str, PlaceRow] = {}
    for cells in listed:
        country, name, lat, lon = cells["country"], cells["name"].strip(), cells["lat"], cells["lon"]
        name = _OSM_CORRECTIONS.get((country, name, lat, lon), name)
        if cells["kind"] not in _OSM_FEATURES or not exact_key(name) or UNSAFE & set(name):
            continue
        place_id = osm_id(country, name, float(lat), float(lon))
        rows[place_id] = PlaceRow(
            place_id=place_id,
            name=name,
            lat=float(lat),
            lon=float(lon),
            feature=_OSM_FEATURES[cells["kind"]],
            country=country,
        )
    return [rows[place_id] for place_id in sorted(rows)]


def airfield_rows(airfields: Iterable[Mapping[str, Any]]) -> list[PlaceRow]:
    """Return the airfields, ordered by id; military by name are ``AIRB``, the others ``AIRP``."""
    rows = []
    for field in sorted(airfields, key=lambda field: str(field["icao"])):
        name = str(field["name"]).strip()
        if not name or UNSAFE & set(name) or (field["country"] in _STRIPS and not field["iata"]):
            continue
        rows.append(
            PlaceRow(
                place_id=f"tk:air-{str(field['icao']).lower()}",
                name=name,
                lat=round(float(field["lat"]), 4),
                lon=round(float(field["lon"]), 4),
                feature="AIRB" if _MILITARY.search(name) else "AIRP",
                country=str(field["country"]),
            )
        )
    return rows


def put_to_areas(rows: Sequence[PlaceRow], shapes: Mapping[tuple[str, str], BaseGeometry]) -> None:
    """
    Set the admin-1 code of rows from the area of their country that holds them or lies nearest.

    Rows far from any area of their country keep no code.

    Parameters
    ----------
    shapes
        Shape by country and admin-1 code.
    """
    by_country: dict[str, list[tuple[str, BaseGeometry]]] = defaultdict(list)
    for (country, code), shape in sorted(shapes.items()):
        by_country[country].append((code, shape))
    waiting: dict[str, list[PlaceRow]] = defaultdict(list)
    for row in rows:
        row.country = _TERRITORIES.get((row.country, row.place_id.partition(":")[2][:6]), row.country)
        waiting[row.country].append(row)
    for country, listed in waiting.items():
        areas = by_country.get(country)
        if not areas:
            continue
        tree = shapely.STRtree([shape for _, shape in areas])
        points = shapely.points(np.array([(row.lon, row.lat) for row in listed]))
        found = tree.query_nearest(points, max_distance=_NEAR_DEG, all_matches=False)
        for point, area in zip(*found, strict=True):
            listed[int(point)].admin1 = areas[int(area)][0]


def osm_id(country: str, name: str, lat: float, lon: float) -> str:
    slug = re.sub(r"\W+", "-", exact_key(name)).strip("-")
    return f"osm:{country.lower()}-{slug}-{_hundredths(lat)}-{_hundredths(lon)}"


def _hundredths(degrees: float) -> str:
    number = round(degrees * 100)
    return f"m{-number}" if number < 0 else str(number)
