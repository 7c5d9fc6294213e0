"""What a map of a day says of itself when no report speaks of that day."""

import datetime as dt
import json
from types import SimpleNamespace

import pytest

from tracker.pipeline import layer_from_files

STAGES = SimpleNamespace(ground=None)


def feature(place_id, start, end, newest):
    ring = [[40, 35], [40.2, 35], [40.2, 35.2], [40, 35.2], [40, 35]]
    told = {"place_id": place_id, "name": place_id, "status": "held", "holder": "x", "start": start, "end": end,
            "newest_claim": newest, "claims": []}  # fmt: skip
    return {"type": "Feature", "geometry": {"type": "Polygon", "coordinates": [ring]}, "properties": told}


@pytest.fixture
def path(tmp_path):
    rows = [
        feature("open", None, None, "2017-10-04"),
        feature("dated", "2017-05-12", "2017-11-02", "2017-05-12"),
    ]
    file = tmp_path / "control.geojson"
    file.write_text(json.dumps({"type": "FeatureCollection", "features": rows}))
    return file


@pytest.mark.parametrize("span", [False, True])
@pytest.mark.parametrize(
    ("day", "said"),
    [
        ("1999-01-01", "what is drawn was so at some time before 2017-10-04"),
        ("2030-01-01", "The newest word of what is drawn here is of 2017-10-04"),
        ("2017-10-10", None),
    ],
)
def test_a_day_that_no_report_is_near_is_told(path, day, said, span) -> None:
    notes = layer_from_files(STAGES, layer=path, on=dt.date.fromisoformat(day), span=span).notes
    assert (said is None and notes == ()) or said in notes[0]


def test_a_map_without_anything_on_it_says_so(tmp_path) -> None:
    path = tmp_path / "control.geojson"
    path.write_text(json.dumps({"type": "FeatureCollection", "features": []}))
    (note,) = layer_from_files(STAGES, layer=path).notes
    assert note.startswith("Nothing can be drawn")
