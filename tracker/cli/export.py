"""``tracker export``: a layer or a span of days in the formats that other programs read."""

from __future__ import annotations

import datetime as dt
import warnings
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from tracker.cli._common import known_by_option, on_option
from tracker.cli._ground import ground_from, ground_options
from tracker.cli._ledger import gazetteer_option, maybe_ledger_option, source_files_of, sources_option
from tracker.cli._precautions import precaution_options, precautions_of
from tracker.cli._records import file_argument, record_options
from tracker.errors import UsageError

if TYPE_CHECKING:
    from tracker.exports import Export

__all__ = ["command"]

_WITH_BASE = ("gpkg", "postgis", "qgis")  # formats that carry land, borders and rivers


@click.command(short_help="Write a layer or a span of days as GeoJSON, GeoPackage, QGIS project, KML, CSV …")
@file_argument
@record_options
@click.option("--out", type=click.Path(path_type=Path), help="File to write; its folder must exist.")
@click.option("--to", metavar="ADDRESS", help="Write into PostGIS instead: postgresql://user@host/database.")
@click.option("--schema", default="tracker", show_default=True, help="Schema of the tables in PostGIS.")
@click.option(
    "--format", "name", metavar="FORMAT",
    help="geojson, geojson-by-date, topojson, gpkg, qgis, flatgeobuf, geoparquet, kml, csv or shapefile.  "
    "[default: by suffix]",
)  # fmt: skip
@on_option
@known_by_option
@precaution_options
@click.option("--title", help="Title of the map.  [default: Who controls what]")
@click.option("--licence", help="Licence under which you publish it.")
@click.option("--author", help="Who made it.")
@maybe_ledger_option
@gazetteer_option
@ground_options
@sources_option
@click.option("--force", is_flag=True, help="Replace files that stand there already.")
@click.option("--update", is_flag=True, help="Refresh the GeoPackage under a QGIS project and leave the project alone.")
def command(
    states_path: str | None,
    claims_path: str | None,
    layer_path: str | None,
    out: Path | None,
    to: str | None,
    schema: str,
    name: str | None,
    on: dt.date | None,
    known_by: dt.date | None,
    embargo_days: int | None,
    coarsen_km: float | None,
    suppress_path: str | None,
    title: str | None,
    licence: str | None,
    author: str | None,
    ledger_path: Path | str | None,
    gazetteers: tuple[Path, ...],
    source_files: tuple[Path, ...],
    force: bool,
    update: bool,
    **ground: Any,
) -> None:
    """
    Write what a run made, for QGIS, PostGIS, notebooks and spreadsheets.

    FILE holds claims, states or a layer, - is standard input; or give --claims, --states (with --claims
    for the quotes), --layer, or --ledger. Without --on all days are written, each row with its start and end.
    """
    from tracker.exports import Export, ExportMetadata
    from tracker.pipeline import Stages, base_shapes, layer_from_files

    chosen = _checked(out, to, name, force=force, update=update)
    stages = Stages(
        gazetteer_files=gazetteers, source_files=source_files_of(ledger_path, source_files), ground=ground_from(ground)
    )
    held = precautions_of(stages, embargo_days, coarsen_km, suppress_path)
    layer = layer_from_files(
        stages,
        states=states_path,
        claims=claims_path,
        layer=layer_path,
        ledger=ledger_path,
        on=on,
        known_by=known_by,
        precautions=held,
    )
    export = Export(
        layer=layer,
        actors=stages.actors,
        base=base_shapes(layer, stages) if chosen in _WITH_BASE else (),
        metadata=ExportMetadata(title=title or _title(layer.on), licence=licence, author=author),
        update=update,
    )
    if to is not None:
        _write_database(export, to, schema)
    elif out is not None:
        _write_file(export, chosen, out, force=force)


def _checked(out: Path | None, to: str | None, name: str | None, *, force: bool, update: bool) -> str:
    """Return the format, ``postgis`` for a database, before any work is done."""
    from tracker.databases import shown_address
    from tracker.exports import check_export, format_of_path

    if (out is None) == (to is None):
        raise UsageError("say where it goes: --out FILE or --to postgresql://user@host/database.")
    if out is None:
        if name is not None:
            raise UsageError("--format is for files: a database has its own. Leave it out.")
        shown_address(to or "")
        return "postgis"
    chosen = name or format_of_path(out)
    check_export(chosen, out, force=force, update=update)
    return chosen


def _write_file(export: Export, name: str, out: Path, *, force: bool) -> None:
    from tracker.exports import export_layer

    with warnings.catch_warnings(record=True) as told:
        warnings.simplefilter("always")
        written = export_layer(export, name, out, force=force)
    for warning in told:
        click.echo(f"warning: {warning.message}", err=True)
    for path in written:
        click.echo(path)


def _write_database(export: Export, to: str, schema: str) -> None:
    from tracker.exports import write_postgis

    with warnings.catch_warnings(record=True) as told:
        warnings.simplefilter("always")
        written = write_postgis(
            export.layer, to, actors=export.actors, base=export.base, metadata=export.metadata, schema=schema
        )
    for warning in told:
        click.echo(f"warning: {warning.message}", err=True)
    for table in written:
        click.echo(f"{table.table}  {table.rows} rows, {table.changed} new or changed, {table.gone} gone")


def _title(on: dt.date | None) -> str:
    return f"Who controls what on {on.day} {on:%B %Y}" if on else "Who controls what"
