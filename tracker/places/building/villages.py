"""Towns and villages of OpenStreetMap for wars beyond the table of `points`, from FlightGear's world-wide list."""

from __future__ import annotations

import gzip
import re
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from tracker.errors import GazetteerError
from tracker.places.building.points import UNSAFE, osm_id
from tracker.places.names.folding import exact_key
from tracker.places.tables.rows import PlaceRow

__all__ = ["POI_FILE", "village_rows"]

POI_FILE = "poi.dat.gz"
# Countries of wars since 1945 whose villages reports name, and which the table of 29 countries lacks.
WHOLE = frozenset({
    "AO", "BA", "BI", "CG", "CI", "CO", "DJ", "GN", "GW", "HR", "HT", "KH", "LA", "LK", "LR", "MD", "ME", "MK", "MR",
    "NP", "PK", "RS", "RW", "SL", "SN", "TJ", "TL", "UG", "VN", "XK",
})  # fmt: skip
PARTLY = {
    "EG": frozenset({"07", "15", "19", "26", "27"}),  # Sinai and the Canal
    "KE": frozenset({"16", "23", "28", "30", "33", "48", "54"}),  # the coast, and what borders on Somalia
    # Nigeria but for its south
    "NG": frozenset({
        "11", "23", "24", "26", "27", "29", "31", "35", "39", "40", "41", "43", "44", "46", "49", "51", "55", "56",
        "57",
    }),
    "PH": frozenset({"09", "10", "11", "12", "13", "14"}),  # Mindanao
    # the Caucasus, and what borders on Ukraine
    "RU": frozenset({"09", "10", "12", "17", "19", "22", "27", "38", "41", "61", "68", "70", "86"}),
}  # fmt: skip
_PLACES = frozenset({"12", "13", "14"})  # city, town, village
_CUTS = re.compile(r"\s*[/;(]\s*")
_NO_NAME = re.compile(r"\d|\?|^(?:unknown|village|.)$", re.IGNORECASE)
_NEAR_DEG = 0.2  # a coast drawn to 1 km leaves harbour towns and islets outside: the nearest area takes them


class _Point(NamedTuple):
    lat: float
    lon: float
    names: list[str]


def village_rows(listed: Path, shapes: Mapping[tuple[str, str], BaseGeometry]) -> list[PlaceRow]:
    """
    Return the rows of the listed countries, ordered by id, each in the area that holds it or lies nearest.

    Parameters
    ----------
    listed
        FlightGear's ``poi.dat.gz``: kind, latitude, longitude and name, with blanks between.
    shapes
        Shape by country and admin-1 code, of all countries.
    """
    points = _points(listed)
    places = shapely.points([point.lon for point in points], [point.lat for point in points])
    wanted = shapely.union_all([shapely.box(*shape.bounds) for key, shape in shapes.items() if _wanted(*key)])
    shapely.prepare(wanted)
    inside = np.flatnonzero(shapely.dwithin(wanted, places, _NEAR_DEG))
    keys = sorted(shapes)
    tree = shapely.STRtree([shapes[key] for key in keys])
    found = tree.query_nearest(places[inside], max_distance=_NEAR_DEG, all_matches=False)
    rows: dict[str, PlaceRow] = {}
    for number, area in zip(*found, strict=True):
        (country, code), point = keys[int(area)], points[int(inside[number])]
        if _wanted(country, code):
            row = _row(point, country, code)
            rows[row.place_id] = row
    return [rows[place_id] for place_id in sorted(rows)]


def _wanted(country: str, code: str) -> bool:
    return country in WHOLE or code in PARTLY.get(country, ())


def _points(listed: Path) -> list[_Point]:
    """Return what is a place and has a name."""
    points = []
    try:
        with gzip.open(listed, "rt", encoding="utf-8") as lines:
            for line in lines:
                kind, _, rest = line.rstrip("\n").partition(" ")
                if kind not in _PLACES or UNSAFE & set(rest):
                    continue
                lat, lon, name = rest.split(" ", 2)
                names = [part for part in map(str.strip, _CUTS.split(name.strip().rstrip(")"))) if _named(part)]
                if names:
                    points.append(_Point(float(lat), float(lon), names))
    except (OSError, ValueError) as error:
        raise GazetteerError(f"can't be read ({error})", path=listed, cure="See data/gazetteer/README.md.") from None
    return points


def _named(part: str) -> bool:
    return bool(exact_key(part)) and not _NO_NAME.search(part)


def _row(point: _Point, country: str, code: str) -> PlaceRow:
    name, *others = dict.fromkeys(point.names)
    return PlaceRow(
        place_id=osm_id(country, name, point.lat, point.lon),
        name=name,
        lat=round(point.lat, 5),
        lon=round(point.lon, 5),
        feature="PPL",
        country=country,
        admin1=code,
        cell="|".join(others),
    )
