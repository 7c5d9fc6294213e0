"""Layers read back from GeoJSON that this package, or anybody after the same contract, wrote."""

from __future__ import annotations

import datetime as dt
import json
import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, TypeVar

import shapely
from shapely.geometry.base import BaseGeometry

from tracker.errors import DateError, InputError
from tracker.layers.areas import geodesic_km2
from tracker.model import ClaimQuote, Layer, LayerFeature, LayerLine, parse_day

__all__ = ["read_layer"]

T = TypeVar("T")

_NOWHERE = (math.inf, math.inf)  # stands for a point that the file doesn't give
_CURE = "Give a layer that tracker run or tracker export wrote as GeoJSON."


def read_layer(path: str | Path) -> Layer:
    """
    Read a layer from a GeoJSON file with the contract's properties.

    The foreign members that `tracker.exports.write_geojson` writes are read too: `span`, the layer's days,
    `lines`, its sieges and approaches, and `notes`. In a file without them the span is that of the
    features, each besieged feature gets its own rim as a siege, and approaches are missing;
    a place without `lon` and `lat` has the middle of all its ground as its point.

    Raises
    ------
    InputError
        If the file can't be read, is no GeoJSON, or a feature lacks a property,
        has a faulty date or no polygon; the message counts the feature.
    """
    source = str(path)
    try:
        collection = json.loads(Path(path).read_text(encoding="utf-8"))
    except OSError as error:
        raise InputError(f"can't be read ({(error.strerror or str(error)).lower()})", path=source) from None
    except (ValueError, RecursionError):
        raise InputError("not a GeoJSON file", path=source, cure=_CURE) from None
    if not isinstance(collection, dict) or not isinstance(collection.get("features"), list):
        raise InputError("no GeoJSON feature collection", path=source, cure=_CURE)
    features = _each(collection["features"], _feature, "feature", source)
    told = collection.get("lines")
    lines = _each(told, _line, "line", source) if isinstance(told, list) else None
    span = collection.get("span") if isinstance(collection.get("span"), dict) else {}
    (days,) = _each([span], _span, "span", source)
    notes = collection.get("notes")
    held = tuple(map(str, notes)) if isinstance(notes, list) else ()
    return replace(_layer(features, lines, days), notes=held)


def _layer(features: list[LayerFeature], lines: list[LayerLine] | None, span: Mapping[str, dt.date | None]) -> Layer:
    """Return the layer, what the file doesn't tell filled in from its features."""
    features.sort(key=lambda f: (f.place_id, f.part or "", f.start or dt.date.min))
    features = _pointed(features)
    ons = {f.on for f in features}
    on = span.get("on") or (ons.pop() if len(ons) == 1 else None)
    ends = [day for f in features for day in (f.start, f.end) if day is not None]
    return Layer(
        on=on,
        known_by=span.get("known_by") or (features[0].known_by if features else None),
        start=on or span.get("start") or min(ends, default=None),
        end=on or span.get("end") or max(ends, default=None),
        features=tuple(features),
        lines=tuple(lines if lines is not None else (_siege(f) for f in features if f.besieged)),
    )


def _each(rows: Sequence[Any], read: Callable[[Any], T], noun: str, source: str) -> list[T]:
    """Read every row of a list; a fault is told with the row's number."""
    out = []
    for number, row in enumerate(rows, start=1):
        try:
            out.append(read(row))
        except (KeyError, TypeError, ValueError, AttributeError, DateError, shapely.errors.ShapelyError) as error:
            said = f"lacks {error}" if isinstance(error, KeyError) else str(error)
            raise InputError(f"{noun} {number}: {said}", path=source, cure=_CURE) from None
    return out


def _span(told: Mapping[str, Any]) -> dict[str, dt.date | None]:
    return {name: _day(told.get(name)) for name in ("on", "known_by", "start", "end")}


def _pointed(features: list[LayerFeature]) -> list[LayerFeature]:
    """Return the features, those without a point with the middle of all ground of their place."""
    grounds: dict[str, list[BaseGeometry]] = {}
    for feature in features:
        if feature.point == _NOWHERE:
            grounds.setdefault(feature.place_id, []).append(feature.geometry)
    hulls = {key: shapely.convex_hull(shapely.multipolygons(_flat(own))) for key, own in grounds.items()}
    middles = {key: shapely.centroid(hull) for key, hull in hulls.items()}
    return [
        replace(f, point=(middles[f.place_id].x, middles[f.place_id].y)) if f.point == _NOWHERE else f for f in features
    ]


def _flat(shapes: list[BaseGeometry]) -> list[BaseGeometry]:
    return list(shapely.get_parts(shapes))


def _siege(feature: LayerFeature) -> LayerLine:
    outer = [part.exterior for part in shapely.get_parts(feature.geometry)]
    return LayerLine(
        kind="siege",
        place_id=feature.place_id,
        name=feature.name,
        part=feature.part,
        actor=feature.besieged_by,
        actor_name=feature.besieged_by,
        target=feature.holder,
        start=feature.start,
        end=feature.end,
        on=feature.on,
        known_by=feature.known_by,
        confidence=feature.confidence,
        newest_claim=feature.newest_claim,
        claims=feature.claims,
        geometry=shapely.LineString(outer[0]) if len(outer) == 1 else shapely.multilinestrings(outer),
    )


def _feature(feature: Mapping[str, Any]) -> LayerFeature:
    told = feature["properties"]
    geometry = _polygons(feature["geometry"])
    fraction = told.get("fraction")
    return LayerFeature(
        place_id=str(told["place_id"]),
        name=str(told["name"]),
        part=_text(told.get("part")),
        status=str(told["status"]),
        holder=_text(told["holder"]),
        holder_name=_text(told.get("holder_name")),
        sides=tuple(map(str, told.get("sides") or ([told["holder"]] if told["holder"] else []))),
        besieged_by=_text(told.get("besieged_by")),
        besieged=bool(told.get("besieged", told.get("besieged_by") is not None)),
        start=_day(told["start"]),
        end=_day(told["end"]),
        on=_day(told.get("on")),
        known_by=_day(told.get("known_by")),
        probability=float(told.get("probability", 1.0)),
        confidence=float(told.get("confidence", 1.0)),
        newest_claim=_day(told.get("newest_claim")),
        n_reports=int(told.get("n_reports") or 0),
        n_sources=int(told.get("n_sources") or 0),
        area_km2=float(told["area_km2"]) if told.get("area_km2") is not None else geodesic_km2(geometry),
        reason=str(told.get("reason") or ""),
        claims=tuple(_quote(quote) for quote in told.get("claims") or ()),
        feature=_text(told.get("feature")),
        fraction=(float(fraction[0]), float(fraction[1])) if fraction else None,
        point=_point(told),
        geometry=geometry,
    )


def _line(feature: Mapping[str, Any]) -> LayerLine:
    told = feature["properties"]
    kind = str(told["kind"])
    if kind not in ("siege", "approach"):
        raise ValueError(f"no line is a {kind!r}")
    metres = told.get("distance_m")
    return LayerLine(
        kind=kind,
        place_id=str(told["place_id"]),
        name=str(told["name"]),
        part=_text(told.get("part")),
        actor=_text(told.get("actor")),
        actor_name=_text(told.get("actor_name")),
        target=_text(told.get("target")),
        start=_day(told["start"]),
        end=_day(told["end"]),
        on=_day(told.get("on")),
        known_by=_day(told.get("known_by")),
        confidence=float(told.get("confidence", 1.0)),
        newest_claim=_day(told.get("newest_claim")),
        claims=tuple(_quote(quote) for quote in told.get("claims") or ()),
        geometry=_path(feature["geometry"]),
        distance_m=None if metres is None else float(metres),
    )


def _point(told: Mapping[str, Any]) -> tuple[float, float]:
    lon, lat = told.get("lon"), told.get("lat")
    if lon is None or lat is None:
        return _NOWHERE
    if not (-180.0 <= float(lon) <= 180.0 and -90.0 <= float(lat) <= 90.0):
        raise ValueError(f"lon {lon}, lat {lat} are no degrees")
    return float(lon), float(lat)


def _path(geometry: Any) -> BaseGeometry:
    shape = shapely.from_geojson(json.dumps(geometry))
    if shape.is_empty or shape.geom_type not in ("LineString", "MultiLineString"):
        raise ValueError("no line")
    return shape


def _polygons(geometry: Any) -> BaseGeometry:
    shape = shapely.from_geojson(json.dumps(geometry))
    if shape.is_empty or shape.geom_type not in ("Polygon", "MultiPolygon"):
        raise ValueError("no polygon")
    if not shape.is_valid:
        shape = shapely.make_valid(shape, method="structure", keep_collapsed=False)
    return shapely.orient_polygons(shape)


def _quote(told: Mapping[str, Any]) -> ClaimQuote:
    return ClaimQuote(
        claim_id=str(told.get("claim_id", "")),
        report_id=str(told.get("report_id", "")),
        quote=str(told["quote"]),
        kind=str(told.get("kind", "")),
        actor=_text(told.get("actor")),
        source=_text(told.get("source")),
        published=_day(told.get("published")),
        valid_time=_text(told.get("valid_time")),
        url=_text(told.get("url")),
        stance=str(told.get("stance", "for")),
    )


def _text(value: Any) -> str | None:
    return None if value is None else str(value)


def _day(value: Any) -> dt.date | None:
    return None if value is None else parse_day(str(value))
