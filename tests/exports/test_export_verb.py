"""The verb export: formats by name or suffix, nothing overwritten or half-written, errors that say what to do."""

import csv

import pyogrio
import pytest
from click.testing import CliRunner

from tracker.cli.export import command
from tracker.errors import InputError, OutputError, UsageError
from tracker.exports import write_geojson


@pytest.fixture(scope="module")
def control(layer, tmp_path_factory):
    return write_geojson(layer, tmp_path_factory.mktemp("run") / "control.geojson")


def export(*arguments):
    return CliRunner().invoke(command, [str(a) for a in arguments])


def test_the_suffix_tells_the_format_and_on_picks_a_day(control, tmp_path):
    done = export("--layer", control, "--out", tmp_path / "day.csv", "--on", "2017-09-05")
    assert done.exit_code == 0, done.output
    assert done.stdout == f"{tmp_path / 'day.csv'}\n"
    rows = list(csv.DictReader((tmp_path / "day.csv").read_text("utf-8").splitlines()))
    assert sorted((row["name"], row["part"], row["on"]) for row in rows) == [
        ("Brigade 137", "", "2017-09-05"),
        ("Deir ez-Zor", "north", "2017-09-05"),
        ("Deir ez-Zor", "south", "2017-09-05"),
        ("Deir ez-Zor airport", "", "2017-09-05"),
        ("Mosul", "", "2017-09-05"),
        ("Raqqa", "", "2017-09-05"),
    ]


def test_a_project_and_its_data_are_written_then_the_data_alone_refreshed(control, tmp_path):
    out = tmp_path / "control.qgz"
    done = export("--layer", control, "--out", out, "--title", "Mine", "--licence", "CC BY 4.0")
    assert done.stdout.split() == [str(tmp_path / "control.gpkg"), str(out)]
    assert {"base_areas", "areas", "evidence"} <= {name for name, _ in pyogrio.list_layers(tmp_path / "control.gpkg")}
    before = out.read_bytes()
    again = export("--layer", control, "--out", out, "--update", "--on", "2017-09-05")
    assert again.stdout.split() == [str(tmp_path / "control.gpkg")]
    assert out.read_bytes() == before
    assert pyogrio.read_info(tmp_path / "control.gpkg", layer="areas")["features"] == 6


def test_what_a_format_loses_is_said(control, tmp_path):
    done = export("--layer", control, "--out", tmp_path / "x.shp.zip")
    assert done.exit_code == 0
    assert done.stderr.startswith("warning: a Shapefile can't hold everything: the quotes are left out")


def test_the_same_command_twice_wants_force(control, tmp_path):
    arguments = ("--layer", control, "--out", tmp_path / "x.kml")
    assert export(*arguments).exit_code == 0
    before = (tmp_path / "x.kml").read_bytes()
    with pytest.raises(OutputError, match="--force"):
        raise export(*arguments).exception
    assert export(*arguments, "--force").exit_code == 0
    assert (tmp_path / "x.kml").read_bytes() == before


@pytest.mark.parametrize(
    ("arguments", "error", "said"),
    [
        (("--out", "missing/x.kml"), OutputError, r"x\.kml: the folder does not exist"),
        (("--out", "x.dxf"), UsageError, r"x\.dxf: no format is known by this suffix.*geojson, "),
        (("--out", "x", "--format", "geopackage"), UsageError, r"unknown format 'geopackage'"),
        (("--out", "x.kml", "--known-by", "2017-09-01"), UsageError, r"--known-by needs the claims"),
        (("--out", "x.kml", "--states", "y"), UsageError, r"leave states and claims out"),
        (("--out", "x.csv", "--update"), UsageError, r"csv has none"),
        (("--out", "x.qgz", "--update"), OutputError, r"no project to refresh"),
    ],
)  # fmt: skip
def test_wrong_use_is_a_typed_error_and_writes_nothing(control, tmp_path, arguments, error, said):
    arguments = [tmp_path / word if number == 1 else word for number, word in enumerate(arguments)]
    with pytest.raises(error, match=said):
        raise export("--layer", control, *arguments).exception
    assert list(tmp_path.iterdir()) == []


def test_a_missing_layer_is_named(tmp_path):
    with pytest.raises(InputError, match=r"nowhere\.geojson"):
        raise export("--layer", tmp_path / "nowhere.geojson", "--out", tmp_path / "x.kml").exception
