"""Each format read back by a reader that is not ours: the same rows, days and shapes."""

import csv
import dataclasses
import hashlib
import json
import warnings
import xml.etree.ElementTree as ET
import zipfile

import geopandas as gpd
import pandas as pd
import pyogrio
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from tracker.errors import OutputError, TrackerError, UsageError
from tracker.exports import FORMATS, Export, LossyFormatWarning, export_layer, write_csv, write_kml, write_shapefile
from tracker.exports.flat import dbf_names
from tracker.exports.rows import areas_frame
from tracker.exports.tabular import spreadsheet_cell

KML = {"k": "http://www.opengis.net/kml/2.2"}
SINGLE = ("geojson", "topojson", "gpkg", "flatgeobuf", "geoparquet", "kml", "csv", "shapefile")


@pytest.fixture(scope="module")
def written(sample, layer, tmp_path_factory):
    """Return the path of the sample in every format of one file."""
    pytest.importorskip("pyarrow")
    folder = tmp_path_factory.mktemp("formats")
    export = Export(layer=layer, actors=sample.ACTORS)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", LossyFormatWarning)
        return {name: export_layer(export, name, folder / f"control{FORMATS[name].suffix}")[0] for name in SINGLE}


def read(name, path):
    """Read a file with GDAL or pyarrow, with the columns that differ brought to their names."""
    if name == "geoparquet":
        return gpd.read_parquet(path)
    places = {"gpkg": "areas", "kml": "areas", "topojson": "areas"}
    frame = pyogrio.read_dataframe(path, layer=places.get(name))
    return frame.rename(columns={"begin": "start"} if name == "kml" else {})


def day_of(value):
    return None if pd.isna(value) or value == "" else str(pd.Timestamp(value).date())


def days_of(record):
    return tuple(None if day is None else day.isoformat() for day in (record.start, record.end))


@pytest.mark.parametrize("name", SINGLE)
def test_rows_days_and_shapes_are_the_same_in_each_format(written, layer, name):
    frame = read(name, written[name])
    assert len(frame) == len(layer.features)
    expected = {(f.place_id, f.part, *days_of(f)): f for f in layer.features}
    found = {}
    for row in frame.itertuples():
        part = None if pd.isna(row.part) or row.part == "" else row.part
        found[
            row.place_id,
            part,
            day_of(row.start) if row.start != "" else None,
            day_of(row.end) if row.end != "" else None,
        ] = row
    assert set(found) == set(expected)
    for key, feature in expected.items():
        assert shapely.hausdorff_distance(found[key].geometry, feature.geometry) < 2e-6
        assert found[key].status == feature.status
        assert float(found[key].confidence) == pytest.approx(feature.confidence)


@pytest.mark.parametrize("name", [name for name in SINGLE if name not in ("csv", "topojson")])  # have no word for it
def test_each_format_says_that_it_is_in_wgs_84(written, name):
    assert read(name, written[name]).crs.to_epsg() == 4326


@pytest.mark.parametrize("name", [name for name in SINGLE if name != "shapefile"])
def test_the_quotes_travel_with_their_rows(written, name):
    frame = read(name, written[name])
    (claims,) = frame.loc[(frame["place_id"] == "gn:172955") & (frame["status"] == "contested"), "claims"]
    quotes = claims if isinstance(claims, list) else json.loads(claims)
    assert [q["quote"] for q in quotes] == [
        "=cmd|' /C calc'!A0 lost over half",
        "Raqqa has <b>not</b> fallen & ${alert(1)}",
    ]


@pytest.mark.parametrize("name", SINGLE)
def test_the_same_layer_gives_the_same_bytes_in_each_format(written, sample, layer, tmp_path, name):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", LossyFormatWarning)
        (again,) = export_layer(Export(layer=layer, actors=sample.ACTORS), name, tmp_path / written[name].name)
    digests = [hashlib.sha256(path.read_bytes()).hexdigest() for path in (written[name], again)]
    assert digests[0] == digests[1]


def test_kml_gives_each_area_a_time_span_and_its_colour(written):
    root = ET.fromstring(written["kml"].read_bytes())
    marks = root.findall(".//k:Folder[@id='areas']/k:Placemark", KML)
    spans = [(m.findtext("k:TimeSpan/k:begin", None, KML), m.findtext("k:TimeSpan/k:end", None, KML)) for m in marks]
    assert len(spans) == 13
    assert ("2017-10-17T00:00:00Z", None) in spans
    sdf = next(m for m in marks if m.findtext("k:TimeSpan/k:begin", None, KML) == "2017-10-17T00:00:00Z")
    assert sdf.findtext(".//k:PolyStyle/k:color", None, KML)[2:] == "00c2f2"  # blue, green, red
    assert len(root.findall(".//k:Folder[@id='sieges']/k:Placemark", KML)) == 2


def test_a_quote_cannot_bring_html_into_a_balloon_nor_end_its_element(sample, layer, tmp_path):
    nasty = sample.quote(9, "]]></description><script>alert(1)</script><![CDATA[")
    feature = sample.state(sample.RAQQA, None, None, holder="sdf", claims=(nasty,), reason="]]>")
    path = write_kml(
        dataclasses.replace(layer, features=(feature,), lines=()), tmp_path / "x.kml", actors=sample.ACTORS
    )
    root = ET.fromstring(path.read_bytes())
    balloon = root.findtext(".//k:Placemark/k:description", None, KML)
    assert "<script>" not in balloon
    assert "&lt;script&gt;" in balloon


def test_a_spreadsheet_is_given_no_formula(sample, layer, tmp_path):
    risky = sample.state(("tk:x", "=HYPERLINK(1)", 39.0, 35.0, 0.1), None, None, holder="sdf", reason="-1+@x")
    path = write_csv(dataclasses.replace(layer, features=(risky,)), tmp_path / "x.csv", actors=sample.ACTORS)
    (row,) = csv.DictReader(path.read_text("utf-8").splitlines())
    assert (row["name"], row["reason"]) == ("'=HYPERLINK(1)", "'-1+@x")


@given(st.text(max_size=20))
def test_no_cell_of_text_starts_like_a_formula(text):
    cell = spreadsheet_cell(text)
    assert not cell.startswith(("=", "+", "-", "@", "\t", "\r", "\n"))
    assert cell.removeprefix("'") == text.removeprefix("'")


def test_a_shapefile_says_what_it_loses_and_keeps_the_rest(sample, layer, tmp_path):
    long = sample.state(sample.RAQQA, "2017-10-17", None, holder="sdf", reason="ü" * 200)
    with pytest.warns(LossyFormatWarning, match="quotes are left out"):
        path = write_shapefile(
            dataclasses.replace(layer, features=(long,)), tmp_path / "x.shp.zip", actors=sample.ACTORS
        )
    with zipfile.ZipFile(path) as archive:
        assert {name.partition(".")[2] for name in archive.namelist()} == {"cpg", "dbf", "prj", "shp", "shx"}
    frame = pyogrio.read_dataframe(path)
    assert "claims" not in frame
    assert frame["reason"].iloc[0] == "ü" * 127
    assert str(frame["start"].iloc[0])[:10] == "2017-10-17"


def test_a_field_name_that_a_shapefile_cannot_hold_is_refused(sample, layer, tmp_path):
    target = tmp_path / "x.shp.zip"
    for names, said in (
        ({"confidence": "confidence_in_it"}, "at most ten"),
        ({"holder": "мэр"}, "at most ten"),
        ({"holder": "NAME"}, "would be called 'name'"),
        ({"who": "x"}, "no column 'who'"),
    ):
        with pytest.raises(UsageError, match=said):
            write_shapefile(layer, target, actors=sample.ACTORS, names=names)
    with pytest.raises(UsageError, match=r"Name it x\.shp\.zip"):
        write_shapefile(layer, tmp_path / "x.shp", actors=sample.ACTORS)
    assert list(tmp_path.iterdir()) == []


def test_the_default_names_of_a_shapefile_all_fit(layer, sample):
    names = dbf_names([c for c in areas_frame(layer, actors=sample.ACTORS).columns if c != "geometry"], {})
    assert max(map(len, names.values())) <= 10


def test_an_unknown_format_names_the_nearest_and_all(sample, layer, tmp_path):
    with pytest.raises(UsageError, match=r"unknown format 'geojsn'\. Did you mean geojson\? Formats: geojson, "):
        export_layer(Export(layer=layer, actors=sample.ACTORS), "geojsn", tmp_path / "x")


@pytest.mark.parametrize("name", [*FORMATS])
def test_no_format_overwrites_or_makes_folders_unasked(sample, layer, tmp_path, name):
    export = Export(layer=layer, actors=sample.ACTORS)
    target = tmp_path / f"mine{FORMATS[name].suffix}"
    target.write_text("mine")
    with pytest.raises(OutputError, match="--force"):
        export_layer(export, name, target)
    assert target.read_text() == "mine"
    with pytest.raises(OutputError, match="folder does not exist"):
        export_layer(export, name, tmp_path / "missing" / target.name, force=True)
    assert [p.name for p in tmp_path.iterdir()] == [target.name]


def test_updating_leaves_the_project_as_its_user_made_it(sample, layer, tmp_path):
    export = Export(layer=layer, actors=sample.ACTORS)
    export_layer(export, "qgis", tmp_path / "control.qgz")
    (tmp_path / "control.qgz").write_bytes(b"the user's own")
    less = dataclasses.replace(layer, features=layer.features[:4])
    paths = export_layer(Export(layer=less, actors=sample.ACTORS, update=True), "qgis", tmp_path / "control.qgz")
    assert [p.name for p in paths] == ["control.gpkg"]
    assert (tmp_path / "control.qgz").read_bytes() == b"the user's own"
    assert pyogrio.read_info(tmp_path / "control.gpkg", layer="areas")["features"] == 4


def test_there_is_nothing_to_update_without_a_project_or_in_another_format(sample, layer, tmp_path):
    export = Export(layer=layer, actors=sample.ACTORS, update=True)
    with pytest.raises(OutputError, match="no project"):
        export_layer(export, "qgis", tmp_path / "control.qgz")
    with pytest.raises(TrackerError, match="--update refreshes"):
        export_layer(export, "csv", tmp_path / "control.csv")
