"""
A layer as tables: areas, places, sieges, approaches, changes, claims and what ties them.

Every format writes these frames, so that each holds the same rows. Times are
UTC midnights, null where the bound is open; coordinates are WGS 84 lon/lat.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from itertools import groupby
from typing import Any

import geopandas as gpd
import pandas as pd
import shapely

from tracker.exports.colours import actor_name, category_of, colour_of, drawn_sides, side_ids
from tracker.exports.days import layer_days, records_of
from tracker.exports.texts import storable
from tracker.layers import lines_to_frame, to_frame
from tracker.model import Actor, BaseShape, Layer, LayerFeature
from tracker.model.layer import LayerLine

__all__ = [
    "CONTRACT_COLUMNS",
    "WGS84",
    "approaches_frame",
    "areas_frame",
    "base_frames",
    "changes_frame",
    "dates_frame",
    "places_frame",
    "row_id",
    "sieges_frame",
]

WGS84 = "EPSG:4326"
CONTRACT_COLUMNS = (
    "place_id", "name", "part", "status", "holder", "holder_name", "besieged_by", "start", "end", "on", "known_by",
    "probability", "confidence", "newest_claim", "n_reports", "n_sources", "area_km2", "reason", "claims",
)  # fmt: skip
_ONE_DAY = dt.timedelta(days=1)

Columns = dict[str, tuple[str, list[Any]]]


def row_id(record: LayerFeature | LayerLine, kind: str) -> str:
    """
    Return an id that stays the same for the same place, part and first day.

    A later export of fresher data gives the row the same id, so that what a user
    joined to it still fits.
    """
    parts = [kind, record.place_id, record.part or "", record.start.isoformat() if record.start else ""]
    if isinstance(record, LayerLine):
        parts += [record.actor or "", record.target or ""]
    packed = "\x1f".join(parts).encode("utf-8", "replace")
    return f"{kind}-{hashlib.sha256(packed).hexdigest()[:16]}"


def areas_frame(layer: Layer, *, actors: Mapping[str, Actor]) -> gpd.GeoDataFrame:
    """
    Return one row a state with its polygon.

    The columns are those of `tracker.layers.to_frame`, the contract's first, then
    `area_id`, `category`, `colour` and `colour_2` by which it is drawn, and
    `notes`: what a reader must be told of the layer as a whole, on every row,
    since not every format has another place for it and rows are cut out and joined.
    """
    frame = to_frame(layer)
    told = " ".join(layer.notes) or None
    drawn = [drawn_sides(f) for f in layer.features]
    extra: Columns = {
        "area_id": ("text", [row_id(f, "area") for f in layer.features]),
        "category": ("text", [category_of(f) for f in layer.features]),
        "colour": ("text", [colour_of(next(iter(sides), None), actors) for sides in drawn]),
        "colour_2": ("text", [colour_of(sides[1], actors) if len(sides) > 1 else None for sides in drawn]),
        "notes": ("text", [told for _ in layer.features]),
    }
    return with_columns(frame, extra)


def places_frame(
    layer: Layer, *, actors: Mapping[str, Actor], areas: gpd.GeoDataFrame | None = None
) -> gpd.GeoDataFrame:
    """
    Return one row a state with a point for its label.

    That is the place's own point for a state of the whole place, and a point
    inside the polygon for a state of a part, so that parts don't lie on each other.
    `label_rank` is 0 on the row that names the place from afar. `areas` is the
    layer's `areas_frame`, if it is at hand.
    """
    frame = (areas_frame(layer, actors=actors) if areas is None else areas).drop(columns="claims")
    labels: Columns = {
        "label": ("text", [label_of(f.name, f.part) for f in layer.features]),
        "label_rank": ("whole", _label_ranks(layer.features)),
    }
    points = gpd.GeoSeries(_label_points(layer.features), crs=WGS84)
    return with_columns(frame, labels).set_geometry(points)


def sieges_frame(layer: Layer, *, actors: Mapping[str, Actor]) -> gpd.GeoDataFrame:
    """Return one row a siege with the line of its rim."""
    return _lines_frame(layer, "siege", actors)


def approaches_frame(layer: Layer, *, actors: Mapping[str, Actor]) -> gpd.GeoDataFrame:
    """Return one row an approach with its arrow, the head last."""
    return _lines_frame(layer, "approach", actors)


def changes_frame(layer: Layer, *, actors: Mapping[str, Actor]) -> gpd.GeoDataFrame:
    """
    Return one row for each day on which status, holder, sides or siege of a place changed.

    A new polygon alone is no change. The first state that is known of a place has
    no state before it: `from_category` is then null.
    """
    pairs = list(_changes(layer))
    after = [new for _, new in pairs]
    columns: Columns = {
        "change_id": ("text", [row_id(new, "change") for new in after]),
        "place_id": ("text", [new.place_id for new in after]),
        "name": ("text", [new.name for new in after]),
        "part": ("text", [new.part for new in after]),
        "changed_on": ("day", [new.start for new in after]),
        "from_category": ("text", [category_of(old) if old else None for old, _ in pairs]),
        "category": ("text", [category_of(new) for new in after]),
        "from_holder": ("text", [old.holder if old else None for old, _ in pairs]),
        "to_holder": ("text", [new.holder for new in after]),
        "what": ("text", [_what_changed(old, new, actors) for old, new in pairs]),
        "colour": ("text", [colour_of(next(iter(drawn_sides(new)), None), actors) for new in after]),
        "confidence": ("real", [new.confidence for new in after]),
        "reason": ("text", [new.reason for new in after]),
        "label": ("text", [label_of(new.name, new.part) for new in after]),
        "area_id": ("text", [row_id(new, "area") for new in after]),
    }
    return geo_frame_of(columns, _label_points(after))


def dates_frame(layer: Layer) -> gpd.GeoDataFrame:
    """Return one row for each day on which the layer changes, with its extent: an atlas has one page a row."""
    days = layer_days(layer)
    box = _extent(layer)
    columns: Columns = {
        "on": ("day", list(days)),
        "until": ("day", [day + _ONE_DAY for day in days]),
        "label": ("text", [day.isoformat() for day in days]),
        "n_areas": ("whole", _counts(layer, days)),
    }
    return geo_frame_of(columns, [box] * len(days))


def base_frames(base: Iterable[BaseShape]) -> dict[str, gpd.GeoDataFrame]:
    """Return the base shapes as frames of polygons (`base_areas`) and lines (`base_lines`)."""
    shapes: dict[str, list[BaseShape]] = {"base_areas": [], "base_lines": []}
    for shape in base:
        if not shape.geometry.is_empty:
            shapes["base_areas" if shapely.get_dimensions(shape.geometry) == 2 else "base_lines"].append(shape)
    return {
        name: geo_frame_of(
            {"kind": ("text", [s.kind for s in some]), "name": ("text", [s.name for s in some])},
            [s.geometry for s in some],
        )
        for name, some in shapes.items()
    }


def label_of(name: str, part: str | None) -> str:
    """Return the name that a reader is shown for a place or a part of it."""
    return name if part is None else f"{name} ({part})"


def _label_ranks(features: Sequence[LayerFeature]) -> list[int]:
    """Return, for each feature, how many parts of the same place at the same time come before it: 0 names the place."""
    parts: dict[str, list[LayerFeature]] = {}
    for feature in features:
        parts.setdefault(feature.place_id, []).append(feature)
    return [
        sum((g.part or "") < (f.part or "") and _meet(f, g) for g in parts[f.place_id]) if f.part else 0
        for f in features
    ]


def _meet(one: LayerFeature, other: LayerFeature) -> bool:
    first, last = dt.date.min, dt.date.max
    return (one.start or first) < (other.end or last) and (other.start or first) < (one.end or last)


def _lines_frame(layer: Layer, kind: str, actors: Mapping[str, Actor]) -> gpd.GeoDataFrame:
    lines = tuple(line for line in layer.lines if line.kind == kind)
    frame = lines_to_frame(replace(layer, lines=lines)).drop(columns="kind")
    extra: Columns = {
        f"{kind}_id": ("text", [row_id(n, kind) for n in lines]),
        "target_name": ("text", [actor_name(n.target, actors) for n in lines]),
        "colour": ("text", [colour_of(n.actor, actors) for n in lines]),
    }
    return with_columns(frame, extra)


def _changes(layer: Layer) -> Iterable[tuple[LayerFeature | None, LayerFeature]]:
    def history(f: LayerFeature) -> tuple[str, str]:
        return f.place_id, f.part or ""

    ordered = sorted(layer.features, key=lambda f: (*history(f), f.start or dt.date.min))
    for _, states in groupby(ordered, key=history):
        before: LayerFeature | None = None
        for state in states:
            if state.start is not None and (before is None or _standing(before) != _standing(state)):
                yield before, state
            before = state


def _standing(feature: LayerFeature) -> tuple[str, bool, str | None]:
    return category_of(feature), feature.besieged, feature.besieged_by


def _what_changed(old: LayerFeature | None, new: LayerFeature, actors: Mapping[str, Actor]) -> str:
    now = _in_words(new, actors)
    if old is None:
        return now
    before = _in_words(old, actors)
    return now if before == now else f"{before} → {now}"


def _in_words(feature: LayerFeature, actors: Mapping[str, Actor]) -> str:
    names = [actor_name(side, actors) or side for side in side_ids(feature)]
    said = feature.holder_name if feature.status == "held" and feature.holder_name else None
    words = said or (f"{feature.status}: {', '.join(names)}" if names else str(feature.status))
    return f"{words.replace('_', ' ')}, besieged" if feature.besieged else words.replace("_", " ")


def _counts(layer: Layer, days: Sequence[dt.date]) -> list[int]:
    """Return how many states hold on each day: those begun by then less those ended."""
    begun = sorted(f.start or dt.date.min for f in layer.features)
    ended = sorted(f.end for f in layer.features if f.end is not None)
    return [bisect_right(begun, day) - bisect_right(ended, day) for day in days]


def _extent(layer: Layer) -> shapely.Polygon:
    """Return the box of all geometries, a twentieth wider on each side."""
    shapes = [record.geometry for record in records_of(layer)]
    if not shapes:
        return shapely.box(-180, -90, 180, 90)
    west, south, east, north = shapely.total_bounds(shapes)
    pad = max(east - west, north - south) / 20
    return shapely.box(max(west - pad, -180), max(south - pad, -90), min(east + pad, 180), min(north + pad, 90))


def _label_points(features: Sequence[LayerFeature]) -> list[Any]:
    """Return the place's own point for a whole place, and a point inside the polygon for a part of one."""
    own = shapely.points([f.point for f in features]) if features else []
    pairs = zip(features, own, strict=True)
    return [point if f.part is None else f.geometry.representative_point() for f, point in pairs]


def with_columns(frame: gpd.GeoDataFrame, columns: Columns) -> gpd.GeoDataFrame:
    """Return a frame with more columns before its geometry, all text storable and of one type."""
    texts = [name for name in frame.columns if frame[name].dtype == "object"]
    stored = {name: series_of("text", [None if pd.isna(v) else v for v in frame[name]]) for name in texts}
    frame = frame.assign(**stored, **{name: series_of(kind, values) for name, (kind, values) in columns.items()})
    return frame[[*(name for name in frame.columns if name != "geometry"), "geometry"]]


def frame_of(columns: Columns) -> pd.DataFrame:
    return pd.DataFrame({name: series_of(kind, values) for name, (kind, values) in columns.items()})


def geo_frame_of(columns: Columns, geometries: Sequence[Any]) -> gpd.GeoDataFrame:
    return gpd.GeoDataFrame(frame_of(columns), geometry=gpd.GeoSeries(list(geometries), crs=WGS84), crs=WGS84)


def series_of(kind: str, values: list[Any]) -> pd.Series:
    """Return a column whose type doesn't hang on its values, so that an empty table has the same fields."""
    if kind == "day":
        midnights = [
            None if day is None else dt.datetime(day.year, day.month, day.day, tzinfo=dt.UTC) for day in values
        ]
        return pd.Series(midnights, dtype="datetime64[ms, UTC]")
    if kind == "text":
        values = [None if value is None else storable(value) for value in values]
    types = {"text": "str", "real": "float64", "whole": "int64", "flag": "bool"}
    return pd.Series(values, dtype=types[kind])
