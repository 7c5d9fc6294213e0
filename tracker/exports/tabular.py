"""CSV and GeoParquet: the areas of a layer as plain tables."""

from __future__ import annotations

import csv
import io
import warnings
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pandas as pd
import shapely

from tracker.errors import UsageError
from tracker.exports.failures import written_by_gdal
from tracker.exports.rows import areas_frame
from tracker.files import written_whole
from tracker.model import Actor, Layer

__all__ = ["spreadsheet_cell", "write_csv", "write_geoparquet"]

# Cells that spreadsheets take for a formula (OWASP, "CSV injection")
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")


def write_csv(layer: Layer, path: str | Path, *, actors: Mapping[str, Actor]) -> Path:
    """
    Write the areas of a layer as CSV (UTF-8, comma, RFC 4180 quotes) and return its path.

    The geometry is in the last column, ``WKT``, which GDAL and QGIS find by its
    name. Days are ``YYYY-MM-DD``. A text that a spreadsheet would run as a formula
    gets an apostrophe before it.

    Raises
    ------
    OutputError
        If it can't be written; nothing is left half-written.
    """
    target = Path(path)
    frame = areas_frame(layer, actors=actors)
    columns = [column for column in frame.columns if column != "geometry"]
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow([*columns, "WKT"])
    shapes = shapely.to_wkt(frame.geometry.to_numpy(), rounding_precision=6, trim=True)
    cells = zip(*(frame[column] for column in columns), shapes, strict=True)
    writer.writerows([spreadsheet_cell(value) for value in row] for row in cells)
    with written_whole(target) as temporary:
        temporary.write_bytes(out.getvalue().encode("utf-8"))
    return target


def write_geoparquet(layer: Layer, path: str | Path, *, actors: Mapping[str, Actor]) -> Path:
    """
    Write the areas of a layer as GeoParquet 1.0 and return its path.

    Raises
    ------
    UsageError
        If pyarrow is not installed.
    OutputError
        If it can't be written; nothing is left half-written.
    """
    try:
        import pyarrow.parquet  # noqa: F401, PLC0415 - an extra
    except ImportError:
        raise UsageError(
            "GeoParquet needs pyarrow. Install it: pip install 'ground-control-tracker[parquet]'"
        ) from None
    target = Path(path)
    frame = areas_frame(layer, actors=actors)
    with written_by_gdal(target) as temporary, warnings.catch_warnings():
        warnings.filterwarnings("ignore", "Series.values", DeprecationWarning)  # pyarrow 24 with pandas 3.1
        frame.to_parquet(temporary, index=False, schema_version="1.0.0", compression="zstd")
    return target


def spreadsheet_cell(value: Any) -> str:
    """
    Return a value as a cell that no spreadsheet runs.

    Examples
    --------
    >>> spreadsheet_cell("=1+1"), spreadsheet_cell(-1.5), spreadsheet_cell(None)
    ("'=1+1", '-1.5', '')
    """
    if isinstance(value, str):
        return f"'{value}" if value.startswith(_FORMULA) else value
    if value is None or pd.isna(value):
        return ""
    if isinstance(value, pd.Timestamp):
        return str(value.date())
    if isinstance(value, bool):
        return str(value).lower()
    return f"{value:.12g}" if isinstance(value, float) else str(value)
