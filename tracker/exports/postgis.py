"""PostGIS: the tables of a GeoPackage in a PostgreSQL database, all of them or none."""

from __future__ import annotations

import contextlib
import hashlib
import re
import warnings
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import geopandas as gpd
import pandas as pd
import shapely

from tracker.databases import REACH_S, WAIT_S, psycopg_or_error, shown_address
from tracker.errors import OutputError, UsageError
from tracker.exports.geopackage import about_of, tables_of
from tracker.exports.metadata import ExportMetadata
from tracker.exports.tables import table_named
from tracker.model import Actor, BaseShape, Layer

if TYPE_CHECKING:
    import psycopg

__all__ = ["Written", "write_postgis"]

_SCHEMA_NAME = re.compile(r"[a-z_][a-z0-9_]{0,62}")  # needs no quotes in anybody's SQL


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """How many rows of a table were new or different, and how many are no longer there."""

    table: str
    rows: int
    changed: int
    gone: int


def write_postgis(
    layer: Layer,
    address: str,
    *,
    actors: Mapping[str, Actor],
    base: Iterable[BaseShape] = (),
    metadata: ExportMetadata | None = None,
    schema: str = "tracker",
) -> list[Written]:
    """
    Write a layer into a PostgreSQL database with PostGIS, in one transaction, and tell what changed.

    Tables and rows are those of `write_geopackage`. Rows are found again by their ids: one that
    is the same is not touched, one that the layer no longer has goes. Days are ``date``, half-open
    days also ``daterange`` (`valid`); two states of one place and part on one day are refused by
    the database itself. Writers of one schema wait for each other. Styles go where QGIS looks for
    them (`public.layer_styles`), beside those that users have saved.

    Parameters
    ----------
    address
        ``postgresql://user@host/database`` or ``service=…``; passwords are better kept in ``~/.pgpass``.
    schema
        Where the tables go; made when missing.

    Raises
    ------
    MissingToolError
        If psycopg is not installed.
    UsageError
        If the address or the schema's name can't be.
    OutputError
        If the database can't be reached or refuses; nothing is then changed. No message holds the password.

    Warns
    -----
    UserWarning
        If the styles can't be written for want of rights; the tables are.
    """
    connect = psycopg_or_error()
    if not _SCHEMA_NAME.fullmatch(schema):
        raise UsageError(f"a schema can't be called {schema!r}: use small letters, digits and underscores.")
    shown = shown_address(address)
    tables = _keyed(tables_of(layer, actors, base))
    about = about_of(layer, metadata or ExportMetadata())
    try:
        reached = connect.connect(address, connect_timeout=REACH_S, application_name="tracker")
        with contextlib.closing(reached) as connection, connection.transaction():
            written = _write(connection, schema, tables, about)
            if not _styled(connection, schema, layer, actors):
                warnings.warn(_NO_STYLES, UserWarning, stacklevel=2)
            return written
    except connect.Error as error:
        raise _refused(error, shown) from None


_NO_STYLES = (
    "the tables are written, but not their styles: QGIS reads them from public.layer_styles, where this user may not "
    "write. Let an owner say: GRANT CREATE ON SCHEMA public, or load the QML files of maps/styles."
)


def _styled(connection: psycopg.Connection[Any], schema: str, layer: Layer, actors: Mapping[str, Actor]) -> bool:
    from tracker.exports.postgis_styles import write_database_styles  # noqa: PLC0415 - an extra

    return write_database_styles(connection, schema, layer, actors)


def _write(
    connection: psycopg.Connection[Any], schema: str, tables: Mapping[str, pd.DataFrame], about: Mapping[str, str]
) -> list[Written]:
    from psycopg import sql  # noqa: PLC0415 - an extra

    from tracker.exports.postgis_schema import table_statements, view_statements  # noqa: PLC0415

    execute = connection.execute
    execute(f"SET LOCAL lock_timeout = '{WAIT_S}s'")
    execute("SELECT pg_advisory_xact_lock(hashtext('tracker'), hashtext(%s))", (schema,))
    execute("SET LOCAL client_min_messages = warning")
    for extension in ("postgis", "btree_gist"):
        execute(sql.SQL("CREATE EXTENSION IF NOT EXISTS {}").format(sql.Identifier(extension)))
    execute(sql.SQL("CREATE SCHEMA IF NOT EXISTS {}").format(sql.Identifier(schema)))
    for name, frame in tables.items():
        for statement in table_statements(schema, name, frame):
            execute(statement)
    for statement in view_statements(schema):
        execute(statement)
    written = [_refresh(connection, schema, name, frame) for name, frame in tables.items()]
    table = sql.Identifier(schema, "about")
    execute(sql.SQL("CREATE TABLE IF NOT EXISTS {} (what text PRIMARY KEY, said text NOT NULL)").format(table))
    execute(sql.SQL("DELETE FROM {}").format(table))
    with connection.cursor() as cursor:
        cursor.executemany(sql.SQL("INSERT INTO {} VALUES (%s, %s)").format(table), list(about.items()))
    return written


def _refresh(connection: psycopg.Connection[Any], schema: str, name: str, frame: pd.DataFrame) -> Written:
    """Bring one table to what a frame holds, by way of a table of this transaction's own."""
    from psycopg import sql  # noqa: PLC0415 - an extra

    from tracker.exports.postgis_schema import KEYS, columns_of  # noqa: PLC0415

    names = columns_of(frame)
    words = {
        "table": sql.Identifier(schema, name),
        "new": sql.Identifier(f"new_{name}"),
        "columns": sql.SQL(", ").join(map(sql.Identifier, names)),
        "key": sql.SQL(", ").join(map(sql.Identifier, KEYS[name])),
        "held": sql.SQL(", ").join(sql.Identifier("t", column) for column in names),
        "told": sql.SQL(", ").join(sql.Identifier("excluded", column) for column in names),
        "same": sql.SQL(" AND ").join(sql.SQL("n.{0} = t.{0}").format(sql.Identifier(column)) for column in KEYS[name]),
    }
    connection.execute(
        sql.SQL("CREATE TEMP TABLE {new} ON COMMIT DROP AS SELECT {columns} FROM {table} LIMIT 0").format(**words)
    )
    with (
        connection.cursor() as cursor,
        cursor.copy(sql.SQL("COPY {new} ({columns}) FROM STDIN").format(**words)) as copy,
    ):
        for row in _rows(frame, name):
            copy.write_row(row)
    gone = connection.execute(
        sql.SQL("DELETE FROM {table} AS t WHERE NOT EXISTS (SELECT FROM {new} AS n WHERE {same})").format(**words)
    ).rowcount
    changed = connection.execute(
        sql.SQL(
            "INSERT INTO {table} AS t ({columns}) SELECT {columns} FROM {new} "
            "ON CONFLICT ({key}) DO UPDATE SET ({columns}) = ROW({told}) "
            "WHERE ROW({held}) IS DISTINCT FROM ROW({told})"
        ).format(**words)
    ).rowcount
    return Written(table=f"{schema}.{name}", rows=len(frame), changed=changed, gone=gone)


def _rows(frame: pd.DataFrame, name: str) -> Iterator[Sequence[object]]:
    columns: list[Sequence[object]] = []
    for column, kind in frame.dtypes.items():
        values = frame[column]
        if column == "geometry":
            columns.append(_shapes(frame.geometry, str(table_named(name).geometry)))
        elif isinstance(kind, pd.DatetimeTZDtype):
            columns.append([None if pd.isna(v) else v.date() for v in values])
        else:
            columns.append([None if v is None or v is pd.NA or v != v else v for v in values.tolist()])  # noqa: PLR0124
    return zip(*columns, strict=True)


def _shapes(shapes: gpd.GeoSeries, kind: str) -> list[str]:
    found = shapes.to_numpy()
    if kind.startswith("Multi"):
        make = shapely.multipolygons if kind == "MultiPolygon" else shapely.multilinestrings
        found = [shape if shape.geom_type == kind else make([shape]) for shape in found]
    return [str(one) for one in shapely.to_wkb(shapely.set_srid(found, 4326), hex=True, include_srid=True)]


def _keyed(tables: Mapping[str, pd.DataFrame]) -> dict[str, pd.DataFrame]:
    """Return the tables, those of base shapes with an id made of what they show; the same shape twice stands once."""
    keyed = dict(tables)
    for name in ("base_areas", "base_lines"):
        if name in keyed:
            frame = keyed[name]
            ids = [
                hashlib.sha256(f"{kind}\x1f{label}\x1f".encode() + shape).hexdigest()[:16]
                for kind, label, shape in zip(frame["kind"], frame["name"], frame.geometry.to_wkb(), strict=True)
            ]
            keyed[name] = frame.assign(base_id=pd.Series(ids, dtype="str", index=frame.index)).drop_duplicates(
                "base_id"
            )
    return keyed


def _refused(error: psycopg.Error, shown: str) -> OutputError:
    """Return the typed error for what the database said; the address in it has no password."""
    state = error.sqlstate or ""
    said = " ".join(str(error).split())
    if state == "23P01":
        problem, cure = "two states of one place and part meet on a day", "Fuse the claims again."
    elif state in ("55P03", "57014"):
        problem, cure = f"another writer has kept it for {WAIT_S} s", "Wait for it, or end it."
    elif state == "0A000" or "extension" in said:
        problem, cure = (
            f"PostGIS is not there ({said})",
            "Install it, then let a superuser say: CREATE EXTENSION postgis.",
        )
    elif state == "42501":
        problem, cure = f"this user may not write here ({said})", "Ask for CREATE on the database, or name a --schema."
    elif not state or state.startswith(("08", "28", "3D", "57P")):
        problem, cure = f"the database can't be reached ({said})", "See that it runs and that the address is right."
    else:
        problem, cure = f"the database refuses ({said})", "Nothing was changed."
    return OutputError(problem, path=shown, cure=cure)
