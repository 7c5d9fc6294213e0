"""The styles that QGIS loads by itself when a table of the database is dragged in: `public.layer_styles`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from psycopg import errors, sql

from tracker.exports.layer_xml import STYLED, qml
from tracker.exports.styles import categories_of
from tracker.exports.tables import table_named
from tracker.model import Actor, Layer

if TYPE_CHECKING:
    import psycopg

__all__ = ["write_database_styles"]

STYLE_NAME = "tracker"
# As QGIS 3.22 makes it on the first style that somebody saves in a database
_TABLE = """
CREATE TABLE IF NOT EXISTS public.layer_styles (
  id serial PRIMARY KEY, f_table_catalog varchar, f_table_schema varchar, f_table_name varchar,
  f_geometry_column varchar, stylename text, styleqml xml, stylesld xml, useasdefault boolean, description text,
  owner varchar(63) DEFAULT current_user, ui xml, update_time timestamp DEFAULT current_timestamp, type varchar)
"""
_OURS = sql.SQL(
    "f_table_catalog = current_database() AND f_table_schema = %(schema)s::varchar "
    "AND f_table_name = %(table)s::varchar"
)
_DELETE = sql.SQL("DELETE FROM public.layer_styles WHERE {ours} AND stylename = %(style)s::text").format(ours=_OURS)
_INSERT = sql.SQL("""
INSERT INTO public.layer_styles
  (f_table_catalog, f_table_schema, f_table_name, f_geometry_column, stylename, styleqml, useasdefault, description)
VALUES (current_database(), %(schema)s::varchar, %(table)s::varchar, 'geom', %(style)s::text,
  XMLPARSE(DOCUMENT %(qml)s::text), NOT EXISTS (SELECT FROM public.layer_styles WHERE {ours} AND useasdefault),
  %(title)s::text)
""").format(ours=_OURS)
_VIEWS = {"areas_now": "areas"}


def write_database_styles(
    connection: psycopg.Connection[Any], schema: str, layer: Layer, actors: Mapping[str, Actor]
) -> bool:
    """
    Put the style of each table where QGIS looks for it; return whether it could be done.

    Only the styles called `tracker` are ours: what a user has saved stays, and stays the default
    where he made it so. QGIS looks in the schema `public`, where not every user may write; the
    tables are then written all the same.
    """
    categories = categories_of(layer)
    try:
        with connection.transaction():  # a savepoint: what is refused here must not undo the tables
            # Two schemas may be written at the same time, and both would make the table
            connection.execute("SELECT pg_advisory_xact_lock(hashtext('tracker'), hashtext('layer_styles'))")
            connection.execute(_TABLE)
            for table in (*STYLED, *_VIEWS):
                told = {"schema": schema, "table": table, "style": STYLE_NAME}
                source = _VIEWS.get(table, table)
                told["qml"] = qml(source, categories=categories, actors=actors)
                told["title"] = table_named(source).title
                connection.execute(_DELETE, told)
                connection.execute(_INSERT, told)
    except (errors.InsufficientPrivilege, errors.InvalidSchemaName, errors.UndefinedColumn, errors.FeatureNotSupported):
        return False
    return True
