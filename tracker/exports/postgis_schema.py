"""Tables, constraints and views in PostgreSQL, made from the same frames as a GeoPackage."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import geopandas as gpd
import pandas as pd
from psycopg import sql

from tracker.exports.tables import table_named

__all__ = ["KEYS", "columns_of", "table_statements", "view_statements"]

# What a row is known by: ids of content, so that writing it again finds it
KEYS: Mapping[str, tuple[str, ...]] = {
    "areas": ("area_id",),
    "places": ("area_id",),
    "sieges": ("siege_id",),
    "approaches": ("approach_id",),
    "changes": ("change_id",),
    "claims": ("claim_id",),
    "claim_links": ("row_id", "claim_id", "stance"),
    "dates": ("on",),
    "base_areas": ("base_id",),
    "base_lines": ("base_id",),
}
_JSON = ("claims", "sides")
_TYPES = {"int64": "bigint", "float64": "double precision", "bool": "boolean"}
_LASTING = ("areas", "places", "sieges", "approaches")  # with half-open days

_VIEWS = """
CREATE OR REPLACE VIEW {schema}.areas_now AS
  SELECT * FROM {schema}.areas WHERE "end" IS NULL;
CREATE OR REPLACE VIEW {schema}.evidence AS
  SELECT l.row_id, l.stance, c.* FROM {schema}.claim_links AS l JOIN {schema}.claims AS c USING (claim_id);
CREATE OR REPLACE FUNCTION {schema}.areas_on(day date) RETURNS SETOF {schema}.areas
  LANGUAGE sql STABLE AS $$ SELECT * FROM {schema}.areas WHERE valid @> day $$;
COMMENT ON VIEW {schema}.areas_now IS 'Who controls what as far as is known now: areas without an end';
COMMENT ON VIEW {schema}.evidence IS 'The sentences for and against each row of areas, sieges and approaches';
COMMENT ON FUNCTION {schema}.areas_on IS 'Who controlled what on one day'
"""


def columns_of(frame: pd.DataFrame) -> list[str]:
    """Return the columns of a frame, the geometry last and called as in a GeoPackage."""
    return ["geom" if name == "geometry" else name for name in frame.columns]


def table_statements(schema: str, name: str, frame: pd.DataFrame) -> Iterator[sql.Composed]:
    """Yield what makes a table and its indexes where they are not there yet."""
    table = sql.Identifier(schema, name)
    fields: list[sql.Composable] = [
        sql.SQL("{} {}").format(sql.Identifier(c), sql.SQL(k)) for c, k in _fields(name, frame)
    ]
    key = sql.SQL(", ").join(map(sql.Identifier, KEYS[name]))
    lasting = name in _LASTING
    if lasting:
        fields.append(sql.SQL('valid daterange GENERATED ALWAYS AS (daterange("start", "end", \'[)\')) STORED'))
    rules: list[sql.Composable] = [sql.SQL("PRIMARY KEY ({})").format(key)]
    if name == "areas":  # checked when the transaction ends: on the way, an old row may still stand beside a new one
        rules.append(
            sql.SQL(
                "CONSTRAINT one_state_a_day EXCLUDE USING gist (place_id WITH =, coalesce(part, '') WITH =, "
                "valid WITH &&) DEFERRABLE INITIALLY DEFERRED"
            )
        )
    yield sql.SQL("CREATE TABLE IF NOT EXISTS {} ({})").format(table, sql.SQL(", ").join([*fields, *rules]))
    for column, kind in _fields(name, frame):  # a table of an earlier version may lack some
        yield sql.SQL("ALTER TABLE {} ADD COLUMN IF NOT EXISTS {} {}").format(
            table, sql.Identifier(column), sql.SQL(kind)
        )
    if isinstance(frame, gpd.GeoDataFrame):
        yield _index(schema, name, "geom")
    if lasting:
        yield _index(schema, name, "valid")
    yield sql.SQL("COMMENT ON TABLE {} IS {}").format(table, sql.Literal(table_named(name).title))


def view_statements(schema: str) -> Iterator[sql.Composed]:
    """Yield what makes the views that QGIS loads, and the function that reads one day."""
    for statement in _VIEWS.split(";\n"):
        yield sql.SQL(statement).format(schema=sql.Identifier(schema))


def _index(schema: str, name: str, column: str) -> sql.Composed:
    return sql.SQL("CREATE INDEX IF NOT EXISTS {} ON {} USING gist ({})").format(
        sql.Identifier(f"{name}_by_{column}"), sql.Identifier(schema, name), sql.Identifier(column)
    )


def _fields(name: str, frame: pd.DataFrame) -> Iterator[tuple[str, str]]:
    for column, kind in frame.dtypes.items():
        if column == "geometry":
            yield "geom", f"geometry({table_named(name).geometry}, 4326)"
        elif isinstance(kind, pd.DatetimeTZDtype):
            yield str(column), "date"
        elif column in _JSON:
            yield str(column), "jsonb"
        else:
            yield str(column), _TYPES.get(str(kind), "text")
