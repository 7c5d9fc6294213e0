"""
Tables of events and baselines, read into reports with claims.

Each row becomes a report of its own, a sentence made of the row, so that a claim
from a table can be traced, judged and outvoted like any other. Columns are those
that ACLED ("Codebook", 2023) and UCDP ("Georeferenced Event Dataset Codebook",
version 23.1) publish; a baseline has ``place`` or ``place_id``, ``holder``, ``date`` and
``source``, and optionally ``lat``, ``lon``, ``part``, ``note``. A polygon of a baseline that
names no place stands for every place inside it that can be held.
"""

from __future__ import annotations

import csv
import datetime as dt
import hashlib
import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import shapely
import shapely.geometry

from tracker.errors import InputError
from tracker.ledger.store import Reading
from tracker.model import (
    Claim,
    ClaimPlace,
    Kind,
    Modality,
    Place,
    Report,
    claim_id_of,
    edtf_bounds,
    parse_day,
    report_id_of,
)

if TYPE_CHECKING:
    from shapely.geometry.base import BaseGeometry

__all__ = ["LAYOUTS", "TableReader"]

_CERTAIN = 0.95  # a coder has read the report: surer than a machine, not certain
_AT_LEAST_FOUGHT_OVER = 0.3  # a clash at a place is weak evidence that both sides hold ground in it

# GeoNames feature codes, by how they begin, of what somebody can hold: towns, quarters, bases, airfields, oil and gas
# fields, dams, bridges, hills, passes, camps, plants. No areas, no waters: a point inside says little.
_HOLDABLE = ("PPL", "AIR", "MILB", "INSM", "OIL", "GAS", "DAM", "BDG", "HLL", "MT", "PASS", "PRT", "CMP", "MFG", "FT")
_MOST_INSIDE = 50_000  # places of one polygon; all of Syria has eight thousand

_ACLED_TRANSFERS = {
    "government regains territory",
    "non-state actor overtakes territory",
    "non-violent transfer of territory",
}

PlaceOf = Callable[[str, "float | None", "float | None", "str | None"], "Place | None"]
PlacesIn = Callable[["BaseGeometry"], "Iterable[Place]"]
ActorOf = Callable[[str, dt.date, "str | None"], str]
Quarantine = Callable[[InputError], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Row:
    """One row, understood: what it claims, of which place, when."""

    kind: Kind
    actor: str
    counter: str | None
    place: str
    date: str
    source: str
    published: dt.date | None
    place_id: str | None = None
    lat: float | None = None
    lon: float | None = None
    part: str | None = None
    note: str = ""
    modality: Modality = Modality.ASSERTED
    confidence: float = _CERTAIN
    key: str = ""


class TableReader:
    """
    Reads one layout of table.

    Parameters
    ----------
    layout
        One of `LAYOUTS`.
    place_of
        Finds a place by name, latitude, longitude and country; None when there is none.
    places_in
        Finds the places inside a polygon; of these the ones that can be held are taken. None: polygons have to
        name their place.
    actor_of
        Gives the actor id for a side's name on a day in a country.
    """

    def __init__(self, layout: str, *, place_of: PlaceOf, actor_of: ActorOf, places_in: PlacesIn | None = None) -> None:
        self._understand = LAYOUTS[layout]
        self._place_of = place_of
        self._actor_of = actor_of
        self._places_in = places_in
        self._layout = layout

    def read(self, path: str | Path, *, quarantine: Quarantine) -> Iterator[Reading]:
        """
        Yield a reading for each row that speaks of control; bad rows go to `quarantine`.

        Raises
        ------
        InputError
            If the file can't be read or lacks a column that the layout needs.
        """
        for line, row, area in _rows(Path(path)):
            try:
                understood = self._understand(row)
                if understood is None:
                    continue
                if area is None or row.get("place") or row.get("place_id"):
                    yield self._reading(understood)
                else:
                    yield from self._inside(understood, area)
            except (KeyError, ValueError) as error:
                problem = f"no column {error}" if isinstance(error, KeyError) else getattr(error, "problem", str(error))
                cure = getattr(error, "cure", None) or "Mend it."
                quarantine(InputError(f"not a row of {self._layout}: {problem}", path=path, line=line, cure=cure))

    def _inside(self, row: _Row, area: BaseGeometry) -> list[Reading]:
        """Return a reading for each place inside a polygon that can be held."""
        if self._places_in is None:
            raise ValueError("a polygon names no place")
        found = [place for place in self._places_in(area) if place.feature.startswith(_HOLDABLE)]
        if not found:
            raise ValueError("no place of the gazetteer lies in the polygon")
        if len(found) > _MOST_INSIDE:
            raise ValueError(f"{len(found)} places lie in the polygon, more than {_MOST_INSIDE}; cut it in pieces")
        return [
            self._reading(replace(row, place=p.name, place_id=p.place_id, lat=p.lat, lon=p.lon, key=p.place_id))
            for p in sorted(found, key=lambda p: p.place_id)
        ]

    def _reading(self, row: _Row) -> Reading:
        place = self._place_of(row.place_id or row.place, row.lat, row.lon, None)
        country = place.country if place else None
        day = parse_day(row.date[:10]) if len(row.date) >= 10 else dt.date(int(row.date[:4]), 1, 1)
        actor = self._actor_of(row.actor, day, country)
        counter = self._actor_of(row.counter, day, country) if row.counter else None
        name = row.place or (place.name if place else row.place_id or "")
        sentence = f"{row.date}: {row.kind.replace('_', ' ')} by {row.actor} at {name}"
        sentence += f" (against {row.counter})." if row.counter else "."
        text = f"{sentence} {row.note}".strip()
        report = Report(
            report_id=report_id_of(text, row.source, row.published, row.key),
            text=text,
            sha256=hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest(),
            source=row.source,
            published=row.published,
        )
        claim = self._claim(row, report, sentence, _resolved(row, place, name, sentence.index(name)))
        claim = replace(claim, actor=actor, counter_actor=counter)
        return Reading(report=report, claims=(replace(claim, claim_id=claim_id_of(claim)),))

    def _claim(self, row: _Row, report: Report, sentence: str, place: ClaimPlace) -> Claim:
        start, stop = edtf_bounds(row.date)
        return Claim(
            claim_id="", report_id=report.report_id, kind=row.kind, actor=None, actor_text=row.actor,
            counter_actor=None, place=place, part=row.part, fraction=None, distance_m=None, bearing_deg=None,
            valid_time=row.date, valid_from=start, valid_to=stop, modality=row.modality, cue=None, attributed_to=None,
            quote=sentence, quote_start=0, quote_end=len(sentence), rule=self._layout, backend="table",
            extractor="table-1", confidence=row.confidence, published=row.published, source=row.source,
        )  # fmt: skip


def _resolved(row: _Row, place: Place | None, name: str, start: int) -> ClaimPlace:
    end = start + len(name)
    if place is None:
        return ClaimPlace(place_id=None, name=None, text=name, start=start, end=end, lat=row.lat, lon=row.lon)
    return ClaimPlace(
        place_id=place.place_id, name=place.name, text=name, start=start, end=end, lat=place.lat, lon=place.lon,
        feature=place.feature, score=_CERTAIN,
    )  # fmt: skip


def _rows(path: Path) -> Iterator[tuple[int, dict[str, str], BaseGeometry | None]]:
    """Yield the rows of a table with their line numbers, and the polygon of a row that has one."""
    try:
        if path.suffix.lower() in (".geojson", ".json"):
            yield from _features(path)
            return
        with path.open(encoding="utf-8-sig", newline="") as lines:
            reader = csv.DictReader(lines, delimiter=";" if lines.readline().count(";") > 2 else ",")
            lines.seek(0)
            for row in reader:
                yield reader.line_num, {(k or "").strip().lower(): (v or "").strip() for k, v in row.items() if k}, None
    except OSError as error:
        raise InputError(f"can't be read ({(error.strerror or str(error)).lower()})", path=path) from None
    except (csv.Error, UnicodeDecodeError) as error:
        raise InputError(f"is no table ({error})", path=path, cure="Save it as CSV in UTF-8.") from None


def _features(path: Path) -> Iterator[tuple[int, dict[str, str], BaseGeometry | None]]:
    """Yield the features of a GeoJSON baseline; a point stands for the place that it names, there."""
    try:
        features: list[dict[str, Any]] = json.loads(path.read_text(encoding="utf-8"))["features"]
        found = [_feature(feature) for feature in features]
    except (ValueError, KeyError, TypeError, AttributeError, shapely.errors.ShapelyError) as error:
        raise InputError(f"is no GeoJSON ({error})", path=path, cure="Save it as a FeatureCollection.") from None
    for number, (row, area) in enumerate(found, start=1):
        yield number, row, area


def _feature(feature: Mapping[str, Any]) -> tuple[dict[str, str], BaseGeometry | None]:
    row = {str(k).lower(): "" if v is None else str(v) for k, v in (feature.get("properties") or {}).items()}
    shape = shapely.geometry.shape(feature["geometry"]) if feature.get("geometry") else None
    if shape is None or shape.is_empty:
        row.setdefault("place", row.get("name", ""))
        return row, None
    middle = shape.representative_point()
    row.setdefault("lat", str(middle.y))
    row.setdefault("lon", str(middle.x))
    if shape.geom_type in ("Polygon", "MultiPolygon"):
        return row, shapely.make_valid(shape)
    row.setdefault("place", row.get("name", ""))
    return row, None


def _acled(row: Mapping[str, str]) -> _Row | None:
    """Return a change of hands; clashes, shelling and protests say nothing about control."""
    if row["sub_event_type"].lower() not in _ACLED_TRANSFERS or row.get("geo_precision", "1") == "3":
        return None
    day = parse_day(row["event_date"]).isoformat()
    # ACLED's time precision: 1 the day, 2 the week, 3 the month.
    date = {"1": day, "2": f"{day}~", "3": day[:7]}.get(row.get("time_precision", "1"), f"{day}~")
    return _Row(
        kind=Kind.GAINS, actor=_given(row, "actor1"), counter=row.get("actor2") or None, place=_given(row, "location"),
        date=date, source=row.get("source") or "ACLED", published=parse_day(day), lat=_number(row, "latitude"),
        lon=_number(row, "longitude"), note=row.get("notes", ""), key=_given(row, "event_id_cnty"),
    )  # fmt: skip


def _ucdp(row: Mapping[str, str]) -> _Row | None:
    """Return fighting between two armed sides at a place known to the point, as weak evidence of contest."""
    if row["type_of_violence"] not in ("1", "2") or row.get("where_prec") != "1":
        return None
    start, end = parse_day(row["date_start"]), parse_day(row.get("date_end") or row["date_start"])
    return _Row(
        kind=Kind.CONTESTS, actor=_given(row, "side_b"), counter=_given(row, "side_a"),
        place=row.get("where_coordinates", "").removesuffix(" town").removesuffix(" city").removesuffix(" village"),
        date=start.isoformat() if start == end else f"{start}/{end}", source="UCDP", published=end,
        lat=_number(row, "latitude"), lon=_number(row, "longitude"), modality=Modality.HEDGED,
        confidence=_AT_LEAST_FOUGHT_OVER, key=_given(row, "id"),
    )  # fmt: skip


def _baseline(row: Mapping[str, str]) -> _Row:
    date = _given(row, "date")
    stop = edtf_bounds(date).stop
    return _Row(
        kind=Kind.HOLDS, actor=_given(row, "holder"), counter=None, place=row.get("place", ""),
        place_id=row.get("place_id") or None, date=date, source=row.get("source") or "baseline",
        published=stop - dt.timedelta(days=1) if stop else None, lat=_number(row, "lat"), lon=_number(row, "lon"),
        part=row.get("part") or None, note=row.get("note", ""),
    )  # fmt: skip


LAYOUTS: Mapping[str, Callable[[Mapping[str, str]], _Row | None]] = {
    "acled": _acled,
    "baseline": _baseline,
    "ucdp": _ucdp,
}


def _given(row: Mapping[str, str], column: str) -> str:
    if not row[column]:
        raise ValueError(f"{column} is empty")
    return row[column]


def _number(row: Mapping[str, str], column: str) -> float | None:
    return float(row[column]) if row.get(column) else None
