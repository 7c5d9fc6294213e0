"""FlatGeobuf and Shapefile, written by GDAL: the areas of a layer, one row a state."""

from __future__ import annotations

import datetime as dt
import io
import tempfile
import warnings
import zipfile
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import pyogrio
import shapely

from tracker.errors import UsageError
from tracker.exports.failures import typed_errors, written_by_gdal
from tracker.exports.metadata import newest_day
from tracker.exports.rows import WGS84, areas_frame
from tracker.files import written_whole
from tracker.model import Actor, Layer

__all__ = ["SHAPEFILE_NAMES", "LossyFormatWarning", "write_flatgeobuf", "write_shapefile"]

_ZIP_EPOCH = (1980, 1, 1, 0, 0, 0)  # the earliest time that a zip can hold
_DBF_NAME, _DBF_TEXT = 10, 254  # most bytes of a field's name and of a text, dBASE III
SHAPEFILE_NAMES = {
    "holder_name": "holder_nam", "besieged_by": "besieger", "probability": "probabilit", "newest_claim": "newest_clm",
    "fraction_min": "fract_min", "fraction_max": "fract_max",
}  # fmt: skip
_NOT_IN_SHAPEFILE = ("claims",)


class LossyFormatWarning(UserWarning):
    """A file was written in a format that can't hold all of it; the message says what is lost."""


def write_flatgeobuf(layer: Layer, path: str | Path, *, actors: Mapping[str, Actor]) -> Path:
    """
    Write the areas of a layer as FlatGeobuf and return its path.

    Rows are in the order of the file's spatial index, not of the layer.

    Raises
    ------
    OutputError
        If it can't be written; nothing is left half-written.
    """
    target = Path(path)
    frame = areas_frame(layer, actors=actors)
    with written_by_gdal(target) as temporary:
        pyogrio.write_dataframe(
            frame, temporary, driver="FlatGeobuf", layer="areas", geometry_type="MultiPolygon", promote_to_multi=True
        )
    return target


def write_shapefile(
    layer: Layer, path: str | Path, *, actors: Mapping[str, Actor], names: Mapping[str, str] | None = None
) -> Path:
    """
    Write the areas of a layer as a zipped Shapefile (``.shp.zip``) and return its path.

    Parameters
    ----------
    names
        Column to field name, over `SHAPEFILE_NAMES`; at most ten ASCII characters each.

    Raises
    ------
    UsageError
        If the path is not a zip, or the format can't hold a field name.
    OutputError
        If it can't be written; nothing is left half-written.

    Warns
    -----
    LossyFormatWarning
        Always: the quotes are left out, long texts are cut, times become days.
    """
    target = Path(path)
    if target.suffix != ".zip":
        raise UsageError(
            f"{target}: a Shapefile is several files, so it goes into a zip. Name it {target.stem}.shp.zip."
        )
    frame = _for_dbf(areas_frame(layer, actors=actors), names or {})
    with tempfile.TemporaryDirectory() as folder:
        shape = Path(folder) / "areas.shp"
        with typed_errors(target, shape):
            _write_dbf(frame, shape, newest_day(layer))
        with written_whole(target) as temporary:
            temporary.write_bytes(_zipped(Path(folder)))
    warnings.warn(_LOST, LossyFormatWarning, stacklevel=2)
    return target


_LOST = (
    "a Shapefile can't hold everything: the quotes are left out, field names have ten letters at most, texts are cut "
    "to 254 bytes, times are days. A GeoPackage holds all of it."
)


def _write_dbf(frame: gpd.GeoDataFrame, shape: Path, day: dt.date) -> None:
    """Write a frame with its times as days: pyogrio makes a date field of ``datetime64[D]`` alone."""
    columns = [column for column in frame.columns if column != "geometry"]
    values = [_dbf_values(frame[column]) for column in columns]
    pyogrio.raw.write(
        shape,
        geometry=shapely.to_wkb(frame.geometry.to_numpy()),
        field_data=values,
        fields=columns,
        field_mask=[frame[column].isna().to_numpy() for column in columns],
        driver="ESRI Shapefile",
        layer=shape.stem,
        geometry_type="Polygon",
        crs=WGS84,
        encoding="UTF-8",
        layer_options={"DBF_DATE_LAST_UPDATE": day.isoformat()},
    )


def _dbf_values(column: pd.Series) -> np.ndarray[Any, Any]:
    values: np.ndarray[Any, Any]
    if isinstance(column.dtype, pd.DatetimeTZDtype):
        values = column.dt.tz_localize(None).to_numpy().astype("datetime64[D]")
    elif column.dtype == "str":
        values = column.to_numpy(dtype=object)
    else:
        values = column.to_numpy()
    return values


def _for_dbf(frame: gpd.GeoDataFrame, names: Mapping[str, str]) -> gpd.GeoDataFrame:
    """Return a frame whose names and texts fit into dBASE III."""
    frame = frame.drop(columns=list(_NOT_IN_SHAPEFILE))
    for column in frame.columns:
        if frame[column].dtype == "str":
            frame[column] = frame[column].map(_cut, na_action="ignore")
    return frame.rename(columns=dbf_names([c for c in frame.columns if c != "geometry"], names))


def dbf_names(columns: Sequence[str], names: Mapping[str, str]) -> dict[str, str]:
    """
    Return the field name of each column.

    Raises
    ------
    UsageError
        If a name is longer than ten ASCII characters, or two are the same.

    Examples
    --------
    >>> dbf_names(["name", "newest_claim"], {})
    {'name': 'name', 'newest_claim': 'newest_clm'}
    """
    unknown = sorted(set(names).difference(columns))
    if unknown:
        raise UsageError(f"no column {unknown[0]!r} to rename. Columns: {', '.join(columns)}.")
    chosen = {column: names.get(column, SHAPEFILE_NAMES.get(column, column)) for column in columns}
    for column, name in chosen.items():
        if not (name.isascii() and name.isidentifier() and len(name) <= _DBF_NAME):
            raise UsageError(
                f"a Shapefile can't hold the field name {name!r} (of {column}): use at most ten ASCII letters, digits "
                "and underscores."
            )
    twice = sorted(name for name, times in Counter(n.lower() for n in chosen.values()).items() if times > 1)
    if twice:
        raise UsageError(f"two fields of the Shapefile would be called {twice[0]!r}. Give one of them another name.")
    return chosen


def _cut(text: str) -> str:
    return text.encode("utf-8")[:_DBF_TEXT].decode("utf-8", "ignore")


def _zipped(folder: Path) -> bytes:
    memory = io.BytesIO()
    with zipfile.ZipFile(memory, "w", zipfile.ZIP_DEFLATED) as archive:
        for path in sorted(folder.iterdir()):
            entry = zipfile.ZipInfo(path.name, date_time=_ZIP_EPOCH)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system = 3  # the same bytes from every operating system
            entry.external_attr = 0o644 << 16
            archive.writestr(entry, path.read_bytes())
    return memory.getvalue()
