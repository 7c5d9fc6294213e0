"""A layer read back from the GeoJSON that `write_geojson` made."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import shapely

from tracker.errors import DateError, InputError
from tracker.model import ClaimQuote, Layer, LayerFeature, parse_day

__all__ = ["read_geojson"]

_CURE = "Give the control.geojson of a run."


def read_geojson(path: str | Path) -> Layer:
    """
    Read a layer from GeoJSON with the contract's properties; sieges and approaches are not in such a file.

    Raises
    ------
    InputError
        If the file can't be read or is no such layer; the message names the feature.
    """
    try:
        collection = json.loads(Path(path).read_text("utf-8"))
    except OSError as error:
        problem = (error.strerror or str(error)).lower()
        raise InputError(f"can't be read ({problem})", path=path, cure="Check the name.") from None
    except ValueError as error:
        raise InputError(f"not JSON: {error}", path=path, cure=_CURE) from None
    if not isinstance(collection, dict) or collection.get("type") != "FeatureCollection":
        raise InputError("not a GeoJSON FeatureCollection", path=path, cure=_CURE)
    if not isinstance(collection.get("features"), list):
        raise InputError("there is no list of features", path=path, cure=_CURE)
    features = tuple(_feature(each, number, path) for number, each in enumerate(collection["features"], start=1))
    span = collection.get("span")
    days: dict[str, Any] = _days_of(features)
    if isinstance(span, dict):
        days = {name: _day(span.get(name)) for name in days}
    return Layer(**days, features=features)


def _feature(each: Any, number: int, path: str | Path) -> LayerFeature:
    try:
        return _read(each["properties"], shapely.geometry.shape(each["geometry"]) if each["geometry"] else None)
    except (KeyError, TypeError, ValueError, AttributeError, DateError, shapely.errors.ShapelyError) as error:
        problem = f"feature {number}: no {error}" if isinstance(error, KeyError) else f"feature {number}: {error}"
        raise InputError(problem, path=path, cure=_CURE) from None


def _read(properties: Mapping[str, Any], geometry: Any) -> LayerFeature:
    place_id = properties["place_id"]
    days: dict[str, Any] = {name: _day(properties[name]) for name in ("start", "end", "on", "known_by", "newest_claim")}
    fraction = properties.get("fraction")
    if geometry is None or geometry.is_empty:
        raise ValueError("no geometry")
    inside = geometry.representative_point()
    return LayerFeature(
        place_id=place_id,
        **{name: properties[name] for name in _PLAIN},
        **days,
        sides=tuple(properties.get("sides") or ()),
        besieged=bool(properties.get("besieged", properties["besieged_by"] is not None)),
        claims=tuple(_quote(quote) for quote in properties["claims"]),
        feature=properties.get("feature"),
        fraction=(float(fraction[0]), float(fraction[1])) if fraction else None,
        point=(properties.get("lon", inside.x), properties.get("lat", inside.y)),
        geometry=geometry,
    )


_PLAIN = (
    "name", "part", "status", "holder", "holder_name", "besieged_by", "probability", "confidence", "n_reports",
    "n_sources", "area_km2", "reason",
)  # fmt: skip


def _quote(quote: Mapping[str, Any]) -> ClaimQuote:
    texts = {name: quote[name] for name in ("claim_id", "report_id", "quote", "kind", "actor", "source")}
    more = {name: quote[name] for name in ("valid_time", "url", "stance")}
    return ClaimQuote(**texts, **more, published=_day(quote["published"]))


def _day(text: str | None) -> dt.date | None:
    return None if text is None else parse_day(text)


def _days_of(features: tuple[LayerFeature, ...]) -> dict[str, Any]:
    """Return the days of a file without `span`: what its features tell."""
    bounds = [day for f in features for day in (f.start, f.end) if day is not None]
    one_day = {f.on for f in features}
    known = {f.known_by for f in features}
    return {
        "on": one_day.pop() if len(one_day) == 1 else None,
        "known_by": known.pop() if len(known) == 1 else None,
        "start": min(bounds, default=None),
        "end": max(bounds, default=None),
    }
