"""The verbs that draw ground take the same options and draw the same ground by them."""

import json

import pytest
import shapely
from click.testing import CliRunner

from tracker.cli import export, report, run
from tracker.cli import map as map_verb
from tracker.errors import TrackerError, UsageError
from tracker.layers import read_layer

TEXT = "Islamic State controls Raqqa and Tabqa. The Syrian army holds Palmyra and took al-Sukhnah on Saturday."


@pytest.fixture(scope="module")
def claims(tmp_path_factory):
    folder = tmp_path_factory.mktemp("ground")
    (folder / "report.txt").write_text(TEXT)
    done = call(run, folder / "report.txt", "--published", "2017-08-07", "--out", folder / "out", "--quiet")
    assert done.exit_code == 0
    return folder / "out" / "claims.jsonl"


def call(verb, *arguments):
    return CliRunner().invoke(verb.command, [str(a) for a in arguments], catch_exceptions=False)


def ground(path):
    layer = read_layer(path)
    assert layer.features
    assert shapely.coverage_is_valid([f.geometry for f in layer.features])
    return {(f.place_id, f.part, f.holder): f.area_km2 for f in layer.features}


@pytest.fixture(scope="module")
def region(tmp_path_factory):
    path = tmp_path_factory.mktemp("region") / "west.geojson"
    path.write_text(json.dumps(shapely.geometry.mapping(shapely.box(37, 34, 38.6, 37))))
    return path


def test_every_method_and_region_draws_the_same_states(claims, region, tmp_path) -> None:
    drawn = {}
    for name, options in {
        "nearest": [],
        "hexagons": ["--method", "hexagons", "--resolution", "6"],
        "units": ["--method", "units"],
        "smooth": ["--smoothing", "2", "--simplify", "80", "--least-km2", "1"],
        "region": ["--region", region],
        "country": ["--region", "SY"],
        "world": ["--region", "world"],
    }.items():
        if name == "hexagons":
            pytest.importorskip("h3")
        out = tmp_path / f"{name}.geojson"
        assert call(export, "--claims", claims, "--out", out, *options).exit_code == 0
        drawn[name] = ground(out)
    assert set(drawn["hexagons"]) == set(drawn["units"]) == set(drawn["nearest"])
    assert drawn["country"] == drawn["nearest"] == drawn["world"]  # no cell reaches the border
    assert sum(drawn["units"].values()) > 3 * sum(drawn["nearest"].values())  # whole provinces
    assert set(drawn["region"]) < set(drawn["nearest"])  # Raqqa lies east of it
    for key, km2 in drawn["hexagons"].items():
        assert km2 == pytest.approx(drawn["nearest"][key], rel=0.25)


def test_run_map_and_report_draw_by_the_same_options(claims, region, tmp_path) -> None:
    folder = tmp_path / "run"
    text = claims.parent.parent / "report.txt"
    call(run, text, "--published", "2017-08-07", "--out", folder, "--quiet", "--region", region)
    exported = tmp_path / "region.geojson"
    call(export, "--claims", claims, "--out", exported, "--region", region)
    assert ground(folder / "control.geojson") == ground(exported)
    page, brief = tmp_path / "page.html", tmp_path / "brief.html"
    assert call(map_verb, "--claims", claims, "--out", page, "--region", region, "--title", "West").exit_code == 0
    pytest.importorskip("matplotlib")
    assert call(report, "--claims", claims, "--out", brief, "--region", region).exit_code == 0
    assert "Raqqa" not in brief.read_text().split("<table")[1]


def test_a_layer_of_one_day_can_be_had_from_a_layer_of_a_span(claims, tmp_path) -> None:
    span = claims.with_name("control.geojson")
    page = tmp_path / "day.html"
    assert call(map_verb, "--layer", span, "--on", "2017-08-07", "--out", page).exit_code == 0
    assert '"days":[17385,17385]' in page.read_text()  # 7 August 2017, counted from 1 January 1970


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--region", "XX"], "no outline of a country 'XX'"),
        (["--region", "nowhere.geojson"], "nowhere.geojson"),
        (["--method", "units", "--units", "nowhere.gpkg"], "nowhere.gpkg"),
        (["--units", "units.gpkg"], "--method units"),
        (["--method", "hexagons", "--resolution", "16"], "0 to 15"),
        (["--smoothing", "9"], "0 to 4"),
    ],
)
def test_options_that_make_no_sense_are_refused(claims, tmp_path, options, said) -> None:
    with pytest.raises(TrackerError, match=said):
        call(export, "--claims", claims, "--out", tmp_path / "x.geojson", *options)


def test_a_layer_is_not_drawn_anew(claims, tmp_path) -> None:
    with pytest.raises(UsageError, match="drawn already"):
        call(export, "--layer", claims.with_name("control.geojson"), "--out", tmp_path / "x.kml", "--region", "SY")


@pytest.mark.parametrize("suffix", ["html", "png"])
@pytest.mark.parametrize("case", ["no states", "a region that misses every place", "a day long before"])
def test_what_leaves_nothing_to_draw_makes_a_map_all_the_same(claims, tmp_path, case, suffix) -> None:
    if suffix == "png":
        pytest.importorskip("matplotlib")
    nothing = tmp_path / "states.jsonl"
    nothing.write_text("")
    asked = {
        "no states": ["--states", nothing],
        "a region that misses every place": ["--claims", claims, "--region", "NZ"],
        "a day long before": ["--claims", claims, "--on", "1900-01-01"],
    }[case]
    out = tmp_path / f"empty.{suffix}"
    assert call(map_verb, *asked, "--out", out).exit_code == 0
    assert out.stat().st_size > 5_000


@pytest.mark.parametrize(
    "geometry",
    [
        {"type": "Polygon", "coordinates": []},
        {"type": "Polygon", "coordinates": [[[0, 0], [1, 1]]]},
        {"type": "Point", "coordinates": [1, 2]},
        None,
    ],
)
def test_a_layer_with_an_empty_or_broken_polygon_is_refused_by_its_feature(claims, tmp_path, geometry) -> None:
    layer = json.loads(claims.with_name("control.geojson").read_text())
    layer["features"][1]["geometry"] = geometry
    path = tmp_path / "broken.geojson"
    path.write_text(json.dumps(layer))
    with pytest.raises(TrackerError, match=r"broken\.geojson: feature 2"):
        call(map_verb, "--layer", path, "--out", tmp_path / "x.html")
