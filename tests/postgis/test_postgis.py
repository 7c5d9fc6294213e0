"""A real PostgreSQL with PostGIS holds what a GeoPackage holds, and keeps the rules itself."""

import dataclasses
import datetime as dt
import importlib.util
import threading
from pathlib import Path

import pyogrio
import pytest
import shapely
from click.testing import CliRunner

from tracker.cli import export
from tracker.errors import OutputError, UsageError
from tracker.exports import write_geojson, write_geopackage, write_postgis

psycopg = pytest.importorskip("psycopg")

TABLES = ("areas", "places", "sieges", "approaches", "changes", "claims", "claim_links", "dates")


def asked(address, question, *values):
    with psycopg.connect(address) as connection:
        return connection.execute(question, values).fetchall()


@pytest.fixture
def written(database, sample, layer):
    write_postgis(layer, database, actors=sample.ACTORS, base=sample.BASE_SHAPES)
    return database


def test_rows_days_and_shapes_are_those_of_the_geopackage(written, sample, layer, tmp_path) -> None:
    gpkg = write_geopackage(layer, tmp_path / "x.gpkg", actors=sample.ACTORS, base=sample.BASE_SHAPES)
    for table in (*TABLES, "base_areas", "base_lines"):
        ((rows,),) = asked(written, f"SELECT count(*) FROM tracker.{table}")
        assert rows == pyogrio.read_info(gpkg, layer=table)["features"], table
    there = {
        row[0]: row[1:]
        for row in asked(
            written, 'SELECT area_id, name, part, status, "start", "end", ST_AsBinary(geom) FROM tracker.areas'
        )
    }
    for row in pyogrio.read_dataframe(gpkg, layer="areas").itertuples():
        name, part, status, start, end, shape = there[row.area_id]
        assert (name, part, status) == (row.name, row.part if isinstance(row.part, str) else None, row.status)
        assert (start, end) == (_day(row.start), _day(row.end))
        assert shapely.equals_exact(shapely.from_wkb(bytes(shape)), row.geometry, tolerance=0)


def _day(value):
    return None if value != value else value.date()  # noqa: PLR0124


def test_geometries_are_valid_and_have_their_kind(written) -> None:
    told = dict(asked(written, "SELECT f_table_name, type FROM geometry_columns WHERE f_table_schema = 'tracker'"))
    assert told["areas"] == told["areas_now"] == "MULTIPOLYGON"
    assert told["sieges"] == "MULTILINESTRING"
    assert asked(written, "SELECT count(*) FROM tracker.areas WHERE NOT ST_IsValid(geom) OR ST_SRID(geom) <> 4326") == [
        (0,)
    ]


@pytest.mark.parametrize(
    ("day", "states"), [("2017-07-09", 5), ("2017-07-10", 5), ("2017-09-05", 6), ("2031-01-01", 6)]
)
def test_a_day_is_read_by_a_function(written, day, states) -> None:
    assert asked(written, "SELECT count(*) FROM tracker.areas_on(%s)", day) == [(states,)]


def test_days_and_shapes_have_indexes(written) -> None:
    told = {row[0] for row in asked(written, "SELECT indexname FROM pg_indexes WHERE schemaname = 'tracker'")}
    assert {"areas_by_geom", "areas_by_valid", "one_state_a_day", "claims_by_geom"} <= told


def test_the_view_of_evidence_leads_from_an_area_to_its_sentences(written) -> None:
    told = asked(
        written,
        "SELECT stance, quote FROM tracker.areas JOIN tracker.evidence e ON e.row_id = area_id "
        "WHERE areas.name = 'Raqqa' AND status = 'contested' ORDER BY stance",
    )
    assert [stance for stance, _ in told] == ["against", "for"]
    ((quotes,),) = asked(written, "SELECT claims FROM tracker.areas WHERE name = 'Raqqa' AND status = 'contested'")
    assert {q["stance"] for q in quotes} == {"for", "against"}


def test_the_same_layer_again_touches_no_row(written, sample, layer) -> None:
    again = write_postgis(layer, written, actors=sample.ACTORS, base=sample.BASE_SHAPES)
    assert [(t.changed, t.gone) for t in again] == [(0, 0)] * len(again)


def test_fresh_data_changes_what_changed_and_takes_away_what_is_gone(written, sample, layer) -> None:
    first = layer.features[0]
    fresh = dataclasses.replace(layer, features=(dataclasses.replace(first, confidence=0.1), *layer.features[1:-1]))
    areas = write_postgis(fresh, written, actors=sample.ACTORS, base=sample.BASE_SHAPES)[0]
    assert (areas.table, areas.changed, areas.gone) == ("tracker.areas", 1, 1)


def test_the_database_itself_refuses_two_states_on_one_day_and_keeps_what_it_had(written, sample, layer) -> None:
    city = next(f for f in layer.features if f.end is not None and f.start is not None)
    twice = dataclasses.replace(city, start=city.start + dt.timedelta(days=1), confidence=0.1)
    wrong = dataclasses.replace(layer, features=(*layer.features, twice))
    before = asked(written, "SELECT area_id, confidence FROM tracker.areas ORDER BY 1")
    with pytest.raises(OutputError, match="two states of one place and part meet"):
        write_postgis(wrong, written, actors=sample.ACTORS)
    assert asked(written, "SELECT area_id, confidence FROM tracker.areas ORDER BY 1") == before
    assert asked(written, "SELECT count(*) FROM tracker.base_areas") == [(2,)]


def test_a_table_that_fails_leaves_nothing_behind(database, sample, layer) -> None:
    with psycopg.connect(database, autocommit=True) as connection:
        connection.execute("CREATE SCHEMA tracker")
        connection.execute("CREATE TABLE tracker.base_lines (x int)")  # somebody else's, met last
    with pytest.raises(OutputError, match="the database refuses"):
        write_postgis(layer, database, actors=sample.ACTORS, base=sample.BASE_SHAPES)
    assert asked(database, "SELECT to_regclass('tracker.areas')") == [(None,)]


def test_writers_at_the_same_time_wait_for_each_other(database, sample, layer) -> None:
    errors = []

    def write():
        try:
            write_postgis(layer, database, actors=sample.ACTORS)
        except OutputError as error:
            errors.append(error)

    threads = [threading.Thread(target=write) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert errors == []
    assert asked(database, "SELECT count(*) FROM tracker.areas") == [(len(layer.features),)]


def test_two_schemas_hold_two_maps(database, sample, layer) -> None:
    one_day = dataclasses.replace(layer, features=layer.features[:3])
    write_postgis(layer, database, actors=sample.ACTORS)
    write_postgis(one_day, database, actors=sample.ACTORS, schema="draft")
    assert asked(database, "SELECT (SELECT count(*) FROM tracker.areas), (SELECT count(*) FROM draft.areas)") == [
        (13, 3)
    ]


def test_who_may_not_write_is_told_so(database, sample, layer) -> None:
    write_postgis(layer, database, actors=sample.ACTORS)
    with psycopg.connect(database, autocommit=True) as connection:
        connection.execute("DROP ROLE IF EXISTS guest")
        connection.execute("CREATE ROLE guest LOGIN")
    with pytest.raises(OutputError, match="may not write here"):
        write_postgis(layer, database.replace("postgres@", "guest@"), actors=sample.ACTORS, schema="guests")


def test_a_database_that_is_down_is_told_without_its_password(sample, layer, tmp_path) -> None:
    address = f"postgresql://anna:s3cr3t@/maps?host={tmp_path}"
    with pytest.raises(OutputError, match="can't be reached") as told:
        write_postgis(layer, address, actors=sample.ACTORS)
    assert "s3cr3t" not in str(told.value)
    assert "anna@" in str(told.value)


@pytest.mark.parametrize(
    "address", ["postgresql://anna:s3:cr3t@host:x/maps", "pass=s3cr3t 'x", "postgresql://h:70000s3cr3t/x"]
)
def test_an_address_that_is_none_is_not_repeated(sample, layer, address) -> None:
    with pytest.raises((UsageError, OutputError)) as told:
        write_postgis(layer, address, actors=sample.ACTORS)
    assert "cr3t" not in str(told.value)


def test_a_schema_that_needs_quotes_is_refused(sample, layer, database) -> None:
    with pytest.raises(UsageError, match="schema can't be called"):
        write_postgis(layer, database, actors=sample.ACTORS, schema='x"; DROP TABLE y; --')


def test_the_verb_writes_to_a_database(database, layer, tmp_path) -> None:
    control = write_geojson(layer, tmp_path / "control.geojson")

    def called(*words):
        done = CliRunner().invoke(export.command, [str(w) for w in words], standalone_mode=False)
        if done.exception is not None:
            raise done.exception
        return done.output

    assert "tracker.areas  13 rows, 13 new or changed, 0 gone" in called("--layer", control, "--to", database)
    assert "tracker.areas  13 rows, 0 new or changed, 0 gone" in called("--layer", control, "--to", database)
    with pytest.raises(UsageError, match="say where it goes"):
        called("--layer", control)
    with pytest.raises(UsageError, match="say where it goes"):
        called("--layer", control, "--to", database, "--out", tmp_path / "x.kml")
    with pytest.raises(UsageError, match="for files"):
        called("--layer", control, "--to", database, "--format", "kml")


def test_qgis_loads_tables_and_views(written, server) -> None:
    questions = load_questions()
    if questions.qgis_is_missing():
        pytest.skip("QGIS is not installed")
    name = psycopg.conninfo.conninfo_to_dict(written)["dbname"]
    source = f"dbname='{name}' host={server} user='postgres'"
    told = questions.ask_qgis("postgis", source, "tracker", "areas", "areas_now", "sieges", "places")
    assert all(layer["valid"] and layer["crs"] == "EPSG:4326" for layer in told.values())
    assert {name: layer["rows"] for name, layer in told.items()} == {
        "areas": 13,
        "areas_now": 6,
        "sieges": 2,
        "places": 13,
    }
    assert told["areas"]["days"] == ["date", "date"]
    assert {layer: told[layer]["renderer"] for layer in told} == {
        "areas": "categorizedSymbol",
        "areas_now": "categorizedSymbol",
        "sieges": "singleSymbol",
        "places": "categorizedSymbol",
    }


def test_what_users_saved_of_styles_stays_and_stays_the_default(written, sample, layer) -> None:
    with psycopg.connect(written) as connection:
        connection.execute("UPDATE public.layer_styles SET useasdefault = false WHERE f_table_name = 'areas'")
        connection.execute(
            "INSERT INTO public.layer_styles (f_table_catalog, f_table_schema, f_table_name, f_geometry_column, "
            "stylename, styleqml, useasdefault) VALUES (current_database(), 'tracker', 'areas', 'geom', 'mine', "
            "'<qgis/>', true)"
        )
    write_postgis(layer, written, actors=sample.ACTORS)
    styles = "SELECT stylename, useasdefault FROM public.layer_styles WHERE f_table_name = 'areas' ORDER BY 1"
    assert asked(written, styles) == [("mine", True), ("tracker", False)]
    assert asked(written, "SELECT count(*) FROM public.layer_styles WHERE f_table_name = 'sieges'") == [(1,)]


def test_a_user_without_rights_on_public_gets_the_tables_and_is_told_of_the_styles(database, sample, layer) -> None:
    with psycopg.connect(database, autocommit=True) as connection:
        connection.execute("CREATE EXTENSION postgis")
        connection.execute("CREATE EXTENSION btree_gist")
        connection.execute("DROP ROLE IF EXISTS drawer")
        connection.execute("CREATE ROLE drawer LOGIN")
        connection.execute("CREATE SCHEMA drawn AUTHORIZATION drawer")
        connection.execute("REVOKE CREATE ON SCHEMA public FROM PUBLIC")
        connection.execute(f'GRANT CREATE ON DATABASE "{connection.info.dbname}" TO drawer')
    mine = database.replace("postgres@", "drawer@")
    with pytest.warns(UserWarning, match="not their styles"):
        write_postgis(layer, mine, actors=sample.ACTORS, schema="drawn")
    assert asked(database, "SELECT count(*) FROM drawn.areas") == [(13,)]


def test_a_table_of_an_earlier_version_gets_the_columns_that_it_lacks(written, sample, layer) -> None:
    with psycopg.connect(written) as connection:
        connection.execute("DROP VIEW tracker.areas_now")
        connection.execute("DROP FUNCTION tracker.areas_on")
        connection.execute("ALTER TABLE tracker.areas DROP COLUMN notes")
    write_postgis(dataclasses.replace(layer, notes=("Some places are withheld.",)), written, actors=sample.ACTORS)
    assert asked(written, "SELECT DISTINCT notes FROM tracker.areas_now") == [("Some places are withheld.",)]


def load_questions():
    """Return what asks QGIS, from the tests of the project."""
    path = Path(__file__).parents[1] / "qgis" / "conftest.py"
    spec = importlib.util.spec_from_file_location("qgis_questions", path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module
