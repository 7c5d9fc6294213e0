"""Layers as tables for geopandas, QGIS and notebooks."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable, Sequence
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd

from tracker.jsonl import dump_line
from tracker.model import ClaimQuote, Layer, LayerFeature, LayerLine

__all__ = ["days_series", "layer_to_frame", "lines_to_frame"]

_DAYS = ("start", "end", "on", "known_by", "newest_claim")
_FEATURE_COLUMNS = (
    "place_id", "name", "part", "status", "holder", "holder_name", "besieged_by", "start", "end", "on", "known_by",
    "probability", "confidence", "newest_claim", "n_reports", "n_sources", "area_km2", "reason", "claims",
    "sides", "besieged", "feature", "fraction_min", "fraction_max", "lon", "lat",
)  # fmt: skip
_LINE_COLUMNS = (
    "kind", "place_id", "name", "part", "actor", "actor_name", "target", "start", "end", "on", "known_by",
    "confidence", "newest_claim", "distance_m", "claims",
)  # fmt: skip
_TYPES = {
    "probability": "float64", "confidence": "float64", "area_km2": "float64", "lon": "float64", "lat": "float64",
    "fraction_min": "float64", "fraction_max": "float64", "distance_m": "float64",
    "n_reports": "int64", "n_sources": "int64", "besieged": "bool",
}  # fmt: skip


def layer_to_frame(layer: Layer) -> gpd.GeoDataFrame:
    """
    Return a layer's features as a table, one row each, in the layer's order.

    Returns
    -------
    frame
        EPSG:4326. Columns as the contract names them, then `sides`, `besieged`, `feature`,
        `fraction_min`, `fraction_max`, `lon`, `lat`. Days are UTC midnights
        (``datetime64[ms, UTC]``, NaT for none or open); `claims` and `sides` are JSON text.
    """
    return _frame([_feature_row(f) for f in layer.features], _FEATURE_COLUMNS, [f.geometry for f in layer.features])


def lines_to_frame(layer: Layer) -> gpd.GeoDataFrame:
    """
    Return a layer's sieges and approaches as a table, one row each, in the layer's order.

    Returns
    -------
    frame
        EPSG:4326, the columns of `LayerLine`; days and claims as in `layer_to_frame`.
    """
    return _frame([_line_row(line) for line in layer.lines], _LINE_COLUMNS, [line.geometry for line in layer.lines])


def _frame(rows: Sequence[dict[str, Any]], columns: Sequence[str], shapes: Sequence[Any]) -> gpd.GeoDataFrame:
    data: dict[str, Any] = {}
    for column in columns:
        values = [row[column] for row in rows]
        if column in _DAYS:
            data[column] = days_series(values)
        elif column in _TYPES:
            data[column] = pd.Series(values, dtype=_TYPES[column])
        else:
            data[column] = pd.Series(values, dtype="object")
    return gpd.GeoDataFrame(data, geometry=gpd.GeoSeries(list(shapes), crs="EPSG:4326"), crs="EPSG:4326")


def days_series(values: Iterable[dt.date | None]) -> pd.Series:
    """Return days as UTC midnights, NaT for none."""
    stamps = np.array([np.datetime64("NaT") if v is None else np.datetime64(v) for v in values], dtype="datetime64[ms]")
    return pd.Series(stamps).dt.tz_localize("UTC")


def _feature_row(feature: LayerFeature) -> dict[str, Any]:
    least, most = feature.fraction or (None, None)
    row = {name: getattr(feature, name, None) for name in _FEATURE_COLUMNS}
    row.update(
        claims=_quotes(feature.claims),
        sides=json.dumps(feature.sides, ensure_ascii=False),
        fraction_min=least,
        fraction_max=most,
        lon=feature.point[0],
        lat=feature.point[1],
    )
    return row


def _line_row(line: LayerLine) -> dict[str, Any]:
    row = {name: getattr(line, name) for name in _LINE_COLUMNS}
    row["claims"] = _quotes(line.claims)
    return row


def _quotes(claims: Sequence[ClaimQuote]) -> str:
    return dump_line(claims)
