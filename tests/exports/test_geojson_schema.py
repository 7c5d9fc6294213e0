"""GeoJSON against a schema of RFC 7946 that was written from its text."""

import json
from pathlib import Path

import pytest

from tracker.exports import write_geojson, write_geojson_by_date

jsonschema = pytest.importorskip("jsonschema")
SCHEMA = json.loads(Path(__file__).with_name("geojson.schema.json").read_text(encoding="utf-8"))
SQUARE = [[0, 0], [1, 0], [1, 1], [0, 0]]


def check(told):
    jsonschema.Draft202012Validator(SCHEMA).validate(told)


def feature(**changes):
    return {"type": "Feature", "properties": {}, "geometry": {"type": "Polygon", "coordinates": [SQUARE]}} | changes


def test_a_layer_is_a_collection_as_the_standard_has_it(layer, tmp_path):
    check(json.loads(write_geojson(layer, tmp_path / "x.geojson").read_text(encoding="utf-8")))


def test_each_day_is_one_too(layer, tmp_path):
    paths = write_geojson_by_date(layer, tmp_path / "days")
    assert len(paths) > 3
    for path in paths:
        check(json.loads(path.read_text(encoding="utf-8")))


def test_the_committed_example_is_one():
    check(json.loads((Path(__file__).parents[2] / "maps/deir-ezzor-2017-09-05/control.geojson").read_text("utf-8")))


@pytest.mark.parametrize(
    "wrong",
    [
        feature(type="feature"),
        feature(geometry={"type": "Polygon", "coordinates": [SQUARE[:3]]}),
        feature(geometry={"type": "Point", "coordinates": [35.3, 140.1]}),  # latitude and longitude changed over
        feature(geometry={"type": "Circle", "coordinates": [0, 0]}),
        {"type": "FeatureCollection", "features": [SQUARE]},
        {"type": "FeatureCollection", "features": [], "crs": {}},
        {key: value for key, value in feature().items() if key != "properties"},
    ],
)
def test_the_schema_refuses_what_is_none(wrong):
    with pytest.raises(jsonschema.ValidationError):
        check(wrong)
