"""QGIS reads the other formats; a project that its user has changed survives fresh data."""

import dataclasses
import warnings

import pytest

from tracker.exports import Export, LossyFormatWarning, export_layer

READ = ("geojson", "flatgeobuf", "kml", "csv", "shapefile")


@pytest.mark.parametrize("name", READ)
def test_qgis_reads_every_row(ask, sample, layer, tmp_path, name):
    suffix = {"geojson": "geojson", "flatgeobuf": "fgb", "kml": "kml", "csv": "csv", "shapefile": "shp.zip"}[name]
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", LossyFormatWarning)
        (path,) = export_layer(Export(layer=layer, actors=sample.ACTORS), name, tmp_path / f"control.{suffix}")
    source = f"/vsizip/{path}" if name == "shapefile" else path
    told = ask("vector", source, *(["areas"] if name == "kml" else []))
    (answer,) = told.values()
    assert answer["valid"]
    assert answer["rows"] == 13
    assert name == "csv" or answer["crs"] == "EPSG:4326"
    assert {"place_id", "status"} <= set(answer["fields"])


def test_a_users_own_changes_to_the_project_survive_fresh_data(ask, sample, layer, tmp_path):
    export_layer(Export(layer=layer, actors=sample.ACTORS), "qgis", tmp_path / "control.qgz")
    ask("change", tmp_path / "control.qgz", "My own title")
    fewer = dataclasses.replace(layer, features=layer.features[:7])
    export_layer(Export(layer=fewer, actors=sample.ACTORS, update=True), "qgis", tmp_path / "control.qgz")
    told = ask("project", tmp_path / "control.qgz")
    assert told["title"] == "My own title"
    assert told["layers"]["areas"]["rows"] == 7
    assert told["layers"]["areas"]["valid"]
    assert told["layers"]["areas"]["temporal"]
    assert told["navigation"] == 1
    assert told["relations"]["area_evidence"]
    assert "claims" in told["shown"]
