"""GeoJSON as RFC 7946 has it: WGS 84, right-hand rule, one feature a line, the same bytes for the same layer."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path
from typing import Any

import shapely

from tracker.exports.claim_rows import claim_object
from tracker.exports.colours import side_ids
from tracker.exports.days import holds_on, layer_days
from tracker.exports.rows import row_id
from tracker.files import output_folder, written_whole
from tracker.model import Layer, LayerFeature, LayerLine

__all__ = ["feature_object", "geometry_object", "line_object", "write_geojson", "write_geojson_by_date"]

DECIMALS = 6  # about 0.1 m; RFC 7946 section 11.2 calls six digits enough


def write_geojson(layer: Layer, path: str | Path) -> Path:
    """
    Write the areas of a layer as one GeoJSON file and return its path.

    Properties are those of the contract, in its order, then `besieged`, `sides`,
    `feature`, `fraction`, `lon`, `lat` and `area_id`. Dates are ISO 8601; `claims`
    is an array of objects. Coordinates are rounded to six decimals on a grid, which
    keeps polygons valid. Foreign members (RFC 7946, 6.1) hold what is no area: `span`, the layer's
    own days, and `lines`, sieges and approaches as features of their own; programs that don't
    know them read the areas alone, `tracker.layers.read_layer` reads all.

    Parameters
    ----------
    layer
        A day or a span of days.
    path
        Where it goes; what stood there is replaced when all is written.

    Raises
    ------
    OutputError
        If it can't be written; nothing is left half-written.
    """
    target = Path(path)
    text = _collection(layer, layer.features, layer.lines)
    with written_whole(target) as temporary:
        temporary.write_bytes(text.encode("utf-8", "replace"))
    return target


def write_geojson_by_date(layer: Layer, folder: str | Path) -> list[Path]:
    """
    Write one GeoJSON file for each day on which the layer changes.

    The files are named ``2017-09-05.geojson``. `on` is the file's day in each
    feature; a day on which no state holds has a file without features.

    Raises
    ------
    OutputError
        If the folder or a file can't be written.
    """
    target = output_folder(folder)
    paths = []
    for day in layer_days(layer):
        features = tuple(f for f in layer.features if holds_on(f, day))
        lines = tuple(line for line in layer.lines if holds_on(line, day))
        path = target / f"{day.isoformat()}.geojson"
        with written_whole(path) as temporary:
            temporary.write_bytes(_collection(layer, features, lines, on=day).encode("utf-8", "replace"))
        paths.append(path)
    return paths


def feature_object(feature: LayerFeature, *, on: dt.date | None = None) -> dict[str, Any]:
    """Return one area as a GeoJSON feature; `on` stands in for a feature that belongs to a span."""
    return {
        "type": "Feature",
        "id": row_id(feature, "area"),
        "properties": {
            "place_id": feature.place_id,
            "name": feature.name,
            "part": feature.part,
            "status": str(feature.status),
            "holder": feature.holder,
            "holder_name": feature.holder_name,
            "besieged_by": feature.besieged_by,
            "start": _iso(feature.start),
            "end": _iso(feature.end),
            "on": _iso(feature.on or on),
            "known_by": _iso(feature.known_by),
            "probability": round(feature.probability, 6),
            "confidence": round(feature.confidence, 6),
            "newest_claim": _iso(feature.newest_claim),
            "n_reports": feature.n_reports,
            "n_sources": feature.n_sources,
            "area_km2": round(feature.area_km2, 6),
            "reason": feature.reason,
            "claims": [claim_object(quote) for quote in feature.claims],
            "besieged": feature.besieged,
            "sides": list(side_ids(feature)),
            "feature": feature.feature,
            "fraction": list(feature.fraction) if feature.fraction else None,
            "lon": round(feature.point[0], DECIMALS),
            "lat": round(feature.point[1], DECIMALS),
            "area_id": row_id(feature, "area"),
        },
        "geometry": geometry_object(feature.geometry),
    }


def line_object(line: LayerLine, *, on: dt.date | None = None) -> dict[str, Any]:
    """Return a siege or an approach as a GeoJSON feature; `on` stands in for one that belongs to a span."""
    return {
        "type": "Feature",
        "id": row_id(line, line.kind),
        "properties": {
            "kind": line.kind,
            "place_id": line.place_id,
            "name": line.name,
            "part": line.part,
            "actor": line.actor,
            "actor_name": line.actor_name,
            "target": line.target,
            "start": _iso(line.start),
            "end": _iso(line.end),
            "on": _iso(line.on or on),
            "known_by": _iso(line.known_by),
            "confidence": round(line.confidence, 6),
            "newest_claim": _iso(line.newest_claim),
            "distance_m": line.distance_m,
            "claims": [claim_object(quote) for quote in line.claims],
        },
        "geometry": _line_geometry(line.geometry),
    }


def _collection(
    layer: Layer, features: tuple[LayerFeature, ...], lines: tuple[LayerLine, ...], *, on: dt.date | None = None
) -> str:
    span = {
        "on": _iso(layer.on or on),
        "known_by": _iso(layer.known_by),
        "start": _iso(layer.start),
        "end": _iso(layer.end),
    }
    body = ",\n".join(_dumped(feature_object(f, on=on)) for f in features)
    beside = ",\n".join(_dumped(line_object(line, on=on)) for line in lines)
    notes = f'"notes":{_dumped(list(layer.notes))},' if layer.notes else ""
    return (
        f'{{"type":"FeatureCollection","span":{_dumped(span)},{notes}"features":[\n{body}\n],"lines":[\n{beside}\n]}}\n'
    )


def _dumped(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, allow_nan=False, separators=(",", ":"))


def geometry_object(geometry: Any) -> dict[str, Any]:
    """Return a geometry as GeoJSON: six decimals, right-hand rule, valid as it was."""
    snapped = shapely.set_precision(geometry, 10**-DECIMALS)
    if snapped.is_empty:  # smaller than the grid: kept as it is rather than lost
        snapped = geometry
    oriented = shapely.orient_polygons(shapely.normalize(snapped), exterior_cw=False)
    mapping = shapely.geometry.mapping(oriented)
    return {"type": mapping["type"], "coordinates": _rounded(mapping["coordinates"])}


def _line_geometry(geometry: Any) -> dict[str, Any]:
    mapping = shapely.geometry.mapping(geometry)
    return {
        "type": mapping["type"].replace("LinearRing", "LineString"),
        "coordinates": _rounded(mapping["coordinates"]),
    }


def _rounded(coordinates: Any) -> Any:
    if isinstance(coordinates, float | int):
        return round(coordinates, DECIMALS) + 0.0  # turns -0.0 into 0.0
    return [_rounded(part) for part in coordinates]


def _iso(day: dt.date | None) -> str | None:
    return None if day is None else day.isoformat()
