"""`tracker report` makes a brief of a layer file."""

import json

import pytest
from click.testing import CliRunner

pytest.importorskip("matplotlib")

from tracker.cli.report import command
from tracker.errors import OutputError, UsageError

FEATURE = {
    "type": "Feature",
    "geometry": {"type": "Polygon", "coordinates": [[[40, 35], [40.2, 35], [40.2, 35.2], [40, 35.2], [40, 35]]]},
    "properties": {
        "place_id": "p", "name": "Dolna", "status": "held", "holder": "syrian_government", "start": "2017-01-01",
        "end": "2017-03-01",
        "claims": [{"quote": "The army holds Dolna.", "source": "Wire", "published": "2017-01-01"}],
    },
}  # fmt: skip


def run(tmp_path, *arguments) -> str:
    layer = tmp_path / "control.geojson"
    layer.write_text(json.dumps({"type": "FeatureCollection", "features": [FEATURE]}))
    out = tmp_path / "report.html"
    asked = ["--layer", str(layer), "--out", str(out), *arguments]
    result = CliRunner().invoke(command, asked, catch_exceptions=False)
    assert result.output.strip() == str(out)
    return out.read_text()


def test_a_report_names_title_side_and_change(tmp_path) -> None:
    text = run(tmp_path, "--title", "Dolna in spring", "--from", "2016-12-01", "--to", "2017-02-01")
    assert "<h1>Dolna in spring</h1>" in text
    assert "Syrian government" in text
    assert "The army holds Dolna." in text


def test_a_report_compares_with_the_day_of_the_first_report(tmp_path, monkeypatch) -> None:
    told = {"claim_id": "c-1", "report_id": "r-1", "quote": "The army holds Dolna.", "published": "2017-02-10"}
    properties = FEATURE["properties"] | {"start": "2014-01-01", "end": "2017-05-01", "claims": [told]}
    monkeypatch.setitem(FEATURE, "properties", properties)
    assert "From 2017-02-10 to" in run(tmp_path)


def test_a_report_without_a_source_of_states_is_refused(tmp_path) -> None:
    with pytest.raises(UsageError, match="--layer"):
        CliRunner().invoke(command, ["--out", str(tmp_path / "r.html")], catch_exceptions=False)


def test_a_report_that_stands_is_replaced_only_when_asked(tmp_path) -> None:
    before = run(tmp_path)
    with pytest.raises(OutputError, match="--force"):
        run(tmp_path, "--title", "Another")
    assert (tmp_path / "report.html").read_text() == before
    assert "Another" in run(tmp_path, "--title", "Another", "--force")
