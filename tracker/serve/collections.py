"""Areas, places, lines and claims as collections of GeoJSON features."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

import shapely
from shapely.geometry.base import BaseGeometry

from tracker.exports import feature_object, line_object, row_id
from tracker.exports.claim_rows import web_link
from tracker.exports.geojson import geometry_object
from tracker.jsonl import dump_line
from tracker.model import Claim, LayerFeature
from tracker.pipeline import Made
from tracker.serve.asking import Asked

__all__ = ["COLLECTIONS", "Collection", "Page", "Row", "extent_of", "page_of", "row_named"]

_NOT_OF_A_POINT = ("claims", "reason", "area_id", "area_km2")


@dataclass(frozen=True, slots=True)
class Row:
    """One feature: what it is found by, and how it is told."""

    fid: str
    start: dt.date | None
    end: dt.date | None
    geometry: BaseGeometry | None
    tell: Callable[[], dict[str, Any]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Collection:
    """
    One collection.

    Attributes
    ----------
    rows
        Its rows in their fixed order.
    """

    name: str
    title: str
    says: str
    rows: Callable[[Made], Iterable[Row]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """A page of features, and how many there are on all pages."""

    features: list[dict[str, Any]]
    matched: int


def page_of(rows: Iterable[Row], asked: Asked) -> Page:
    """Return the page of rows that a query asks for."""
    boxes = [shapely.box(*box) for box in asked.boxes]
    found = [row for row in rows if (not asked.timed or asked.when(row.start, row.end)) and _meets(row, boxes)]
    return Page(
        features=[row.tell() for row in found[asked.offset : asked.offset + asked.limit]],
        matched=len(found),
    )


def row_named(rows: Iterable[Row], fid: str) -> Row | None:
    """Return one row, None when there is none of that id."""
    return next((row for row in rows if row.fid == fid), None)


def extent_of(rows: Iterable[Row]) -> tuple[list[float] | None, list[str | None]]:
    """Return the box around all rows (None when there is no geometry) and their first and last day, open ends null."""
    told = list(rows)
    shapes = [row.geometry for row in told if row.geometry is not None]
    box = [round(float(c), 6) for c in shapely.total_bounds(shapes)] if shapes else None
    starts, ends = [row.start for row in told], [row.end for row in told]
    first = None if None in starts else min((s for s in starts if s), default=None)
    last = None if None in ends else max((e for e in ends if e), default=None)
    return box, [f"{day.isoformat()}T00:00:00Z" if day else None for day in (first, last)]


def _meets(row: Row, boxes: list[BaseGeometry]) -> bool:
    return not boxes or (row.geometry is not None and any(shapely.intersects(row.geometry, box) for box in boxes))


def _areas(made: Made) -> Iterator[Row]:
    for feature in made.layer.features:
        tell = _teller(feature_object, feature)
        yield Row(row_id(feature, "area"), feature.start, feature.end, feature.geometry, tell)


def _places(made: Made) -> Iterator[Row]:
    for f in made.layer.features:
        point = shapely.Point(f.point) if f.part is None else f.geometry.representative_point()
        yield Row(row_id(f, "place"), f.start, f.end, point, _teller(_place, f, point))


def _lines(made: Made) -> Iterator[Row]:
    for line in made.layer.lines:
        yield Row(row_id(line, line.kind), line.start, line.end, line.geometry, _teller(line_object, line))


def _claims(made: Made) -> Iterator[Row]:
    known_by = made.layer.known_by
    for c in sorted(made.claims, key=lambda c: c.claim_id):
        if known_by is not None and c.published is not None and c.published > known_by:
            continue
        here = None if c.place.lon is None or c.place.lat is None else shapely.Point(c.place.lon, c.place.lat)
        yield Row(c.claim_id, c.valid_from, c.valid_to, here, _teller(_claim, c, here))


def _teller(tell: Callable[..., dict[str, Any]], *what: Any) -> Callable[[], dict[str, Any]]:
    return lambda: tell(*what)


def _place(feature: LayerFeature, point: BaseGeometry) -> dict[str, Any]:
    told = feature_object(feature)
    kept = {key: value for key, value in told["properties"].items() if key not in _NOT_OF_A_POINT}
    return {
        "type": "Feature",
        "id": row_id(feature, "place"),
        "properties": kept | {"area_id": row_id(feature, "area")},
        "geometry": geometry_object(point),
    }


def _claim(claim: Claim, here: BaseGeometry | None) -> dict[str, Any]:
    told: dict[str, Any] = json.loads(dump_line(claim))
    place = told.pop("place")
    kept = {f"place_{key}" if key in ("text", "score") else key: place[key] for key in place if key not in _SPANS}
    return {
        "type": "Feature",
        "id": claim.claim_id,
        "properties": told | kept | {"url": web_link(claim.url)},
        "geometry": None if here is None else geometry_object(here),
    }


_SPANS = ("start", "end", "lat", "lon")

COLLECTIONS = {
    c.name: c
    for c in (
        Collection(
            name="areas",
            title="Who controls what",
            says="One polygon for each state of a place or a part of it over half-open days, with its quotes.",
            rows=_areas,
        ),
        Collection(
            name="places",
            title="Places",
            says="One point for each state of a place or a part of it over half-open days.",
            rows=_places,
        ),
        Collection(
            name="lines",
            title="Sieges and approaches",
            says="Rims of what is besieged, and arrows of who is on the way (no control), over half-open days.",
            rows=_lines,
        ),
        Collection(
            name="claims",
            title="Claims",
            says="What one report says about control of one place; null geometry where the place is not known. "
            "datetime looks at the days that the claim speaks of.",
            rows=_claims,
        ),
    )
}
