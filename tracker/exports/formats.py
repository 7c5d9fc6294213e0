"""The formats that a layer can be exported to, by name."""

from __future__ import annotations

import difflib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from tracker.errors import OutputError, UsageError
from tracker.exports.failures import refuse_existing
from tracker.exports.flat import write_flatgeobuf, write_shapefile
from tracker.exports.geojson import write_geojson, write_geojson_by_date
from tracker.exports.geopackage import write_geopackage
from tracker.exports.kml import write_kml
from tracker.exports.metadata import ExportMetadata
from tracker.exports.qgis_project import write_qgis_project
from tracker.exports.tabular import write_csv, write_geoparquet
from tracker.exports.topojson import write_topojson
from tracker.model import Actor, BaseShape, Layer

__all__ = ["FORMATS", "Export", "Format", "check_export", "export_layer", "format_named", "format_of_path"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Export:
    """
    What is written, for every format alike.

    Attributes
    ----------
    layer
        A day or a span of days.
    actors
        Sides with their names and colours.
    base
        Land, borders, rivers and water, for the formats that carry them.
    metadata
        What the maker says of it.
    update
        Write the data alone and leave a QGIS project as its user has changed it.
    """

    layer: Layer
    actors: Mapping[str, Actor]
    base: Iterable[BaseShape] = ()
    metadata: ExportMetadata | None = None
    update: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Format:
    """
    One format.

    Attributes
    ----------
    suffix
        How its files end, empty for a folder of files.
    says
        One line for the help.
    write
        Writes an export to a path and returns the paths written.
    """

    name: str
    suffix: str
    says: str
    write: Callable[[Export, Path], list[Path]]


def export_layer(export: Export, name: str, path: str | Path, *, force: bool = False) -> list[Path]:
    """
    Write a layer in the format of that name and return the paths written.

    Parameters
    ----------
    force
        Replace files that stand there already.

    Raises
    ------
    UsageError
        If there is no such format, or it can't be refreshed with `Export.update`.
    OutputError
        If a file stands there and `force` is not set, if the folder is missing,
        or if it can't be written. Nothing is left half-written.
    """
    check_export(name, path, force=force, update=export.update)
    return format_named(name).write(export, Path(path))


def check_export(name: str, path: str | Path, *, force: bool = False, update: bool = False) -> None:
    """
    Stop before any work is done when an export could not be written.

    Raises
    ------
    UsageError, OutputError
        As `export_layer`.
    """
    chosen, target = format_named(name), Path(path)
    if update and name not in ("qgis", "gpkg"):
        raise UsageError(f"--update refreshes the data under a QGIS project; {name} has none. Use --force instead.")
    for claimed in _claimed(chosen, target, update=update):
        refuse_existing(claimed, force=force or update)
    if update and name == "qgis" and not target.with_suffix(".qgz").exists():
        raise OutputError(
            "there is no project to refresh the data of", path=target.with_suffix(".qgz"), cure="Leave --update out."
        )


def format_of_path(path: str | Path) -> str:
    """
    Return the name of the format that a file's suffix tells.

    Raises
    ------
    UsageError
        If it tells none.

    Examples
    --------
    >>> format_of_path("out/control.gpkg")
    'gpkg'
    """
    for form in FORMATS.values():
        if form.suffix and str(path).lower().endswith(form.suffix):
            return form.name
    raise UsageError(f"{path}: no format is known by this suffix. Give --format: {', '.join(FORMATS)}.")


def format_named(name: str) -> Format:
    """
    Return a format by its name.

    Raises
    ------
    UsageError
        If there is none of that name; the message lists all.

    Examples
    --------
    >>> format_named("geojson").suffix
    '.geojson'
    """
    if name not in FORMATS:
        close = difflib.get_close_matches(name.lower(), FORMATS, n=1)
        hint = f" Did you mean {close[0]}?" if close else ""
        raise UsageError(f"unknown format {name!r}.{hint} Formats: {', '.join(FORMATS)}.")
    return FORMATS[name]


def _claimed(chosen: Format, path: Path, *, update: bool) -> list[Path]:
    """Return the paths that a format will write to."""
    if chosen.name == "qgis":
        return [path.with_suffix(".gpkg")] if update else [path.with_suffix(".gpkg"), path.with_suffix(".qgz")]
    return [path]


def _geojson(export: Export, path: Path) -> list[Path]:
    return [write_geojson(export.layer, path)]


def _geojson_by_date(export: Export, path: Path) -> list[Path]:
    return write_geojson_by_date(export.layer, path)


def _topojson(export: Export, path: Path) -> list[Path]:
    return [write_topojson(export.layer, path)]


def _gpkg(export: Export, path: Path) -> list[Path]:
    return [
        write_geopackage(export.layer, path, actors=export.actors, base=export.base, metadata=export.metadata),
    ]


def _qgis(export: Export, path: Path) -> list[Path]:
    project, data = path.with_suffix(".qgz"), path.with_suffix(".gpkg")
    written = _gpkg(export, data)
    if not export.update:
        written.append(write_qgis_project(export.layer, data, project, actors=export.actors, metadata=export.metadata))
    return written


def _flatgeobuf(export: Export, path: Path) -> list[Path]:
    return [write_flatgeobuf(export.layer, path, actors=export.actors)]


def _geoparquet(export: Export, path: Path) -> list[Path]:
    return [write_geoparquet(export.layer, path, actors=export.actors)]


def _kml(export: Export, path: Path) -> list[Path]:
    return [write_kml(export.layer, path, actors=export.actors, metadata=export.metadata)]


def _csv(export: Export, path: Path) -> list[Path]:
    return [write_csv(export.layer, path, actors=export.actors)]


def _shapefile(export: Export, path: Path) -> list[Path]:
    return [write_shapefile(export.layer, path, actors=export.actors)]


FORMATS = {
    form.name: form
    for form in (
        Format(name="geojson", suffix=".geojson", says="GeoJSON (RFC 7946), quotes as objects", write=_geojson),
        Format(name="geojson-by-date", suffix="", says="a folder with one GeoJSON a date", write=_geojson_by_date),
        Format(name="topojson", suffix=".topojson", says="TopoJSON, shared borders written once", write=_topojson),
        Format(name="gpkg", suffix=".gpkg", says="GeoPackage: all tables, styles, metadata", write=_gpkg),
        Format(name="qgis", suffix=".qgz", says="QGIS project with its GeoPackage beside it", write=_qgis),
        Format(name="flatgeobuf", suffix=".fgb", says="FlatGeobuf, the areas", write=_flatgeobuf),
        Format(name="geoparquet", suffix=".parquet", says="GeoParquet, the areas (needs pyarrow)", write=_geoparquet),
        Format(name="kml", suffix=".kml", says="KML with TimeSpan: areas, sieges, approaches", write=_kml),
        Format(name="csv", suffix=".csv", says="CSV with WKT, safe to open in a spreadsheet", write=_csv),
        Format(name="shapefile", suffix=".shp.zip", says="zipped Shapefile; loses quotes and times", write=_shapefile),
    )
}
