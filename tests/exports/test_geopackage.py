"""GeoPackage and project: every table readable by GDAL, reproducible, whole or not at all."""

import dataclasses
import hashlib
import os
import sqlite3
import subprocess
import sys
import textwrap
import zipfile
from contextlib import closing
from pathlib import Path
from xml.etree import ElementTree as ET

import pandas as pd
import pyogrio
import pytest
import shapely

from tracker.errors import OutputError
from tracker.exports import ExportMetadata, refuse_existing, write_geopackage, write_qgis_project

SAMPLE = Path(__file__).with_name("sample_layer.py")


@pytest.fixture(scope="module")
def gpkg(sample, layer, tmp_path_factory):
    path = tmp_path_factory.mktemp("gpkg") / "control.gpkg"
    return write_geopackage(layer, path, actors=sample.ACTORS, base=sample.BASE_SHAPES)


@pytest.fixture(scope="module")
def project(sample, layer, gpkg):
    path = write_qgis_project(layer, gpkg, gpkg.with_suffix(".qgz"), actors=sample.ACTORS, title="A & B")
    with zipfile.ZipFile(path) as archive:
        assert archive.namelist() == ["control.qgs"]
        return ET.fromstring(archive.read("control.qgs"))


def query(path, sql, *values):
    with closing(sqlite3.connect(path)) as database:
        return database.execute(sql, values).fetchall()


def in_a_process(code, *arguments):
    """Run code that finds the sample as `s` in a process of its own and return what it printed."""
    lines = [
        "import sys, importlib.util",
        f"spec = importlib.util.spec_from_file_location('sample_layer', {str(SAMPLE)!r})",
        "s = importlib.util.module_from_spec(spec); spec.loader.exec_module(s)",
        "from tracker.exports import *",
        textwrap.dedent(code),
    ]
    return subprocess.run(
        [sys.executable, "-c", "\n".join(lines), *map(str, arguments)],
        check=True,
        capture_output=True,
        text=True,
        timeout=120,
    ).stdout


def test_gdal_reads_every_table_with_its_rows(gpkg):
    rows = {name: pyogrio.read_info(gpkg, layer=name)["features"] for name, _ in pyogrio.list_layers(gpkg)}
    assert rows == {
        "areas": 13, "places": 13, "sieges": 2, "approaches": 1, "changes": 8, "claims": 5, "claim_links": 18,
        "dates": 9, "base_areas": 2, "base_lines": 2, "layer_styles": 9, "evidence": 18,
    }  # fmt: skip


def test_days_come_back_as_utc_with_open_ends_null(gpkg, layer):
    areas = pyogrio.read_dataframe(gpkg, layer="areas")
    assert areas.crs.to_epsg() == 4326
    for row, feature in zip(areas.itertuples(), layer.features, strict=True):
        assert row.place_id == feature.place_id
        for stored, said in ((row.start, feature.start), (row.end, feature.end)):
            assert pd.isna(stored) if said is None else stored == pd.Timestamp(said, tz="UTC")
        assert shapely.equals_exact(
            row.geometry.normalize(), shapely.MultiPolygon([feature.geometry]).normalize(), 1e-12
        )


def test_evidence_lists_the_sentences_under_a_row(gpkg):
    (area,) = query(gpkg, "SELECT area_id FROM areas WHERE name = 'Raqqa' AND status = 'contested'")
    found = query(gpkg, "SELECT stance, quote, url FROM evidence WHERE row_id = ? ORDER BY quote", area[0])
    assert found == [
        ("for", "=cmd|' /C calc'!A0 lost over half", "https://example.org/reports/4"),
        ("against", "Raqqa has <b>not</b> fallen & ${alert(1)}", "https://example.org/reports/5"),
    ]


def test_styles_and_metadata_travel_in_the_file(gpkg):
    styles = dict(query(gpkg, "SELECT f_table_name, styleQML FROM layer_styles WHERE useAsDefault"))
    assert set(styles) >= {"areas", "places", "sieges", "approaches", "changes", "claims"}
    for document in styles.values():
        ET.fromstring(document)
    about = "".join(text for (text,) in query(gpkg, "SELECT metadata FROM gpkg_metadata"))
    assert "Who controlled 5 places" in about
    assert "CC BY 4.0" in about


def test_two_processes_write_the_same_bytes(sample, layer, gpkg, tmp_path):
    code = """
        import pathlib
        out = pathlib.Path(sys.argv[1]); out.mkdir()
        write_geopackage(s.sample_layer(), out / "control.gpkg", actors=s.ACTORS, base=s.BASE_SHAPES)
        write_qgis_project(s.sample_layer(), out / "control.gpkg", out / "control.qgz", actors=s.ACTORS, title="A & B")
    """
    in_a_process(code, tmp_path / "other")
    mine = write_qgis_project(layer, gpkg, gpkg.with_suffix(".qgz"), actors=sample.ACTORS, title="A & B")
    for path in (gpkg, mine):
        there = tmp_path / "other" / path.name
        assert hashlib.sha256(there.read_bytes()).hexdigest() == hashlib.sha256(path.read_bytes()).hexdigest()


@pytest.mark.skipif(os.name != "posix", reason="file size limits are POSIX")
@pytest.mark.parametrize("limit", [1_000, 120_000, 400_000])
def test_a_full_disk_leaves_no_half_written_file(tmp_path, limit):
    code = """
        import pathlib, resource
        from tracker.errors import FullDiskError
        out = pathlib.Path(sys.argv[1])
        resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[2]),) * 2)
        try:
            write_geopackage(s.sample_layer(), out / "control.gpkg", actors=s.ACTORS, base=s.BASE_SHAPES)
        except FullDiskError as error:
            print(error)
    """
    (tmp_path / "control.gpkg").write_text("before")
    assert "no space is left" in in_a_process(code, tmp_path, limit)
    assert [p.name for p in tmp_path.iterdir()] == ["control.gpkg"]
    assert (tmp_path / "control.gpkg").read_text() == "before"


def test_an_unwritable_folder_is_a_typed_error(sample, layer, tmp_path):
    with pytest.raises(OutputError, match="can't be written"):
        write_geopackage(layer, tmp_path / "missing" / "control.gpkg", actors=sample.ACTORS)
    with pytest.raises(OutputError, match="can't be written"):
        write_qgis_project(layer, "x.gpkg", tmp_path / "missing" / "control.qgz", actors=sample.ACTORS)


def test_a_file_that_stands_is_not_overwritten_unasked(tmp_path):
    stands = tmp_path / "control.gpkg"
    stands.write_text("mine")
    with pytest.raises(OutputError, match=r"stands here already.*--force"):
        refuse_existing(stands, force=False)
    refuse_existing(stands, force=True)
    refuse_existing(tmp_path / "other.gpkg", force=False)
    with pytest.raises(OutputError, match=r"folder does not exist.*mkdir"):
        refuse_existing(tmp_path / "missing" / "x.gpkg", force=True)


def test_an_empty_layer_makes_a_valid_file(sample, layer, tmp_path):
    empty = dataclasses.replace(layer, features=(), lines=(), start=None, end=None)
    path = write_geopackage(empty, tmp_path / "empty.gpkg", actors=sample.ACTORS)
    assert pyogrio.read_info(path, layer="areas")["features"] == 0
    write_qgis_project(empty, path, tmp_path / "empty.qgz", actors=sample.ACTORS)


def test_the_project_finds_its_data_beside_it(project):
    sources = [element.text for element in project.iterfind("projectlayers/maplayer/datasource")]
    assert len(sources) == 11
    assert all(source.startswith("./control.gpkg|layername=") for source in sources)


def test_the_project_opens_with_the_temporal_controller_on(project):
    assert project.findtext("properties/TemporalControllerWidget/NavigationMode") == "1"
    settings = project.find("ProjectTimeSettings")
    assert (settings.get("timeStep"), settings.get("timeStepUnit")) == ("1", "d")
    assert settings.findtext("TemporalRange/start") == "2017-06-01T00:00:00Z"
    assert settings.findtext("TemporalRange/end") == "2017-12-01T00:00:00Z"


def test_areas_lie_under_sieges_and_over_the_land(project):
    order = [element.get("id") for element in project.iter("layer-tree-layer")]
    drawn = [
        order.index(f"tracker_{name}") for name in ("changes", "places", "sieges", "areas", "base_lines", "base_areas")
    ]
    assert drawn == sorted(drawn)


def test_text_that_xml_cannot_hold_does_not_break_the_project(sample, layer, tmp_path):
    strange = ExportMetadata(title="nul \x00 and \ud800", licence="<b>&</b>")
    path = write_qgis_project(layer, tmp_path / "x.gpkg", tmp_path / "x.qgz", actors=sample.ACTORS, metadata=strange)
    with zipfile.ZipFile(path) as archive:
        assert ET.fromstring(archive.read("x.qgs")).findtext("title") == "nul � and �"


def test_text_that_is_no_utf8_does_not_break_the_geopackage(sample, layer, tmp_path):
    odd = sample.state(sample.RAQQA, None, None, holder="sdf", reason="lone \ud800 and nul \x00 and 'quote'")
    path = write_geopackage(dataclasses.replace(layer, features=(odd,)), tmp_path / "x.gpkg", actors=sample.ACTORS)
    assert pyogrio.read_dataframe(path, layer="areas")["reason"].iloc[0].startswith("lone")
