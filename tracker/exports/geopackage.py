"""GeoPackage: every table of a layer in one file, with styles, metadata and the claims that each row rests on."""

from __future__ import annotations

import contextlib
import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

import geopandas as gpd
import pandas as pd
import pyogrio

from tracker.errors import OutputError
from tracker.exports.claim_rows import claim_links_frame, claims_frame
from tracker.exports.failures import written_by_gdal
from tracker.exports.layer_xml import STYLED, qml
from tracker.exports.metadata import ExportMetadata, abstract_of, newest_day, provenance_of, sources_of
from tracker.exports.qmd import qmd
from tracker.exports.rows import (
    approaches_frame,
    areas_frame,
    base_frames,
    changes_frame,
    dates_frame,
    places_frame,
    sieges_frame,
)
from tracker.exports.styles import categories_of
from tracker.exports.tables import table_named
from tracker.model import Actor, BaseShape, Layer

__all__ = ["about_of", "tables_of", "write_geopackage"]

# The claims under each row, told apart by how they speak. GDAL takes OGC_FID for a view's row number.
_EVIDENCE = """
CREATE VIEW evidence AS
SELECT l.fid AS OGC_FID, l.row_id, l.stance, c.quote, c.source, c.published, c.url, c.kind, c.actor,
       c.valid_time, c.claim_id, c.report_id, c.name
FROM claim_links AS l JOIN claims AS c ON c.claim_id = l.claim_id
"""


def write_geopackage(
    layer: Layer,
    path: str | Path,
    *,
    actors: Mapping[str, Actor],
    base: Iterable[BaseShape] = (),
    metadata: ExportMetadata | None = None,
) -> Path:
    """
    Write a layer as a GeoPackage (version 1.2, EPSG:4326) and return its path.

    Tables: `areas`, `places`, `sieges`, `approaches`, `changes`, `claims`, `dates`,
    `claim_links`, the base shapes, and a view `evidence` that lists the claims
    under each row. Times are UTC; a null `end` is still true. The same layer
    gives the same bytes with the same GDAL and SQLite.

    Parameters
    ----------
    layer
        A day or a span of days.
    path
        Where it goes; what stood there is replaced when all is written.
    actors
        Sides with their names and colours.
    base
        Land, borders, rivers and water for the reader's bearings.
    metadata
        What the maker says of it; None for what the layer itself tells.

    Raises
    ------
    OutputError
        If it can't be written; nothing is left half-written.
    """
    target = Path(path)
    described = metadata or ExportMetadata()
    tables = tables_of(layer, actors, base)
    with written_by_gdal(target) as temporary:
        with _fixed_clock(layer):
            for number, (name, frame) in enumerate(tables.items()):
                _write_table(frame, temporary, name, about_of(layer, described) if number == 0 else None)
            _write_table(_styles(layer, actors, tables), temporary, "layer_styles", None)
        _finish(temporary, layer, described, tables)
    return target


def tables_of(layer: Layer, actors: Mapping[str, Actor], base: Iterable[BaseShape]) -> dict[str, pd.DataFrame]:
    """Return the tables of a layer by their names: what a GeoPackage and PostGIS hold alike."""
    areas = areas_frame(layer, actors=actors)
    tables: dict[str, pd.DataFrame] = {
        "areas": areas,
        "places": places_frame(layer, actors=actors, areas=areas),
        "sieges": sieges_frame(layer, actors=actors),
        "approaches": approaches_frame(layer, actors=actors),
        "changes": changes_frame(layer, actors=actors),
        "claims": claims_frame(layer),
        "claim_links": claim_links_frame(layer),
        "dates": dates_frame(layer),
    }
    return tables | base_frames(base)


def _write_table(frame: pd.DataFrame, path: Path, name: str, about: dict[str, str] | None) -> None:
    first = about is not None
    options: dict[str, object] = {}
    if isinstance(frame, gpd.GeoDataFrame):
        kind = str(table_named(name).geometry)
        options = {"geometry_type": kind, "promote_to_multi": kind.startswith("Multi")}
    pyogrio.write_dataframe(
        frame,
        path,
        layer=name,
        driver="GPKG",
        dataset_options={"VERSION": "1.2"} if first else None,
        dataset_metadata=about,
        layer_options={
            "DATETIME_PRECISION": "MILLISECOND",
            "IDENTIFIER": name,
            "DESCRIPTION": "Styles that QGIS loads by itself" if name == "layer_styles" else table_named(name).title,
            "FID": "id" if name == "layer_styles" else "fid",
        },
        **options,
    )


def about_of(layer: Layer, metadata: ExportMetadata) -> dict[str, str]:
    """Return what the data says of itself, by name; what nobody stated is left out."""
    about = {
        "TITLE": metadata.title,
        "ABSTRACT": abstract_of(layer, metadata),
        "PROVENANCE": " ".join(provenance_of(layer)),
        "SOURCES": "; ".join(sources_of(layer)),
        "KNOWN_BY": layer.known_by.isoformat() if layer.known_by else "",
        "LICENCE": metadata.licence or "",
        "AUTHOR": metadata.author or "",
    }
    return {key: value for key, value in about.items() if value}


def _styles(layer: Layer, actors: Mapping[str, Actor], tables: Mapping[str, pd.DataFrame]) -> pd.DataFrame:
    """Return the table `layer_styles` that QGIS reads when a layer is dragged in without a project."""
    categories = categories_of(layer)
    styled = [name for name in STYLED if name in tables]
    return pd.DataFrame(
        {
            "f_table_catalog": pd.Series([""] * len(styled), dtype="str"),
            "f_table_schema": pd.Series([""] * len(styled), dtype="str"),
            "f_table_name": pd.Series(styled, dtype="str"),
            "f_geometry_column": pd.Series(["geom"] * len(styled), dtype="str"),
            "styleName": pd.Series(styled, dtype="str"),
            "styleQML": pd.Series([qml(n, categories=categories, actors=actors) for n in styled], dtype="str"),
            "styleSLD": pd.Series([""] * len(styled), dtype="str"),
            "useAsDefault": pd.Series([True] * len(styled), dtype="bool"),
            "description": pd.Series([table_named(name).title for name in styled], dtype="str"),
            "owner": pd.Series([""] * len(styled), dtype="str"),
            "update_time": pd.Series(
                [pd.Timestamp(newest_day(layer), tz="UTC")] * len(styled), dtype="datetime64[ms, UTC]"
            ),
        }
    )


def _finish(path: Path, layer: Layer, metadata: ExportMetadata, tables: Mapping[str, pd.DataFrame]) -> None:
    """Add the view of evidence, indexes and QGIS's own metadata, and see that every row arrived."""
    with contextlib.closing(sqlite3.connect(path)) as database:
        stamp = f"{newest_day(layer).isoformat()}T00:00:00.000Z"
        with database:
            database.execute(_EVIDENCE)
            database.execute("CREATE INDEX claim_links_by_row ON claim_links (row_id)")
            database.execute("CREATE INDEX claims_by_id ON claims (claim_id)")
            for table in ("areas", "places", "sieges", "approaches"):
                database.execute(f'CREATE INDEX {table}_by_time ON {table} ("start", "end")')
            database.execute(
                "INSERT INTO gpkg_contents (table_name, data_type, identifier, description, last_change, srs_id) "
                "VALUES ('evidence', 'attributes', 'evidence', ?, ?, 0)",
                (table_named("evidence").title, stamp),
            )
            for table in tables:
                _add_qgis_metadata(database, table, qmd(layer, metadata, title=table_named(table).title), stamp)
        for table, frame in tables.items():
            (written,) = database.execute(f"SELECT count(*) FROM {table}").fetchone()  # noqa: S608  # our own names
            if written != len(frame):
                raise OutputError(
                    f"only {written} of {len(frame)} rows of {table!r} were written",
                    path=path,
                    cure="Free some space, then write it again.",
                )


def _add_qgis_metadata(database: sqlite3.Connection, table: str, document: str, stamp: str) -> None:
    cursor = database.execute(
        "INSERT INTO gpkg_metadata (md_scope, md_standard_uri, mime_type, metadata) "
        "VALUES ('dataset', 'http://mrcc.com/qgis.dtd', 'text/xml', ?)",
        (document,),
    )
    database.execute(
        "INSERT INTO gpkg_metadata_reference (reference_scope, table_name, timestamp, md_file_id) "
        "VALUES ('table', ?, ?, ?)",
        (table, stamp, cursor.lastrowid),
    )


@contextlib.contextmanager
def _fixed_clock(layer: Layer) -> Iterator[None]:
    """Let GDAL stamp the file with the layer's newest day, so that the bytes hang on the layer alone."""
    before = pyogrio.get_gdal_config_option("OGR_CURRENT_DATE")
    pyogrio.set_gdal_config_options({"OGR_CURRENT_DATE": f"{newest_day(layer).isoformat()}T00:00:00.000Z"})
    try:
        yield
    finally:
        pyogrio.set_gdal_config_options({"OGR_CURRENT_DATE": before})
