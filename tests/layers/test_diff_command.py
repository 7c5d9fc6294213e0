"""`tracker diff` tells what changed between two days, from a layer file."""

import json

import pytest
from click.testing import CliRunner

from tracker.cli.diff import command
from tracker.errors import InputError, TrackerError, UsageError
from tracker.exports import write_geojson
from tracker.layers import LayerMethod, build_layer, read_layer


@pytest.fixture
def layer_file(land, tmp_path):
    states = [
        land.state("dolna", "reds", "2017-01-01", "2017-05-15", besieged=True, besieger="blues"),
        land.state("dolna", "blues", "2017-05-15"),
        land.state("gorna", None, "2017-05-20", status="contested", sides=("reds", "blues")),
    ]
    atlas = land.atlas(land.place("dolna", 40.0, 35.0), land.place("gorna", 41.0, 35.0))
    layer = build_layer(states, [], atlas, actors=land.actors, method=LayerMethod(outline=lambda _: None))
    path = write_geojson(layer, tmp_path / "control.geojson")
    return path, layer


def run(*arguments):
    return CliRunner().invoke(command, [str(a) for a in arguments], catch_exceptions=False)


def test_a_layer_comes_back_from_geojson(layer_file) -> None:
    path, layer = layer_file
    back = read_layer(path)
    assert [(f.place_id, f.start, f.end, f.holder, f.sides, f.besieged) for f in back.features] == [
        (f.place_id, f.start, f.end, f.holder, f.sides, f.besieged) for f in layer.features
    ]
    assert all(a.geometry.equals(b.geometry) for a, b in zip(back.features, layer.features, strict=True))


def test_a_siege_read_from_geojson_has_its_rim_and_a_place_its_middle(layer_file) -> None:
    path, layer = layer_file
    back = read_layer(path)
    (line,) = back.lines
    assert (line.kind, line.place_id, line.actor, line.geometry.is_closed) == ("siege", "dolna", "blues", True)
    assert back.features[0].point == pytest.approx(layer.features[0].point, abs=1e-3)


def test_the_table_names_who_gained_what_from_whom(layer_file) -> None:
    text = run("2017-05-01", "2017-06-01", "--layer", layer_file[0]).output
    assert "Dolna: reds → blues" in text
    assert "Gorna: no word → contested (reds, blues)" in text
    assert "siege ended  Dolna by blues" in text
    assert "places 0 → 1" in text


def test_what_was_first_told_is_no_gain(layer_file) -> None:
    lines = run("2017-05-01", "2017-06-01", "--layer", layer_file[0]).output.splitlines()
    (head,) = [line.split() for line in lines if line.split()[:1] == ["before"]]
    assert head == ["before", "won", "lost", "first", "told", "after", "km²"]
    (contested,) = [line.split() for line in lines if line.startswith("contested ")]
    before, won, lost, told, after = contested[1:6]
    assert (before, won, lost) == ("0.0", "0.0", "0.0")
    assert told == after != "0.0"


def test_the_same_in_json_lines_csv_and_geojson(layer_file, tmp_path) -> None:
    asked = ("2017-05-01", "2017-06-01", "--layer", layer_file[0])
    rows = [json.loads(line) for line in run(*asked, "--format", "jsonl").output.splitlines()]
    assert [(r["name"], r["what"]) for r in rows] == [("Dolna", "gained"), ("Gorna", "contested")]
    assert run(*asked, "--format", "csv").output.splitlines()[0].startswith("place_id,name,part,what")
    out = tmp_path / "diff.geojson"
    run(*asked, "--format", "geojson", "--out", out)
    features = json.loads(out.read_text())["features"]
    assert {f["geometry"]["type"] for f in features} == {"Polygon"}


def test_two_layer_files_can_be_compared(layer_file) -> None:
    assert run(layer_file[0], layer_file[0]).exit_code == 0


def test_a_day_against_a_file_is_refused(layer_file) -> None:
    with pytest.raises(UsageError, match="both"):
        run("2017-05-01", layer_file[0])


def test_days_without_a_source_are_refused() -> None:
    with pytest.raises(UsageError, match="--states"):
        run("2017-05-01", "2017-06-01")


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        '{"features": 1}',
        '{"features": [{}]}',
        '{"features": [{"properties": {"place_id": "a"}, "geometry": null}]}',
    ],
)
def test_what_is_no_layer_is_refused_by_name(tmp_path, text) -> None:
    path = tmp_path / "bad.geojson"
    path.write_text(text)
    with pytest.raises(InputError, match=r"bad\.geojson"):
        read_layer(path)


def test_a_missing_file_is_refused_by_name() -> None:
    with pytest.raises(TrackerError, match="nowhere"):
        run("2017-05-01", "2017-06-01", "--layer", "nowhere.geojson")
