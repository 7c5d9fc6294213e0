"""GeoJSON: RFC 7946, read back by GDAL, the same bytes each time."""

import dataclasses
import json

import pyogrio
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from tracker.errors import OutputError
from tracker.exports import write_geojson, write_geojson_by_date
from tracker.exports.geojson import feature_object
from tracker.exports.rows import CONTRACT_COLUMNS
from tracker.layers import read_layer


def read(path):
    return json.loads(path.read_text("utf-8"))


def test_properties_are_those_of_the_contract_in_its_order(layer, tmp_path):
    collection = read(write_geojson(layer, tmp_path / "control.geojson"))
    assert collection["type"] == "FeatureCollection"
    assert collection["span"] == {"on": None, "known_by": None, "start": "2017-06-01", "end": "2017-11-30"}
    for feature in collection["features"]:
        assert tuple(feature["properties"])[: len(CONTRACT_COLUMNS)] == CONTRACT_COLUMNS


def test_claims_are_objects_with_quote_source_and_date(layer, tmp_path):
    collection = read(write_geojson(layer, tmp_path / "control.geojson"))
    raqqa = next(f["properties"] for f in collection["features"] if f["properties"]["start"] == "2017-06-06")
    assert raqqa["end"] == "2017-10-17"
    assert [c["stance"] for c in raqqa["claims"]] == ["for", "against"]
    assert raqqa["claims"][1]["quote"] == "Raqqa has <b>not</b> fallen & ${alert(1)}"
    assert raqqa["claims"][1]["published"] == "2017-09-05"
    assert raqqa["fraction"] == [0.5, 1.0]


def test_rings_follow_the_right_hand_rule_with_six_decimals(layer, tmp_path):
    for feature in read(write_geojson(layer, tmp_path / "control.geojson"))["features"]:
        shape = shapely.geometry.shape(feature["geometry"])
        assert shape.is_valid
        assert shape.exterior.is_ccw
        numbers = [n for point in feature["geometry"]["coordinates"][0] for n in point]
        assert all(round(n, 6) == n for n in numbers)


def test_gdal_reads_every_feature_back_with_its_days_and_shape(layer, tmp_path):
    frame = pyogrio.read_dataframe(write_geojson(layer, tmp_path / "control.geojson"))
    assert list(frame["place_id"]) == [f.place_id for f in layer.features]
    assert frame.crs.to_epsg() == 4326
    for row, feature in zip(frame.itertuples(), layer.features, strict=True):
        assert shapely.hausdorff_distance(row.geometry, feature.geometry) < 2e-6


def test_the_same_layer_gives_the_same_bytes(layer, tmp_path):
    one, two = (write_geojson(layer, tmp_path / name).read_bytes() for name in ("a.geojson", "b.geojson"))
    assert one == two


def test_a_layer_without_features_is_still_a_collection(layer, tmp_path):
    empty = dataclasses.replace(layer, features=())
    assert read(write_geojson(empty, tmp_path / "empty.geojson"))["features"] == []


def test_one_file_a_date_holds_what_was_so_on_that_day(layer, tmp_path):
    paths = write_geojson_by_date(layer, tmp_path / "days")
    by_name = {path.name: read(path)["features"] for path in paths}
    assert len(by_name) == 9
    on_the_day = {
        (f["properties"]["name"], f["properties"]["part"]): f["properties"] for f in by_name["2017-09-05.geojson"]
    }
    assert len(on_the_day) == 6
    assert on_the_day["Deir ez-Zor", "north"]["besieged_by"] is None
    assert on_the_day["Deir ez-Zor", "south"]["besieged_by"] == "islamic_state"
    assert {p["on"] for p in on_the_day.values()} == {"2017-09-05"}


def test_an_unwritable_folder_is_named_and_nothing_is_left(layer, tmp_path):
    with pytest.raises(OutputError, match="can't be written"):
        write_geojson(layer, tmp_path / "missing" / "control.geojson")
    assert list(tmp_path.iterdir()) == []


@settings(max_examples=50)
@given(text=st.text(max_size=40), lon=st.floats(-179, 179), lat=st.floats(-80, 80))
def test_any_text_and_place_come_back(sample, text, lon, lat):
    place = ("tk:x", text, lon, lat, 0.01)
    feature = json.loads(json.dumps(feature_object(sample.state(place, None, None, holder="sdf"))))
    assert feature["properties"]["name"] == text
    shape = shapely.geometry.shape(feature["geometry"])
    assert shape.is_valid
    assert shape.exterior.is_ccw


def test_a_layer_read_back_has_its_states_days_and_quotes(layer, tmp_path):
    again = read_layer(write_geojson(layer, tmp_path / "a.geojson"))
    own = {"geometry": None, "sides": (), "point": None}
    assert [dataclasses.replace(f, **own) for f in again.features] == [
        dataclasses.replace(f, **own) for f in layer.features
    ]
