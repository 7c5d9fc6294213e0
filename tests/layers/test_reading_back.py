"""A layer that was written as GeoJSON comes back whole; polygons of users are read or refused by name."""

import datetime as dt
import json

import pytest
import shapely

from tracker.errors import InputError
from tracker.exports import write_geojson
from tracker.layers import LayerMethod, build_layer, read_layer
from tracker.layers.polygons import read_polygons
from tracker.model import Kind

SQUARE = {"type": "Polygon", "coordinates": [[[40, 35], [41, 35], [41, 36], [40, 36], [40, 35]]]}


@pytest.fixture
def written(land, tmp_path):
    states = [
        land.state("dolna", "reds", "2017-01-01", "2017-05-15", besieged=True, besieger="blues"),
        land.state("dolna", "blues", "2017-05-15"),
        land.state("gorna", "reds", "2017-01-01", part="north", besieged=True),
    ]
    on_the_way = land.claim(
        "c-9", "gorna", Kind.APPROACHES, "blues", valid_from=dt.date(2017, 5, 3), bearing_deg=90.0, distance_m=15_000.0
    )
    atlas = land.atlas(land.place("dolna", 40.0, 35.0), land.place("gorna", 41.0, 35.0))
    method = LayerMethod(outline=lambda _: None)
    layer = build_layer(states, [on_the_way], atlas, actors=land.actors, method=method)
    return layer, write_geojson(layer, tmp_path / "control.geojson")


def test_sieges_arcs_and_approaches_come_back_as_they_were(written) -> None:
    layer, path = written
    back = read_layer(path)
    assert {line.kind for line in layer.lines} == {"siege", "approach"}
    assert [(a.kind, a.place_id, a.part, a.actor, a.start, a.end, a.distance_m, a.claims) for a in back.lines] == [
        (a.kind, a.place_id, a.part, a.actor, a.start, a.end, a.distance_m, a.claims) for a in layer.lines
    ]
    assert all(a.geometry.equals_exact(b.geometry, 1e-6) for a, b in zip(back.lines, layer.lines, strict=True))


def test_days_and_points_come_back_as_they_were(written) -> None:
    layer, path = written
    back = read_layer(path)
    assert (back.on, back.known_by, back.start, back.end) == (layer.on, layer.known_by, layer.start, layer.end)
    assert [f.point for f in back.features] == [f.point for f in layer.features]


def test_what_is_written_again_is_the_same_byte_for_byte(written, tmp_path) -> None:
    _, path = written
    again = write_geojson(read_layer(path), tmp_path / "again.geojson")
    assert again.read_bytes() == path.read_bytes()


def test_a_line_with_a_fault_is_refused_by_its_number(written) -> None:
    _, path = written
    collection = json.loads(path.read_text())
    collection["lines"][1]["properties"]["kind"] = "march"
    path.write_text(json.dumps(collection))
    with pytest.raises(InputError, match="line 2: no line is a 'march'"):
        read_layer(path)


def test_a_point_that_is_nowhere_on_the_globe_is_refused(written) -> None:
    _, path = written
    collection = json.loads(path.read_text())
    collection["features"][0]["properties"]["lon"] = 400
    path.write_text(json.dumps(collection))
    with pytest.raises(InputError, match="feature 1: lon 400"):
        read_layer(path)


def given_file(tmp_path, text):
    path = tmp_path / "region.geojson"
    path.write_text(text)
    return path


def test_polygons_are_read_from_a_geometry_a_feature_or_a_collection(tmp_path) -> None:
    feature = {"type": "Feature", "properties": {}, "geometry": SQUARE}
    for told in (SQUARE, feature, {"type": "FeatureCollection", "features": [feature]}):
        (polygon,) = read_polygons(given_file(tmp_path, json.dumps(told)))
        assert polygon.equals(shapely.box(40, 35, 41, 36))


def test_a_bow_tie_is_mended(tmp_path) -> None:
    bow = {"type": "Polygon", "coordinates": [[[0, 0], [1, 1], [1, 0], [0, 1], [0, 0]]]}
    (polygon,) = read_polygons(given_file(tmp_path, json.dumps(bow)))
    assert polygon.area == pytest.approx(0.5)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "no file of polygons"),
        ("{}", "no file of polygons|no polygon"),
        ('{"type": "Point", "coordinates": [1, 2]}', "no polygon"),
        ('{"type": "Polygon", "coordinates": []}', "no polygon"),
        (json.dumps(SQUARE).replace("41", "4100"), "no degrees"),
    ],
)
def test_what_is_no_polygon_is_refused_by_name(tmp_path, text, said) -> None:
    with pytest.raises(InputError, match=rf"region\.geojson: .*({said})"):
        read_polygons(given_file(tmp_path, text))


def test_a_missing_file_of_polygons_is_refused_by_name(tmp_path) -> None:
    with pytest.raises(InputError, match=r"nowhere\.geojson: no such file"):
        read_polygons(tmp_path / "nowhere.geojson")
